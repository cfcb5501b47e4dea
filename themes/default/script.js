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

// The texts of the page's language, in the order of base.html.
let [yours, aside, clause, ago, ahead, just, space, time, near, moment, first, times, dates, old, reload, ...units] = (given.words || "").split("|")

// The current time. A clock that is behind the time of the build is wrong and is corrected.
let skew = Math.max(0, parse(given.built) - Date.now()) || 0
const clock = () => Date.now() + skew

// A duration in the page's language, rounded down: 1 h 8 min.
const sizes = [86400, 3600, 60, 1]
const length = seconds => {
  const i = sizes.findIndex(size => seconds >= size), rest = seconds % sizes[i] / sizes[i + 1]
  const say = (i, n) => fill(units[i], {n: n | 0})
  return i < 0 ? say(3) : say(i, seconds / sizes[i]) + (i < 2 && rest >= 1 ? space + say(i + 1, rest) : "")
}

// A time as the page writes it, in the visitor's time zone or in the site's: with its year
// (moment), its date (near), or neither (time).
const fill = (text, values) => text.replace(/{(\w+)}/g, (all, name) => values[name] ?? all)
const parted = (t, timeZone) => {
  const parts = {}
  for (const {type, value} of new Intl.DateTimeFormat(root.lang + "-u-nu-latn", {year: "numeric", month: "long", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone}).formatToParts(t)) parts[type] = parts[type + "_short"] = type == "month" && +value ? value + "月" : value
  const hour = parts.hour = +(parts.hour2 = parts.hour)
  parts.hour12 = (parts.hour11 = hour % 12) || 12
  parts.period = units[hour < 12 ? 4 : 5]
  parts.time = fill(time, parts)
  if (first && parts.day == 1) parts.day = first
  return parts
}
const written = (t, form, timeZone) => fill(form, parted(t, timeZone))
const zone = given.zone, day = (t, timeZone) => fill("{day}{month}{year}", parted(t, timeZone))
// Writes the site's time without its date if that is the visitor's today, and with it if the
// time is near the present (data-ago) but on another day. Returns the times in the visitor's
// time zone if that shows others.
const local = (e, ends, date) => {
  const [t] = ends, today = ends.every(t => day(t) == date), text = (e.dateTime ? e : e.querySelector("time")).firstChild
  const [full, dated, bare] = [moment, near, time].map(form => written(t, form, zone)), was = e.was ||= text.data
  text.data = today ? e.dateTime ? was.replace(full, bare).replace(dated, bare) : was : "ago" in e.dataset && was.indexOf(bare) < 2 ? was.replace(bare, dated) : was
  if (written(t, moment) == full) return ""
  const days = !today && ends.some(t => day(t) != day(ends[0]) || day(t) != day(t, zone))
  const [from, to] = ends.map(t => written(t, days ? near : time))
  return fill(yours, {time: to ? fill(days ? dates : times, {from, to}) : from})
}
const show = (e, text) => e.textContent == text || (e.textContent = text)
// Writes small text beside a time.
const put = (e, name, text, place) => {
  if (text && !e[name]) place(e[name] = doc.createElement("small"), e[name].className = "n")
  if (e[name]) show(e[name], text)
}
const tick = () => {
  const now = clock(), today = day(now)
  // While the page is loading, the element with its last node is incomplete.
  let last
  if (doc.readyState == "loading") for (last = root; last.lastChild;) last = last.lastChild
  foreseen(now, last)
  for (const e of all("time[datetime*=T]:not([data-span] *,.plain),[data-span]")) if (!e.contains(last)) {
    const ends = (e.dataset.span || e.dateTime).split("/").map(parse), ms = ends[0] - now, past = ms < 0, seconds = (past ? -ms : ms) / 1e3, kind = e.dataset.ago
    if (e.today != today) e.mine = local(e, ends, e.today = today)
    // How long ago or ahead, for 30 days: before the time, before its sentence (text), or behind that.
    const within = kind == "in", text = within ? "" : kind
    const away = kind == null || seconds > 2592e3 ? "" : seconds < 1 ? just : fill(text || (past ? ago : ahead), {time: length(seconds)})
    const more = [past && within && away, e.mine].filter(e => e).join(clause)
    put(e, "lead", within ? "" : away && away + " · ", made => text ? e.parentNode.prepend(made, " ") : e.before(made, " "))
    put(e, "tail", (!past && within && away ? "· " + away + " " : "") + (more && fill(aside, {text: more})),
      made => (e.dateTime && e.nextSibling?.data?.trim() ? e.nextSibling : e).after(" ", made))
  }
  for (const e of all("[data-since]")) e.contains(last) ||
    show(e, length((now - parse(e.dataset.since)) / 1e3))
  for (const e of all("[data-gone]")) e.hidden = parse(e.dataset.gone) <= now
  for (const e of all("[data-from]")) e.value = (now - parse(e.dataset.from)) / 1e3
  for (const e of all("#_mine,#_seek")) e.hidden = false
  // Wait a minute longer, since a scheduled rebuild takes about that long.
  stale(newer || now - parse(given.until) > minute || "watch" in given && now - parse(given.built) > 30 * minute)
}

// Shows each future state from its time on, and the first one again if the clock
// turns out to be fast.
const shown = {}, before = {}
const foreseen = (now, last) => {
  const due = {}
  for (const s of all("script[data-at]")) due[s.dataset.for] = parse(s.dataset.at) > now ? due[s.dataset.for] : s
  for (const part in due) {
    const e = part ? byId(part) : doc.body, head = all("title,[rel=icon],[name=theme-color]", doc.head)
    if (due[part] == shown[part] || part && (!e || e.contains(last))) continue
    if (part) all(".n", e).forEach(e => e.remove())
    before[part] ||= {text: part ? e.innerHTML : head.map(e => e.outerHTML).join(""), dataset: {...given, class: e.className}}
    const {text, dataset} = (shown[part] = due[part]) || before[part]
    e.className = dataset.class
    if (part) {
      e.innerHTML = text
      const was = doc.createElement("template")
      was.innerHTML = before[part].text
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
  note.textContent = doubt ? old : ""
  if (doubt) make("a", note, reload, "")
  for (const e of all(".elsewhere a")) e.hidden = e.host == location.host
}
let newer, touched, own = given.watch, wait = own ? minute / 6 : minute
// A page opened from disk has no server, and 404.html knows only the site's own address.
const served = location.host && (own || !given.root.includes("//"))
const strange = () => skew || Object.values(shown).some(e => e)
const answer = async () => {
  const reply = await fetch(own ? location : given.root + "build.json", {cache: "no-store", redirect: "manual"})
  const off = parse(reply.headers.get("date")) + 1e3 * reply.headers.get("age") - clock()
  const far = Math.abs(off)
  if (far > minute && far < 1440 * minute) tick(skew += off)
  return reply
}
const ask = () => setTimeout(async () => {
  if (served && !doc.hidden && ("watch" in given || strange() || all("#_stale a")[0])) try {
    const reply = await answer()
    // The status of a redirect is hidden. Any other failure is ignored.
    if (!reply.ok && reply.status % 503) throw 0
    const said = await reply.text()
    // If the same page comes back from a cache, do not reload again.
    if (!said.includes(given.build)) (touched || history.state == said) && !own ? tick(newer = 1) : (history.replaceState(said, ""), location.reload())
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
const reveal = () => root.hidden = false
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
  reveal()
}
// A link to a group that is folded unfolds it.
const unfold = () => all("details:target").forEach(e => e.open = true)
if (given.choose && (chosen() || store[place])) {
  root.hidden = true
  setTimeout(reveal, 2e3)
}
onhashchange = () => unfold(chosen() && choose())
onclick = e => e.target.closest("#_mine") && choose(1)
oninput = choose

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
    bars.say = {e, day: t => written(t, services.dataset.well, "UTC")}
    make("script", doc.head).src = bars.dataset.bars
    bars = 0
  }
  const joined = ".strip [data-for],.updates>li", ids = x => x ? (x.dataset.for || x.id).split(" ") : "", marked = ids(e.target.closest?.(joined) || doc.activeElement.closest(joined))
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
if (served && strange()) answer().catch(() => 0)
})
})()
