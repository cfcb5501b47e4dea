// Prints pages as PDF and reads them: every word that the page shows on paper must be in
// the text of the PDF, a page has only so many sheets, and nothing is dark, even for a
// visitor who prefers dark pages. usage: print.mjs WORK OUT
import { chromium } from 'playwright-core'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { serve } from './serve.mjs'

// What is printed: a state, a page of it, the most sheets that it may take, and what must be on them.
const prints = [
  ['incident', 'index.html', 3, ['Major outage: Web application', 'Public API', 'Authentication', 'Background jobs']],
  ['outage', 'incidents/2025-01-22-all-services/index.html', 2, ['Major outage']],
  ['clear', 'incidents/2025-07-25-api-and-front-end/index.html', 3, ['Web application', 'Length', 'Updates', 'Root cause']],
  ['clear', 'incidents/2025-07-03-uploads-fail/index.html', 1, ['Resolved']],
  ['clear', 'history/2025-07/index.html', 1, ['July 2025', 'Intermittent 503 answers from the public API']],
  ['maintenance', 'maintenance/2025-08-01-platform-upgrade/index.html', 2, ['Plan']],
  ['measured', 'components/public-api/index.html', 9, ['Response time (ms)', 'Last 24 hours', 'Last 90 days', 'From lowest to highest']],
  ['measured', 'reports/2025-06/index.html', 8, ['Uptime', 'June 2025', 'Public API', 'Error budget']],
  ['archive', 'insights/index.html', 6, ['Incidents by month', 'November 2026', 'Time to resolution', 'Promised updates on time', 'No cause given']],
]

const [work, out] = process.argv.slice(2)
mkdirSync(out, { recursive: true })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const context = await browser.newContext({ colorScheme: 'dark', timezoneId: 'Asia/Kolkata' })
const faults = []
for (const [state, file, sheets, wanted] of prints) {
  const site = await serve(`${work}/${state}`), page = await context.newPage()
  await page.clock.install({ time: new Date(readFileSync(`${work}/${state}.at`, 'utf8').trim()) })
  await page.goto(site.address + file)
  await page.clock.runFor(1500)
  await page.emulateMedia({ media: 'print' })
  const { text, dark } = await page.evaluate(() => {
    for (const e of document.querySelectorAll('.vh')) e.remove()
    const light = color => Math.min(...color.match(/[\d.]+/g).slice(0, 3)) > 200
    const painted = getComputedStyle(document.body)
    return { text: document.body.innerText, dark: !light(painted.backgroundColor) || light(painted.color) }
  })
  const pdf = `${out}/${state}-${file.replace(/\/?(index)?\.html$/, '').replaceAll('/', '-') || 'home'}.pdf`
  await page.pdf({ path: pdf, format: 'A4', margin: { top: '12mm', bottom: '12mm', left: '12mm', right: '12mm' } })
  const printed = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
  const took = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [pdf], { encoding: 'utf8' }))[1])
  const bare = text => text.replace(/[\s-]+/g, '') // a word may be broken at its hyphen
  const letters = bare(printed)
  const lost = [...new Set(text.split(/[\s-]+/))].filter(word => !letters.includes(word))
  const told = `${state}/${file}`
  if (lost.length) faults.push(`${told}: the PDF lacks ${lost.slice(0, 12).join(' ')}`)
  for (const want of wanted) if (!letters.includes(bare(want))) faults.push(`${told}: the PDF lacks ${want}`)
  if (took > sheets) faults.push(`${told}: ${took} sheets, more than ${sheets}`)
  if (dark) faults.push(`${told}: dark on paper`)
  console.log(`${told}: ${took} sheets, ${text.split(/\s+/).length} words`)
  await page.close()
  site.close()
}
await browser.close()
if (faults.length) {
  console.error(faults.join('\n'))
  process.exit(1)
}
