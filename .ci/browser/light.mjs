// Lighthouse's mobile profile: 100 in accessibility, best practices and SEO. Performance
// is 100 on an idle machine; a busy one, which takes its own time for the page's, is
// given three attempts, and the check fails below 90.
// usage: light.mjs FOLDER PAGE...
import lighthouse from 'lighthouse'
import { chromium } from 'playwright-core'
import { serve } from './serve.mjs'

const [folder, ...pages] = process.argv.slice(2), site = await serve(folder), port = 9333
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`] })
let failed = false
for (const page of pages) {
  let best = {}
  for (let attempt = 0; attempt < 3; attempt++) {
    const { lhr } = await lighthouse(site.address + page, { port, logLevel: 'error', onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'] })
    const faults = []
    for (const [name, category] of Object.entries(lhr.categories)) {
      best[name] = Math.max(best[name] || 0, Math.round(category.score * 100))
      if (category.score < 1) for (const { id, weight } of category.auditRefs) {
        const audit = lhr.audits[id]
        if (weight && audit.score !== null && audit.score < 1) faults.push(`  ${name}: ${audit.title} (${audit.displayValue || audit.score})`)
      }
    }
    if (Object.values(best).every(score => score === 100)) break
    console.error(faults.join('\n'))
  }
  console.log(page || 'index.html', Object.entries(best).map(([name, score]) => `${name} ${score}`).join(', '))
  failed ||= Object.entries(best).some(([name, score]) => score < (name === 'performance' ? 90 : 100))
}
await browser.close()
site.close()
process.exit(failed ? 1 : 0)
