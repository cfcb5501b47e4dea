// Search on history pages. It loads an index of the newest entries, and older parts on
// request. The search terms are in the address. Without JavaScript all months are linked.
(() => {
const doc = document, byId = id => doc.getElementById(id), place = byId("_find")
const make = (tag, into, text, href) => {
  const made = doc.createElement(tag)
  made.textContent = text
  made.href = href
  into.append(" ", made)
  return made
}
place.outerHTML = place.nextElementSibling.text
const find = byId("_find"), given = find.dataset, hits = byId("_hits"), count = byId("_count"), asked = new URLSearchParams(location.search)
for (const e of find) e.value = asked.get(e.name) || ""
let index = [], older, first
const read = async path => {
  const part = await (await fetch(given.base + path)).json()
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
    return count.textContent = given.alone
  }
  _months.hidden = some[0]
  hits.textContent = count.textContent = ""
  if (!some[0]) return
  const found = index.filter(e => (!c || e.components.includes(c)) && (!s || e.severity == s) && e.date.startsWith(y) &&
    q.toLowerCase().split(" ").every(w => (e.title + e.text).toLowerCase().includes(w)))
  for (const e of found) {
    const hit = make("li", hits, "")
    hit.className = "line"
    hit.innerHTML = `<b class="${e.class}"><svg class="i ${e.class}" aria-hidden="true"><use href="#_${e.class}"/></svg></b><div></div>`
    make("a", hit.lastChild, e.title, given.base + e.path + "index.html")
    make("small", hit.lastChild, e.about)
  }
  count.textContent = found[0] ? given.found.replace("{n}", found.length) : given.none
  const i = older.findIndex(p => p.from < y + "~" && p.to >= y)
  if (older[i]) make("button", make("li", hits, ""), older[i].when).onclick = () => read(older.splice(i, 1)[0].path).then(look)
}
find.onsubmit = () => !look()
if (location.search) look()
})()
