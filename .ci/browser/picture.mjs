// One picture of a page on a desktop and another on a phone, side by side.
// usage: picture.mjs DESKTOP INSTANT PHONE INSTANT OUT.png
import { chromium } from 'playwright-core'
import { serve } from './serve.mjs'

const [desktop, seen, phone, seenThere, out] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
const shot = async (folder, at, width, height) => {
  const site = await serve(folder)
  const page = await browser.newPage({ viewport: { width, height }, timezoneId: 'UTC' })
  await page.clock.install({ time: new Date(at) })
  await page.goto(site.address)
  await page.clock.runFor(1500)
  const picture = await page.screenshot()
  await page.close()
  site.close()
  return `data:image/png;base64,${picture.toString('base64')}`
}
const wide = await shot(desktop, seen, 1040, 900), narrow = await shot(phone, seenThere, 390, 844)
const page = await browser.newPage({ viewport: { width: 1560, height: 980 } })
await page.setContent(`<body style="margin:0;padding:40px;display:flex;gap:40px;align-items:flex-start;background:#e9ecf1;box-sizing:border-box">
  <img src="${wide}" style="border-radius:12px;border:1px solid #c9d0da"><img src="${narrow}" style="border-radius:28px;border:1px solid #c9d0da">`)
await page.waitForTimeout(200)
await page.screenshot({ path: out })
await browser.close()
