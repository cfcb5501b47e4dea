// What a page does by itself while somebody looks at it. Everything works without
// it. It knows nothing of statuses: what a page will say, and when, the generator
// has written into the page.
(() => {
const doc = document, root = doc.documentElement, given = root.dataset, minute = 6e4, parse = Date.parse
const all = (selector, from = doc) => [...from.querySelectorAll(selector)]
const byId = id => doc.getElementById(id)
const make = (tag, into, text, href) => {
  const made = doc.createElement(tag)
  made.textContent = text
  made.href = href
  into.append(" ", made)
  return made
}

// The language, with the digits of the page.
const tongue = root.lang + "-u-nu-latn"

// Time: beside the site's own, the visitor's, and how long ago or until.
const relative = new Intl.RelativeTimeFormat(tongue, {numeric: "auto", style: "short"})
const away = ms => {
  const s = ms / 1e3, size = Math.abs(s)
  const [unit, length] = size < 90 ? ["second", 1] : size < 5400 ? ["minute", 60] : size < 129600 ? ["hour", 3600] : size < 5e6 ? ["day", 86400] : size < 6e7 ? ["month", 2629746] : ["year", 31556952]
  return relative.format(length < 2 && s < 0 ? 0 : Math.round(s / length), unit)
}
const clocks = [{}, {timeZone: given.zone}].map(zone => new Intl.DateTimeFormat("en", {dateStyle: "short", timeStyle: "short", ...zone}))
const fill = (text, values) => text.replace(/{(\w+)}/g, (all, name) => values[name] ?? all)
const written = (t, dated) => {
  const parts = {}
  for (const style of ["short", "long"])
    for (const {type, value} of new Intl.DateTimeFormat(tongue, {year: "numeric", month: style, day: "numeric", weekday: style, hour: "numeric", minute: "2-digit", hourCycle: "h23"}).formatToParts(t))
      parts[type + (style > "m" ? "_short" : "")] = type == "month" && +value ? value + "月" : value
  parts.hour2 = parts.hour.padStart(2, 0)
  parts.hour = +parts.hour
  parts.time = fill(given.time, parts)
  if (parts.day == 1) parts.day = given.first || 1
  return dated ? fill(given.near, parts) : parts.time
}
const local = (from, to) => {
  const [mine, theirs] = clocks.map(clock => clock.format(from).split(","))
  const dated = mine[0] != theirs[0], [first, last] = [from, to].map(t => written(t, dated))
  return mine + "" == theirs ? "" : fill(given.local, {time: from == to ? first : fill(dated ? given.dates : given.times, {from: first, to: last})})
}
const tick = () => {
  const now = Date.now()
  // What is still being read ends with the page's last node.
  let last
  if (doc.readyState == "loading") for (last = root; last.lastChild;) last = last.lastChild
  foreseen(now, last)
  for (const e of all("time[datetime*=T],[data-span]")) if (!e.contains(last)) {
    const [from, to = from] = (e.dataset.span || e.dateTime).split("/").map(parse)
    e.mine ??= e.matches("[data-span] *,.plain") ? "" : local(from, to)
    const more = [e.mine, "ago" in e.dataset && away(from - now)].filter(Boolean).join(given.clause)
    if (more && more != e.more) {
      if (!e.beside) {
        // It stands behind what the sentence says after its time.
        const after = e.nextSibling
        e.beside = make("small", e)
        if (after?.data?.trim()) after.after(" ", e.beside)
      }
      e.beside.textContent = given.aside.replace("{text}", e.more = more)
    }
  }
  for (const e of all("[data-from]")) e.value = (now - parse(e.dataset.from)) / 1e3
  // A minute's grace: a scheduler that rebuilds then needs about as long.
  if (now - parse(given.until) > minute || (watching() && now - parse(given.built) > 30 * minute)) stale()
}

// The states that the generator foresaw, each at its instant.
const foreseen = (now, last) => {
  for (const s of all("script[data-at]")) {
    const part = s.dataset.for, e = byId(part)
    if (parse(s.dataset.at) > now || part && (!e || e.contains(last))) continue
    if (e) {
      e.innerHTML = s.text
      e.className = s.dataset.class
      if (s.dataset.open) e.closest("details").open = true
    } else {
      all("title,[rel=icon],[name=theme-color]").forEach(e => e.remove())
      doc.head.insertAdjacentHTML("beforeend", s.text)
      doc.body.className = s.dataset.class
    }
    s.remove()
    last || only()
  }
}

// The page's age: it says when it may be out of date, and asks for a newer one. A
// page that stands in for a service asks at its own address for anything else.
const watching = () => "watch" in given || all("#_stale>*,#_ongoing>*")[0]
const stale = () => {
  const note = byId("_stale")
  if (!note || note.firstChild) return
  make("a", note, given.reload, "")
  note.prepend(given.stale)
}
let touched, own = given.watch, wait = own ? minute / 6 : minute
const ask = () => setTimeout(async () => {
  if (location.host && !doc.hidden && watching()) try {
    const reply = await fetch(own ? location : given.root + "build.json", {cache: "no-store", redirect: "manual"})
    // A redirection tells no status. Any other failure is no news.
    if (!reply.ok && reply.status % 503) throw 0
    if (!(await reply.text()).includes(given.build)) touched && !own ? stale() : location.reload()
    wait = Math.min(1.2 * wait, minute)
  } catch {
    wait = Math.min(2 * wait, 16 * minute)
  }
  ask()
}, wait * (.9 + Math.random() / 5))

// "My services": #only=web,eu shows these, and links their feeds.
const only = () => {
  const chosen = byId("_only")
  if (!chosen) return
  const ids = unescape(location.hash).split("#only=")[1]?.split(",")
  const named = all("[data-r]").filter(e => ids?.includes(e.dataset.c))
  const among = list => list.split(" ").some(id => ids.includes(id))
  for (const e of all("[data-c]")) e.hidden = ids && (named[0] && !among(e.dataset.c) ||
    e.dataset.r && ids.length > named.length && !among(e.dataset.r))
  for (const e of all("details")) e.hidden = !all("[data-r]:not([hidden])", e)[0]
  chosen.textContent = ids ? chosen.dataset.said : ""
  if (ids) make("a", chosen, chosen.dataset.all, "#")
  for (const e of named) {
    const [a] = all("a", e)
    make("a", chosen, a.text + " Atom", new URL("history.atom", a.href))
  }
}
onhashchange = only

// What has arrived is right before it is painted; all else waits for the whole page.
const arriving = new MutationObserver(tick)
arriving.observe(root, {childList: true, subtree: true})
addEventListener("DOMContentLoaded", () => {
arriving.disconnect()

// Addresses to copy.
for (const e of all("[data-copy]")) {
  const button = make("button", e.parentNode, e.dataset.copy)
  button.onclick = () => navigator.clipboard.writeText(e.textContent).then(() => button.textContent = e.dataset.done)
}

// A bar tells its days: the nearest one to a pointer, all of them to the keyboard.
const tip = make("p", doc.body)
tip.className = "tip"
const tell = onpointermove = e => {
  const bar = e.target.closest?.(".bar")
  if (!bar) return tip.textContent = ""
  const box = bar.getBoundingClientRect(), x = Math.abs(e.clientX - (root.dir == "rtl" ? box.right : box.x)) / box.width * bar.viewBox.baseVal.width
  const far = r => Math.abs(r.x.baseVal.value + 2 - x)
  tip.textContent = e.type < "p" ? bar.ariaLabel : all("[x]", bar).filter(r => far(r) < 9).sort((a, b) => far(a) - far(b))[0]?.textContent || ""
  bar.after(tip)
}
onpointerdown = onkeydown = e => tell(e, touched = 1)
addEventListener("focusin", tell)

// From the disk a browser may not read it, and says so in its console.
if (location.host && given.manifest) make("link", doc.head, "", given.manifest).rel = "manifest"

only()
tick()
setInterval(tick, 1e3)
ask()
})
})()
