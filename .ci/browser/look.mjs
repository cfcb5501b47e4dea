// Looks at every kind of page in every state, in light and dark: accessibility
// (axe-core), errors of the console, requests to other hosts, sideways scrolling,
// layout shift, the size of what is tapped. usage: look.mjs WORK [PICTURES], where WORK/<state>/ is a site and
// WORK/<state>.at the instant at which it is looked at.
import { chromium } from 'playwright-core'
import { readFileSync, readdirSync, existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { serve } from './serve.mjs'

const [work, pictures] = process.argv.slice(2)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-extensions', '--disable-component-extensions-with-background-pages'] })
const widths = { light: 1280, dark: 390 }

// kinds are one page of each kind in a state; in some every entry, or every page.
const kinds = (folder, whole) => {
  const all = readdirSync(folder, { recursive: true }).filter(file => file.endsWith('.html')).sort()
  const one = pattern => all.filter(file => pattern.test(file)).slice(-1)
  if (whole) return all.filter(file => whole.test(file))
  return ['index.html', '404.html', '503.html', 'history/index.html', ...one(/^history\/.+\//), 'uptime/index.html', 'insights/index.html', ...one(/^uptime\/.+\//), ...one(/^components\//),
    ...one(/^pages\//), ...one(/^incidents\//), ...one(/^maintenance\//)].filter(file => existsSync(`${folder}/${file}`))
}

const faults = []
let looked = 0, shift = 0

// tab opens a tab whose clock stands at the instant of a state. All the pages of the
// state are looked at in it, one after the other.
const tab = async (context, { at, site }) => {
  const page = await context.newPage()
  const said = []
  await page.clock.install({ time: new Date(at) })
  page.on('request', r => r.url().startsWith(site.address) || r.url().startsWith('data:') || said.push('asks ' + r.url()))
  // A page is opened at the wrong status on purpose where it stands in for others.
  page.on('console', m => m.type() === 'error' && !/status of (404|503)/.test(m.text()) && said.push('console: ' + m.text()))
  page.on('pageerror', e => said.push('script: ' + e.message))
  await page.addInitScript(() => {
    window.shifted = 0
    new PerformanceObserver(list => list.getEntries().forEach(e => window.shifted += e.value)).observe({ type: 'layout-shift', buffered: true })
  })
  return { page, said }
}

// tooSmall returns what a thumb misses: controls below 44 px, and links in lists, tables and
// navigation below 28 px. Links in running text are free, and so are days in calendars,
// which the text beside them leads to as well.
const tooSmall = () => {
  const found = [], hidden = e => e.closest('.vh, .skip') || !e.checkVisibility({ visibilityProperty: true })
  const measure = (selector, least) => {
    for (const e of document.querySelectorAll(selector)) {
      const target = e.matches('input[type=checkbox]') && e.closest('label') || e
      const { width, height } = target.getBoundingClientRect()
      if (!hidden(e) && width > 2 && height < least - .5) found.push(`${height.toFixed(1)} px of ${least}: ${e.outerHTML.slice(0, 90)}`)
    }
  }
  measure('button, summary, select, input, .btn', 44)
  measure(':is(li, td, th, nav, footer, .more) a:not(.prose a, svg a)', 28)
  return found.slice(0, 5)
}

const look = async ({ page, said }, { state, at, site, file, scheme }) => {
  const told = `${state}/${file} (${scheme})`
  const fault = text => faults.push(`${told}: ${text}`)
  try {
    await page.clock.setSystemTime(new Date(at)) // else "30 min ago" may become a longer word while it is measured
    await page.goto(site.address + file, { waitUntil: 'load' })
    if (await page.evaluate(() => !document.body)) return
    await page.clock.runFor(1500)
    const moved = await page.evaluate(() => new Promise(done => requestAnimationFrame(() => done(window.shifted))))
    shift = Math.max(shift, moved)
    if (moved > .02) fault(`the layout shifts by ${moved.toFixed(3)}`) // a fifth of what Web Vitals call good
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (over > 0) fault(`scrolls sideways by ${over} px`)
    for (const small of await page.evaluate(tooSmall)) fault(`is hard to tap: ${small}`)
    await page.evaluate(axe + ';0')
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
    for (const v of violations) fault(`axe ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message || '')).join('\n      ')}`)
    if (pictures && /^(index|503)\.html$|^(incidents|maintenance)\//.test(file) && !wholes[state]) {
      await page.screenshot({ path: `${pictures}/${state}-${file.replace(/\/?(index)?\.html$/, '').replaceAll('/', '-') || 'home'}-${scheme}.png`, fullPage: true })
    }
    looked++
  } finally {
    said.splice(0).forEach(fault)
  }
}

// wholes are the states of which more than one page of a kind is looked at: which, how.
const wholes = {
  archive: { pages: /^(incidents|maintenance|pages|insights)\//, schemes: ['light'] },
  measured: { pages: /^(components\/public-api\/|reports\/(2025-0[67]\/|2025-Q2\/)?)?index\.html$/, schemes: ['light', 'dark'] },
  languages: { pages: /./, schemes: ['dark'] }, // at the width of a phone
}

if (pictures) mkdirSync(pictures, { recursive: true })
const jobs = [], sites = []
for (const name of readdirSync(work).filter(name => name.endsWith('.at')).sort()) {
  const state = name.slice(0, -3), site = await serve(`${work}/${state}`)
  sites.push(site)
  for (const file of kinds(`${work}/${state}`, wholes[state]?.pages)) {
    if (/http-equiv="refresh"/.test(readFileSync(`${work}/${state}/${file}`, 'utf8'))) continue
    for (const scheme of wholes[state]?.schemes || ['light', 'dark']) jobs.push({ state, at: readFileSync(`${work}/${name}`, 'utf8').trim(), site, file, scheme })
  }
}
const worker = async list => {
  const contexts = {}, tabs = {}
  for (const [scheme, width] of Object.entries(widths)) contexts[scheme] = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, timezoneId: 'Asia/Kolkata' })
  for (let job; (job = list.shift());) {
    if (tabs[job.scheme]?.state !== job.state) {
      await tabs[job.scheme]?.page.close()
      tabs[job.scheme] = { state: job.state, ...await tab(contexts[job.scheme], job) }
    }
    await look(tabs[job.scheme], job).catch(e => faults.push(`${job.state}/${job.file}: ${e.message.split('\n')[0]}`))
  }
}
await Promise.all([worker(jobs), worker(jobs), worker(jobs)])
await browser.close()
sites.forEach(site => site.close())
console.log(`${looked} looks: ${faults.length} faults, largest layout shift ${shift.toFixed(4)}`)
if (faults.length) {
  console.error(faults.join('\n'))
  process.exit(1)
}
if (looked < 100) {
  console.error('hardly anything was looked at')
  process.exit(1)
}
