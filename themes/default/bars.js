// What a bar of days says: the day under the pointer or at a tap, and for the keyboard the
// bad days one after the other. What happened is a link. script.js fetches this when a bar
// is pointed at or focused for the first time, and hands over that event.
(() => {
const doc = document, services = doc.querySelector("[data-bars]"), {e: first, day} = services.say, rtl = doc.dir == "rtl"
const tip = doc.createElement("p"), bad = bar => [...bar.querySelectorAll("a")], middle = a => a.firstChild.x.baseVal.value + 1.5
const look = new CSSStyleSheet()
tip.className = "tip"
look.replaceSync(`.tip { position: absolute; z-index: 1; inline-size: max-content; max-inline-size: min(19rem, 90%); margin: 0; padding: .25rem .75rem; border-radius: 8px; background: var(--ink); color: var(--paper); font-size: var(--small) }
.tip:empty { display: none }
.tip a { display: block; color: inherit; font-weight: 600 }`)
doc.adoptedStyleSheets = [...doc.adoptedStyleSheets, look]
for (const bar of doc.querySelectorAll(".bar")) for (const a of bad(bar)) bar.tabIndex = 0, a.tabIndex = -1

// tell shows the day at x, in units of the drawing, or the bad day nearest to it within reach.
const tell = (bar, x, reach) => {
  const {width} = bar.viewBox.baseVal, box = bar.getBoundingClientRect(), row = bar.parentNode.getBoundingClientRect()
  const far = a => Math.abs(middle(a) - x), [near] = bad(bar).filter(a => far(a) <= reach).sort((a, b) => far(a) - far(b))
  const unborn = x < bar.querySelector(".absent")?.width.baseVal.value
  tip.textContent = near || unborn ? "" : day(Date.parse(services.dataset.day) - Math.floor((width - x) / 4) * 864e5)
  if (near) {
    const link = doc.createElement("a")
    link.href = near.href.baseVal
    link.textContent = near.textContent
    tip.append(link)
  }
  bar.after(tip)
  const start = (rtl ? row.right - box.right : box.x - row.x) + x / width * box.width - 20
  tip.style.top = box.bottom - row.y + "px"
  tip.style.insetInlineStart = Math.max(8, Math.min(start, row.width - tip.offsetWidth - 8)) + "px"
}
const point = e => {
  const bar = e.target.closest?.(".bar")
  if (tip.contains(e.target)) return
  if (!bar) return tip.remove()
  const box = bar.getBoundingClientRect(), unit = bar.viewBox.baseVal.width / box.width
  tell(bar, Math.abs(e.clientX - (rtl ? box.right : box.x)) * unit, e.pointerType == "mouse" ? 2 : 22 * unit)
}
const choose = (bar, by) => {
  const days = bad(bar)
  bar.at = Math.min(Math.max((bar.at ?? days.length - 1) + by, 0), days.length - 1)
  tell(bar, middle(days[bar.at]), 0)
}
const focus = ({target}) => {
  const bar = target.closest?.(".bar")
  if (bar?.matches(":has(:focus-visible),:focus-visible")) bar == target ? choose(bar, 0) : bar.focus()
  else if (!tip.contains(target)) tip.remove()
}
addEventListener("pointermove", point)
addEventListener("pointerdown", point)
addEventListener("focusin", focus)
addEventListener("keydown", ({target, key}) => {
  const by = {ArrowLeft: -1, ArrowRight: 1}[key]
  if (key == "Escape") tip.remove()
  if (by && target.matches?.(".bar")) choose(target, rtl ? -by : by)
})
;(first.type == "focusin" ? focus : point)(first)
})()
