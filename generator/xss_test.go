package generator_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// payloads try to become script, markup, a style or a request of their own.
// Each calls fired() where it succeeds, or leaves an element <xss>.
var payloads = []string{
	`<script>fired()</script><xss>`,
	`"><img src=x onerror=fired()><xss>`,
	`'><svg onload=fired()><xss>`,
	`</title></textarea></style></template></noscript><script>fired()</script><xss>`,
	`</script><script>fired()</script><xss>`,
	`--><script>fired()</script><!--<xss>`,
	`<!--<script>`,
	`]]><script>fired()</script><xss>`,
	`&lt;img src=x onerror=fired()&gt;&lt;xss&gt;`,
	`&amp;lt;img src=x onerror=fired()&amp;gt;`,
	`\u003cimg src=x onerror=fired()\u003e\x3cxss\x3e`,
	`javascript:fired()//"onmouseover="fired()" autofocus onfocus="fired()`,
	"` + fired() + `${fired()}",
	`{{fired()}} {{.Script}} {what} {n} {time}`,
	`';fired();//\';fired();//";fired();//`,
	`<iframe srcdoc="<script>parent.fired()</script>"></iframe><xss>`,
	`<math><mtext><table><mglyph><style><!--</style><img src=x onerror=fired()><xss>`,
	`<form><button formaction=javascript:fired()>x</button></form><xss>`,
	`<base href="https://evil.example/"><link rel=stylesheet href=//evil.example/x><xss>`,
	`<meta http-equiv=refresh content="0;url=javascript:fired()"><xss>`,
	`<details open ontoggle=fired()><video src=x onerror=fired()><xss>`,
	`*{background:url(https://evil.example/)}</style><style>@import'//evil.example/x'`,
	`<object data="data:text/html,<script>parent.fired()</script>"></object><xss>`,
	`%3Cscript%3Efired()%3C/script%3E <a href=" javascript:fired()">x</a><xss>`,
}

// markdown are payloads that only Markdown could make act.
const markdown = `
<b onclick="fired()">b</b> ` + "`<script>fired()</script>`" + `

<div onmouseover="fired()"><script>fired()</script></div>

![" onerror="fired()](https://status.example.com/x.png "\" onload=\"fired()")

[c](https://status.example.com/" "\" onfocus=\"fired()\" autofocus=\"")

<https://status.example.com/"onclick="fired()>

[d](/javascript:fired()) [e](./javascript:fired()) [f](/javascript%3Afired()) [g](/data:text/html,x)

~~~"><script>fired()</script>
</code></pre><script>fired()</script>
~~~

| <script>fired()</script> | "onclick="fired() |
|---|---|
| <img src=x onerror=fired()> | b[^1] |

[^1]: <script>fired()</script><xss>
`

// evilLogo is a picture that runs script where it is opened as a page.
const evilLogo = `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" onload="fired()"><script>fired()</script><foreignObject>` +
	`<iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:parent.fired()"/></foreignObject></svg>`

// planted is a site in which every place that an operator can write holds one
// of the payloads, beginning with a given one. It says how many places.
func planted(first int) (fstest.MapFS, int) {
	places := 0
	next := func() string {
		places++
		return strings.ReplaceAll(payloads[(first+places)%len(payloads)], "<!--", "<! --") // a comment is an error
	}
	prose := next
	both := func() string { return "{en: " + yamlQuoted(next()) + ", de: " + yamlQuoted(next()) + "}" }
	words, unnamed := "", strings.NewReplacer("{what}", "", "{n}", "", "{time}", "")
	for _, key := range []string{
		"stale.text", "stale.reload", "mine.title", "mine.all", "script.local {time}", "nav.skip", "status.operational",
		"answer.partial_outage {what}", "home.as_of {time}", "find.none", "feeds.copied",
	} {
		key, filled, _ := strings.Cut(key, " ")
		words += "  " + key + ": {en: " + yamlQuoted(unnamed.Replace(next())+filled) + ", de: " +
			yamlQuoted(unnamed.Replace(next())+filled) + "}\n"
	}
	site := "title: " + both() + "\ndescription: " + both() + "\nurl: https://status.example.com\nlanguages: [en, de]\n" +
		"homepage: \"https://www.example.com/?q='%3Cscript%3Efired()\"\nsupport: \"mailto:help@example.com?subject='onclick='fired()\"\n" +
		"brand: {accent: '#2457d6', logo: evil.svg}\nstrings:\n" + words
	components := "regions:\n  - {id: us, name: " + both() + "}\n  - {id: eu, name: " + both() + "}\ncomponents:\n" +
		"  - {id: web, name: " + both() + ", description: " + both() + ", url: \"https://www.example.com/?'onclick='fired()\"}\n" +
		"  - group: " + both() + "\n    components:\n      - {id: api, name: " + both() + ", description: " + both() +
		", regions: [us, eu]}\n"
	impact := func(more string) string {
		return "  - {components: [api], label: " + both() + ", note: " + both() + ", " + more + "}\n"
	}
	open := "---\ntitle: " + both() + "\nauthor: " + yamlQuoted(next()) + "\ntags: [" + yamlQuoted(next()) +
		"]\nnext_update: 2026-03-01 03:30\nimpacts:\n" +
		impact("regions: [us], status: partial_outage, start: 2026-03-01 01:00, eta: 2026-03-01 05:00") +
		"  - {components: [web], status: major_outage, start: 2026-03-01 04:00}\n---\n" + prose() + "\n" + markdown +
		"\n## Investigating — 2026-03-01 01:10\n" + prose() + "\n" + markdown + "\n## Update — 2026-03-01 01:20\n### " + prose() + "\n" +
		prose() + "\n"
	closed := "---\ntitle: " + both() + "\nauthor: " + yamlQuoted(next()) + "\nimpacts:\n" +
		impact("status: major_outage, start: 2026-02-20 01:00, end: 2026-02-20 02:00") + "---\n" + prose() + "\n" + markdown +
		"\n## Resolved — 2026-02-20 02:00\n" + prose() + "\n\n## Postmortem — 2026-02-21 02:00\n### " + prose() + "\n" + prose() + "\n" +
		markdown
	window := func(start, end string) string {
		return "---\ntitle: " + both() + "\nheadline: " + both() + "\nstart: 2026-03-01 " + start + "\nend: 2026-03-01 " + end +
			"\nimpacts:\n" +
			impact("eta: 2026-03-01 "+end) + "---\n" + prose() + "\n\n## Plan\n- [x] " + prose() + "\n- [ ] " + prose() +
			" 3 of 7\n\n## Scheduled — 2026-02-25 10:00\n" + prose() + "\n"
	}
	translation := "---\ntitle: " + yamlQuoted(next()) + "\n---\n" + prose() + "\n\n## Investigating — 2026-03-01 01:10\n" + prose() + "\n"
	free := "---\ntitle: " + both() + "\n---\n" + prose() + "\n" + markdown
	folder := fstest.MapFS{}
	for name, text := range map[string]string{
		"site.yml": site, "components.yml": components, "incidents/open.md": open, "incidents/open.de.md": translation,
		"incidents/closed.md": closed,
		"maintenance/now.md":  window("02:00", "06:00"), "maintenance/soon.md": window("03:10", "04:00"), "pages/about.md": free,
		"static/evil.svg": evilLogo,
	} {
		folder["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder, places
}

// yamlQuoted is a text in YAML's single quotes, in which nothing is special.
func yamlQuoted(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

func TestNoScriptOfAnOperatorEverRuns(t *testing.T) {
	rounds := 1
	if os.Getenv("ALLCLEAR_XSS") == "all" {
		rounds = len(payloads)
	}
	tab := browser(t)
	watch := watched(t, tab)
	opened, total := 0, 0
	for round := range rounds {
		folder, places := planted(round * len(payloads) / rounds)
		total += places
		files := built(t, folder, instant(t, night))
		delete(files, "evil.svg") // the operator's own, served as it is
		sound(t, files)
		files["evil.svg"] = []byte(evilLogo)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { serve(w, r, files) }))
		for _, address := range addresses(files) {
			watch.open(t, server.URL, address)
			opened++
		}
		site := folder["content/site.yml"]
		site.Data = bytes.Replace(site.Data, []byte("url: https://status.example.com\n"), nil, 1)
		files = built(t, folder, instant(t, night)) // without an address of its own, 503.html leads to the site it lies in
		for _, address := range []string{"503.html", "index.html"} {
			watch.open(t, server.URL, address)
			opened++
		}
		server.Close()
	}
	if watch.links == 0 {
		t.Error("no link was looked at")
	}
	t.Logf("%d payloads in %d places of %d sites, %d pages opened, %d links looked at, %d fired", len(payloads), total, rounds, opened,
		watch.links, watch.fired)
}

// addresses are all pages, and those whose query or fragment holds a payload.
func addresses(files made) []string {
	var list []string
	for name, data := range files {
		if path.Ext(name) == ".html" && !bytes.Contains(data, []byte(`http-equiv="refresh"`)) { // one that leads on shows nothing
			list = append(list, name)
		}
	}
	slices.Sort(list)
	const evil = "%3Cimg%20src=x%20onerror=fired()%3E%3Cxss%3E"
	return append(list, "index.html#only=api,"+evil, "index.html#"+evil, "history/index.html?q="+evil, "history/index.html?q=fired&c="+evil+
		"&y="+evil)
}
