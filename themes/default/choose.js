// "My services" and the field that finds one, on the home page. script.js loads this when
// somebody uses them, or when the address or this browser holds a choice. It knows nothing
// about statuses: it takes the worst class among the chosen rows, and puts their names into
// sentences that the generator wrote, some of them for each number of services. What there is to see is in choose.html,
// and choose.css says when, by data-pick and data-mine on the root.
export default (doc, all, byId, fill, given, store, place, begin, [, style, html, ranks, say, services]) => {
const [sheet] = doc.adoptedStyleSheets = [new CSSStyleSheet()]
sheet.replaceSync(style)

const [section] = all("section:has([data-r])"), [title] = all("h2", section)
section.insertAdjacentHTML("beforeend", html)
const mine = byId("_mine"), seek = byId("_seek"), answer = byId("_answer")
const [own, said, form] = section.lastElementChild.children, [question, keep] = all("b,input", form), [sentence, rest, others] = all("h1,p,button", own)
answer.before(own)

// To a search, case, accents and widths do not matter.
const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase()
const rows = all("[data-r]").map(row => {
  const id = row.dataset.c, box = byId("_p-" + id)
  row.prepend(box.parentNode)
  return {...services[id], row, box, id}
})
const rankOf = e => e.classList[1]
let picking = false

const show = () => {
  const chosen = rows.filter(r => r.box.checked), some = !!chosen[0], texts = [], [general] = all("h1", answer)
  given.mine = some
  given.pick = mine.ariaPressed = picking
  title.textContent = say[some && !picking]
  for (const r of rows) r.row.hidden = !plain(r.text).includes(plain(seek.value))
  for (const e of all("[data-r] a,[data-r] .bar")) e.inert = picking
  for (const e of all("[data-c]"))
    e.classList.toggle("else", some && e.dataset.c && !chosen.some(r => e.matches(`[data-c~="${r.id}"]`)))
  // Folded groups are open meanwhile.
  const whole = picking || some || seek.value
  for (const e of all("details", section)) if (whole ? !e.open : e.was) e.open = e.was = whole

  general.role = some ? "none" : null
  doc.body.className = rankOf(answer)
  for (const [rank, icon] of ranks) { // the worst last
    const names = chosen.filter(r => rankOf(byId("s-" + r.id)) == rank).map(r => r.name), n = names.length
    if (n) {
      own.className = "answer own " + (doc.body.className = rank)
      texts.unshift(rank == "ok" && chosen[1] ? say[chosen[n] ? "rest" : "well"][n] : fill(say[rank], {what: n > 3 ? say.services[n] : new Intl.ListFormat(say.lang).format(names)}))
    }
    if (doc.body.className == rank) all("[rel=icon]")[0].href = icon
  }
  doc.title = fill(say.page, {page: texts[0] || general.textContent})
  sentence.textContent = texts.shift()
  rest.textContent = texts.map(text => text + say.end).join("")
}

// Starts or ends choosing.
const pick = (on, quiet) => {
  picking = on
  keep.checked = store[place]
  show()
  if (quiet) return
  said.textContent = on ? question.textContent : doc.title
  ;(on ? rows[0].box : mine).focus()
}

// Takes the choice from the address. Another address, such as that of a heading, leaves it
// as it is. Unknown ids are ignored.
const read = changed => {
  const [jump, asked] = unescape(location.hash).split("#only=")
  if (jump) return
  const ids = (asked || "").split(",")
  for (const r of rows) r.box.checked = r.ids.some(id => ids.includes(id))
  pick(false, !changed)
}
mine.onclick = others.onclick = () => picking ? read(1) : pick(true)
form.onsubmit = e => {
  const ids = new FormData(form).getAll("only") + ""
  delete store[place]
  if (keep.checked && ids) store[place] = ids
  location.hash = "only=" + ids
  read(e)
  return false
}
seek.oninput = show
addEventListener("keydown", e => {
  if (e.key == "Escape") seek.value ? show(seek.value = "") : picking && read(e)
})
addEventListener("hashchange", read)
addEventListener("foreseen", show)
if (!location.hash && store[place]) history.replaceState(history.state, "", "#only=" + store[place])
read()
if (begin == 1) pick(true)
}
