// What a bar of days says: the day under the pointer, at a tap, or of the bad day that has
// the focus. What happened is a link. script.js fetches this when a bar is pointed at or
// focused for the first time, and hands over that event.
(() => {
const doc = document, services = doc.querySelector("[data-bars]"), {e, day} = services.say, tip = doc.createElement("div"), link = doc.createElement("a")
tip.className = "skip tip" // above the page, as the link that skips to the content
tip.style = "inline-size:max-content;max-inline-size:19rem;border-radius:8px;background:var(--ink);color:var(--paper)"
link.style.color = "inherit"
const use = ({type, target, clientX, pointerType, key}) => {
  const bar = target.closest?.(".bar"), mouse = pointerType == "mouse"
  if (key ? key == "Escape" : !bar && !tip.contains(target)) tip.remove()
  if (!bar || key || type < "p" && !target.matches(":focus-visible")) return
  const {width} = bar.viewBox.baseVal, rtl = doc.dir == "rtl"
  const box = bar.getBoundingClientRect(), row = bar.parentNode.getBoundingClientRect(), unit = width / box.width
  const middle = a => a.firstChild.x.baseVal.value + 1.5, x = type < "p" ? middle(target) : Math.abs(clientX - (rtl ? box.right : box.x)) * unit
  const far = a => Math.abs(middle(a) - x)
  const [near] = [...bar.querySelectorAll("a")].filter(a => far(a) < (mouse ? 2 : 22 * unit)).sort((a, b) => far(a) - far(b))
  if (!near && x < bar.querySelector(".absent")?.width.baseVal.value) return tip.remove()
  tip.textContent = near ? "" : day(Date.parse(services.dataset.day) - ((width - x) / 4 | 0) * 864e5)
  if (near) {
    link.href = near.href.baseVal
    link.textContent = near.textContent
    tip.append(link)
  }
  bar.after(tip)
  tip.style.top = box.bottom - row.y + "px"
  tip.style.insetInlineStart = Math.max(0, Math.min((rtl ? row.right - box.right : box.x - row.x) + x / unit - 20, row.width - tip.offsetWidth)) + "px"
}
for (const type of ["pointermove", "pointerdown", "focusin", "keydown"]) addEventListener(type, use)
use(e)
})()
