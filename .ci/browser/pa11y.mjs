// One page of each kind, checked by pa11y with both of its runners, HTML CodeSniffer and
// axe, against WCAG 2 AA. usage: pa11y.mjs FOLDER PAGE...
import pa11y from 'pa11y'
import puppeteer from 'puppeteer'
import { serve } from './serve.mjs'

const [folder, ...pages] = process.argv.slice(2), site = await serve(folder)
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
let found = 0
for (const page of pages) {
  const { issues } = await pa11y(site.address + page, {
    browser, standard: 'WCAG2AA', runners: ['htmlcs', 'axe'], includeWarnings: false, chromeLaunchConfig: {}, timeout: 60000, wait: 200,
  })
  // axe cannot tell what is behind a word in a drawing, below a line of ::before, or beside a
  // drawing that overlaps it, and says so. look.mjs fails on all that axe is sure of, and a
  // test of generator/render computes the contrasts.
  const unsure = issue => issue.code === 'color-contrast' && issue.runnerExtras.needsFurtherReview
  // HTML CodeSniffer takes a row header across columns for a second level of headers. Each has a scope.
  const levels = issue => issue.code.endsWith('H43.HeadersRequired') && issue.context.includes('harms')
  const errors = issues.filter(issue => issue.type === 'error' && !unsure(issue) && !levels(issue))
  found += errors.length
  console.log(`${page || 'index.html'}: ${errors.length} errors`)
  for (const e of errors) console.error(`  ${e.runner} ${e.code}: ${e.message}\n    ${e.selector}\n    ${e.context}`)
}
await browser.close()
site.close()
process.exit(found ? 1 : 0)
