// The pictures of the README, each for light and for dark pages.
// usage: picture.mjs WORK OUT, where WORK/<state>/ is a site and WORK/<state>.at the instant
// at which it is looked at.
import { chromium } from 'playwright-core'
import { readFileSync } from 'node:fs'
import { serve } from './serve.mjs'

const [work, out] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })

// shot returns a part of a page as a data: URL: from the top of one element to the foot of another.
const shot = async (state, file, { width, height, from, to, scheme }) => {
  const site = await serve(`${work}/${state}`)
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme, timezoneId: 'America/New_York' })
  await page.clock.install({ time: new Date(readFileSync(`${work}/${state}.at`, 'utf8').trim()) })
  await page.goto(site.address + file)
  await page.clock.runFor(1500)
  const [top, bottom] = await page.evaluate(([from, to]) => {
    const edge = (selector, side) => document.querySelector(selector).getBoundingClientRect()[side] + scrollY
    return [from ? edge(from, 'top') - 16 : 0, to ? edge(to, 'bottom') : 0]
  }, [from, to])
  const picture = await page.screenshot({ fullPage: true, clip: { x: 0, y: top, width, height: height || bottom - top + 20 } })
  await page.close()
  site.close()
  return `data:image/png;base64,${picture.toString('base64')}`
}

// mount puts pictures side by side in frames, on nothing: the reader's page is behind them.
const mount = async (name, scheme, pictures) => {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1200 } })
  const line = scheme === 'dark' ? '#2a3037' : '#d5dae2'
  await page.setContent(`<body style="margin:0"><p style="display:inline-flex;gap:24px;align-items:flex-start;margin:0;padding:1px">
    ${pictures.map(p => `<img src="${p}" style="display:block;border-radius:12px;box-shadow:0 0 0 1px ${line}">`).join('')}</p>`)
  await page.waitForTimeout(200)
  await (await page.$('p')).screenshot({ path: `${out}/${name}-${scheme}.png`, omitBackground: true })
  await page.close()
}

const phone = 'maintenance/2025-08-01-platform-upgrade/index.html'
for (const scheme of ['light', 'dark']) {
  await mount('incident', scheme, [await shot('incident', 'index.html', { width: 900, to: '.card', scheme })])
  await mount('maintenance', scheme, [
    await shot('maintenance', phone, { width: 390, height: 760, scheme }),
    await shot('maintenance', phone, { width: 390, height: 760, from: '#_work', scheme }),
  ])
  await mount('year', scheme, [await shot('year', 'components/public-api/index.html', { width: 900, from: '.year', to: '.budget', scheme })])
}
await browser.close()
