// Keeps an open page up to date. Everything works without it. It knows nothing about
// statuses: the generator has written into the page what will change, and when.
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

// The current time. A clock that is behind the time of the build is wrong and is corrected.
let skew = Math.max(0, parse(given.built) - Date.now()) || 0
const clock = () => Date.now() + skew

// A duration in the page's language, rounded down: 1 h 8 min.
const sizes = [86400, 3600, 60, 1], units = (given.units || "").split("|")
const length = seconds => {
  const i = sizes.findIndex(size => seconds >= size), rest = Math.floor(seconds % sizes[i] / sizes[i + 1])
  const say = (i, n) => fill(units[i] || "", {n})
  return i < 0 ? say(3, 0) : say(i, Math.floor(seconds / sizes[i])) + (i < 2 && rest ? given.space + say(i + 1, rest) : "")
}
const tongue = root.lang + "-u-nu-latn", just = new Intl.RelativeTimeFormat(tongue, {numeric: "auto"}).format(0, "second")
const away = ms => {
  const seconds = Math.floor(Math.abs(ms) / 1e3)
  return seconds > 30 * sizes[0] ? "" : seconds ? fill(given[ms < 0 ? "ago" : "ahead"] || "", {time: length(seconds)}) : just
}

// Adds the visitor's local time to the site's. It has a date unless that is the same as
// the site's, or the visitor's today.
const clocks = [{}, {timeZone: given.zone}].map(zone => new Intl.DateTimeFormat("en", {dateStyle: "short", timeStyle: "short", ...zone}))
const fill = (text, values) => text.replace(/{(\w+)}/g, (all, name) => values[name] ?? all)
const parted = (t, timeZone) => {
  const parts = {}
  for (const style of ["short", "long"])
    for (const {type, value} of new Intl.DateTimeFormat(tongue, {year: "numeric", month: style, day: "numeric", weekday: style, hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone}).formatToParts(t))
      parts[type + (style > "m" ? "_short" : "")] = type == "month" && +value ? value + "月" : value
  parts.hour2 = parts.hour.padStart(2, 0)
  const hour = parts.hour = +parts.hour
  parts.hour11 = hour % 12
  parts.hour12 = hour % 12 || 12
  parts.period = (given.periods || "").split("|")[hour < 12 ? 0 : 1]
  parts.time = fill(given.time, parts)
  if (parts.day == 1) parts.day = given.first || 1
  return parts
}
const written = (t, dated) => dated ? fill(given.near, parted(t)) : parted(t).time
const day = text => text.split(",")[0]
const local = (ends, today) => {
  const [mine, theirs] = clocks.map(clock => ends.map(at => clock.format(at)))
  const dated = mine.some((text, i) => day(text) != day(mine[0]) || day(text) != day(theirs[i]) && day(text) != today)
  const [from, to] = ends.map(t => written(t, dated))
  return mine + "" == theirs ? "" : fill(given.local, {time: from == to ? from : fill(dated ? given.dates : given.times, {from, to})})
}
const tick = () => {
  const now = clock(), today = day(clocks[0].format(now))
  // While the page is loading, the element with its last node is incomplete.
  let last
  if (doc.readyState == "loading") for (last = root; last.lastChild;) last = last.lastChild
  foreseen(now, last)
  for (const e of all("time[datetime*=T],[data-span]")) if (!e.contains(last)) {
    const [from, to = from] = (e.dataset.span || e.dateTime).split("/").map(parse)
    if (e.today != today) e.mine = e.matches("[data-span] *,.plain") ? "" : local([from, to], today)
    e.today = today
    const more = [e.mine, "ago" in e.dataset && away(from - now)].filter(Boolean).join(given.clause)
    if (more != (e.more || "")) {
      if (!e.beside) {
        // Put it after the text that follows the time in its sentence.
        const after = e.nextSibling
        e.beside = doc.createElement("small")
        if (e.dateTime && after?.data?.trim()) after.after(" ", e.beside)
        else e.append(" ", e.beside)
      }
      e.beside.textContent = (e.more = more) && fill(given.aside, {text: more})
    }
  }
  for (const e of all("[data-since]")) if (!e.contains(last)) {
    const gone = length((now - parse(e.dataset.since)) / 1e3)
    if (e.textContent != gone) e.textContent = gone
  }
  for (const e of all("[data-gone]")) e.hidden = parse(e.dataset.gone) <= now
  for (const e of all("[data-from]")) e.value = (now - parse(e.dataset.from)) / 1e3
  for (const e of all("#_mine,#_seek")) e.hidden = false
  // Wait a minute longer, since a scheduled rebuild takes about that long.
  stale(newer || now - parse(given.until) > minute || "watch" in given && now - parse(given.built) > 30 * minute)
}

// Shows each future state from its time on, and the first one again if the clock
// turns out to be fast.
const shown = {}, first = {}
const foreseen = (now, last) => {
  const due = {}
  for (const s of all("script[data-at]")) due[s.dataset.for] = parse(s.dataset.at) > now ? due[s.dataset.for] : s
  for (const part in due) {
    const e = part ? byId(part) : doc.body, head = all("title,[rel=icon],[name=theme-color]", doc.head)
    if (due[part] == shown[part] || part && (!e || e.contains(last))) continue
    if (part) all("time,[data-span]", e).forEach(e => e.beside?.remove())
    first[part] ||= {text: part ? e.innerHTML : head.map(e => e.outerHTML).join(""), dataset: {class: e.className, ..."watch" in given && {watch: ""}}}
    const {text, dataset} = (shown[part] = due[part]) || first[part]
    e.className = dataset.class
    if (part) {
      e.innerHTML = text
      const was = doc.createElement("template")
      was.innerHTML = first[part].text
      for (const hole of all("[data-k]", e)) hole.replaceWith(was.content.children[hole.dataset.k].cloneNode(1))
      if (dataset.open) e.closest("details").open = true
    } else {
      head.forEach(e => e.remove())
      doc.head.insertAdjacentHTML("beforeend", text)
      own || root.toggleAttribute("data-watch", "watch" in dataset)
    }
    last || dispatchEvent(new Event("foreseen"))
  }
}

// Shows when the page may be out of date, and checks for a newer build. A page that
// replaces the product's (503.html) checks its own address for anything else. The server's
// clock is trusted unless it is off by a day.
const stale = doubt => {
  const note = byId("_stale")
  if (!note || !doubt == !note.firstChild) return
  note.textContent = doubt ? given.stale : ""
  if (doubt) make("a", note, given.reload, "")
  for (const e of all(".elsewhere a")) e.hidden = e.host == location.host
}
let newer, touched, own = given.watch, wait = own ? minute / 6 : minute
// A page opened from disk has no server, and 404.html knows only the site's own address.
const near = location.host && (own || !given.root.includes("//"))
const strange = () => skew || Object.values(shown).some(Boolean)
const answer = async () => {
  const reply = await fetch(own ? location : given.root + "build.json", {cache: "no-store", redirect: "manual"})
  const off = parse(reply.headers.get("date")) + 1e3 * reply.headers.get("age") - clock()
  if (Math.abs(off) > minute && Math.abs(off) < 1440 * minute) tick(skew += off)
  return reply
}
const ask = () => setTimeout(async () => {
  if (near && !doc.hidden && ("watch" in given || strange() || byId("_stale")?.firstChild)) try {
    const reply = await answer()
    // The status of a redirect is hidden. Any other failure is ignored.
    if (!reply.ok && reply.status % 503) throw 0
    const said = await reply.text()
    // If the same page comes back from a cache, do not reload again.
    if (!said.includes(given.build)) (touched || history.state === said) && !own ? tick(newer = 1) : (history.replaceState(said, ""), location.reload())
    wait = Math.min(1.2 * wait, minute)
  } catch {
    wait = Math.min(2 * wait, 16 * minute)
  }
  ask()
}, wait * (.9 + Math.random() / 5))

// "My services" and the field that finds one have a script of their own. It is loaded when
// somebody uses them, or when the address or this browser holds a choice; then the page is
// shown when that is applied, or after two seconds, so that nothing moves.
let store = {}
try { store = localStorage } catch {}
const place = "only " + new URL(given.root || ".", location).pathname, chosen = () => location.hash.includes("#only=")
const show = () => root.hidden = false
const choose = async begin => {
  const path = given.choose
  if (!path) return
  given.choose = ""
  try {
    const data = await (await fetch(given.root + path)).json()
    ;(await import("./" + given.root + data[0])).default(doc, all, byId, fill, given, store, place, begin, data)
  } catch {
    for (const e of all("#_mine,#_seek")) e.remove()
  }
  show()
}
// A link to a group that is folded unfolds it.
const unfold = () => all("details:target").forEach(e => e.open = true)
if (given.choose && (chosen() || store[place])) {
  root.hidden = true
  setTimeout(show, 2e3)
}
onhashchange = () => unfold(chosen() && choose())
onclick = e => e.target.closest("#_mine") && choose(1)
oninput = () => choose()

// What has arrived is updated before it is painted; everything else waits for the whole page.
const arriving = new MutationObserver(tick)
arriving.observe(root, {childList: true, subtree: true})
addEventListener("DOMContentLoaded", () => {
arriving.disconnect()

// Buttons that copy an address.
for (const e of all("[data-copy]")) {
  const button = make("button", e.parentNode, e.dataset.copy)
  button.onclick = () => navigator.clipboard.writeText(e.textContent).then(() => button.textContent = e.dataset.done)
}

onpointerdown = onkeydown = () => touched = 1

// A dot in the picture of an incident and its updates mark each other, below the pointer
// or focused. What a bar says is
// a script of its own, fetched when one is pointed at or focused.
const services = doc.querySelector("[data-bars]")
let bars = services
const join = e => {
  if (bars && e.target.closest?.(".bar")) {
    bars.say = {e, day: t => fill(services.dataset.well, parted(t, "UTC"))}
    make("script", doc.head).src = bars.dataset.bars
    bars = 0
  }
  const joined = ".strip [data-for],.updates>li", ids = x => x ? (x.dataset.for || x.id).split(" ") : [], marked = ids(e.target.closest?.(joined) || doc.activeElement?.closest(joined))
  for (const x of all(joined)) x.classList.toggle("on", ids(x).some(id => marked.includes(id)))
}
onpointerover = join
addEventListener("focusin", join)

// A page opened from disk cannot load the manifest, and the browser would log an error.
if (location.host && given.manifest) make("link", doc.head, "", given.manifest).rel = "manifest"

unfold()
tick()
if (root.hidden) choose()
setInterval(tick, 1e3)
ask()
if (near && strange()) answer().catch(() => 0)
})
})()
