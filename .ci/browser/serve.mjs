// A static host as the README names them: a folder over HTTP, compressed, with the
// headers that the site's own _headers asks for.
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.txt': 'text/plain; charset=utf-8',
}

// rules are the blocks of a _headers file: a pattern and the headers below it.
const rules = text => {
  const list = []
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) list.push([new RegExp('^' + line.trim().replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/:\w+/g, '[^/]+') + '$'), []])
    else if (line.trim()) list.at(-1)[1].push(line.trim().split(/:\s*(.*)/s))
  }
  return list
}

// serve answers for a folder on a free port and returns its address.
export const serve = folder => new Promise(resolve => {
  const asked = rules(readFileSync(join(folder, '_headers'), 'utf8'))
  const server = createServer((request, reply) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname))
    let file = path.endsWith('/') ? path + 'index.html' : path, status = 200, data
    try {
      data = readFileSync(join(folder, file))
    } catch {
      file = '/404.html'
      status = 404
      data = readFileSync(join(folder, file))
    }
    if (file === '/503.html') status = 503
    reply.statusCode = status
    if (types[extname(file)]) reply.setHeader('Content-Type', types[extname(file)])
    for (const [pattern, headers] of asked) if (pattern.test(path)) for (const [name, value] of headers) reply.setHeader(name, value)
    if (/html|css|javascript|json|svg|text/.test(reply.getHeader('Content-Type'))) {
      reply.setHeader('Content-Encoding', 'gzip')
      data = gzipSync(data)
    }
    reply.end(data)
  })
  server.listen(0, '127.0.0.1', () => resolve({ address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() }))
})
