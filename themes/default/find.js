// Search on history pages. It loads an index of the newest entries, and older parts on
// request. The search terms are in the address. Without JavaScript all months are linked.
(() => {
const doc = document, place = doc.getElementById("_find"), find = doc.createElement("form")
const make = (tag, into, text, href) => {
  const made = doc.createElement(tag)
  made.textContent = text
  made.href = href
  into.append(" ", made)
  return made
}
for (const {name, value} of place.attributes) find.setAttribute(name, value)
find.innerHTML = place.nextElementSibling.text
place.replaceWith(find)
const hits = doc.getElementById("_hits"), count = doc.getElementById("_count"), asked = new URLSearchParams(location.search)
for (const e of find) e.value = asked.get(e.name) || ""
let index = [], older, first
const read = async path => {
  const part = await (await fetch(find.dataset.base + path)).json()
  older ||= part.older
  index.push(...part.entries)
}
const look = find.oninput = async () => {
  const some = [...new FormData(find)].filter(p => p[1]), {q = "", c, s, y = ""} = Object.fromEntries(some)
  history.replaceState(0, "", "?" + new URLSearchParams(some))
  try {
    if (!location.host) throw 0
    if (some[0]) await (first ||= read("search.json"))
  } catch {
    first = 0
    return count.textContent = find.dataset.alone
  }
  _months.hidden = some[0]
  hits.textContent = count.textContent = ""
  const found = some[0] ? index.filter(e => (!c || e.components.includes(c)) && (!s || e.severity == s) && e.date.startsWith(y) &&
    q.toLowerCase().split(" ").every(w => (e.title + e.text).toLowerCase().includes(w))) : []
  for (const e of found) {
    const hit = make("li", hits, "")
    hit.className = "line"
    hit.innerHTML = `<b class="${e.class}"><svg class="i ${e.class}" aria-hidden="true"><use href="#_${e.class}"/></svg></b><div></div>`
    make("a", hit.lastChild, e.title, find.dataset.base + e.path + "index.html")
    make("small", hit.lastChild, e.about)
  }
  if (some[0]) count.textContent = found[0] ? find.dataset.found.replace("{n}", found.length) : find.dataset.none
  const i = older?.findIndex(p => p.from < y + "~" && p.to >= y)
  if (some[0] && older[i]) make("button", make("li", hits, ""), older[i].when).onclick = () => read(older.splice(i, 1)[0].path).then(look)
}
find.onsubmit = () => !look()
if (location.search) look()
})()
