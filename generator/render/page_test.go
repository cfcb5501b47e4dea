package render_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// pagesOf returns the HTML files of a build, parsed, by path.
func pagesOf(t *testing.T, out output) map[string]*html.Node {
	t.Helper()
	parsed := map[string]*html.Node{}
	for name, data := range out {
		if path.Ext(name) != ".html" {
			continue
		}
		doc, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		parsed[name] = doc
	}
	return parsed
}

// elements returns the elements of a document in order.
func elements(doc *html.Node) []*html.Node {
	var list []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			list = append(list, n)
		}
	}
	return list
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func text(n *html.Node) string {
	var words strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "style" {
			words.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(words.String()), " ")
}

func TestEveryLinkOfEveryPageResolvesFromTheDisk(t *testing.T) {
	for name, at := range instants {
		out := publish(t, little, at)
		pages := pagesOf(t, out)
		ids := map[string]map[string]bool{}
		for file, doc := range pages {
			ids[file] = map[string]bool{}
			for _, e := range elements(doc) {
				id, ok := attribute(e, "id")
				if ok && ids[file][id] {
					t.Errorf("%s: %s: the id %q is there twice", name, file, id)
				}
				ids[file][id] = ok
			}
		}
		links := 0
		for file, doc := range pages {
			for _, e := range elements(doc) {
				for _, key := range []string{"href", "src"} {
					to, ok := attribute(e, key)
					if rel, _ := attribute(e, "rel"); !ok || rel == "canonical" || rel == "alternate" && strings.HasPrefix(to, "https:") {
						continue
					}
					to = strings.TrimPrefix(to, address+"/")
					if to == "" || strings.Contains(to, ":") {
						continue
					}
					links++
					target, fragment, _ := strings.Cut(to, "#")
					if target == "" {
						target = file
					} else if file != "404.html" && file != "503.html" {
						target = path.Join(path.Dir(file), target)
					}
					if _, built := out[target]; !built {
						t.Errorf("%s: %s links to %s, which is not built", name, file, to)
					}
					if fragment != "" && !strings.HasPrefix(fragment, "only=") && !ids[target][fragment] {
						t.Errorf("%s: %s links to %s, where nothing has this id", name, file, to)
					}
				}
			}
		}
		if links < 100 {
			t.Errorf("%s: only %d links found", name, links)
		}
	}
}

func TestHeadingsOfEveryPageAreInOrder(t *testing.T) {
	for name, at := range instants {
		for file, doc := range pagesOf(t, publish(t, little, at)) {
			if moved, _ := attribute(elements(doc)[1], "http-equiv"); moved != "" {
				continue
			}
			level, tops := 0, 0
			for _, e := range elements(doc) {
				if len(e.Data) != 2 || e.Data[0] != 'h' || e.Data[1] < '1' || e.Data[1] > '6' {
					continue
				}
				next := int(e.Data[1] - '0')
				if next > level+1 {
					t.Errorf("%s: %s: h%d %q follows h%d", name, file, next, text(e), level)
				}
				if next == 1 {
					tops++
				}
				level = next
			}
			if tops != 1 {
				t.Errorf("%s: %s has %d h1", name, file, tops)
			}
		}
	}
}

func TestPagesObeyTheirOwnSecurityPolicy(t *testing.T) {
	out := publish(t, little, maintenance)
	for file, doc := range pagesOf(t, out) {
		for _, e := range elements(doc) {
			for _, a := range e.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s> has an inline %s", file, e.Data, a.Key)
				}
			}
			if src, ok := attribute(e, "src"); ok && strings.Contains(src, "//") && !strings.HasPrefix(src, address) {
				t.Errorf("%s asks another host for %s", file, src)
			}
		}
	}
	for _, single := range []string{"index.html", "404.html", "503.html"} {
		if bytes.Contains(out[single], []byte(`rel="stylesheet"`)) || bytes.Contains(out[single], []byte("<script src")) {
			t.Errorf("%s is not a single file", single)
		}
	}
}

func TestTheAnswerNamesWhatIsHit(t *testing.T) {
	for at, want := range map[string]string{
		clear:                  "All services are operational",
		incident:               "Major outage: Public API (Europe)",
		"2025-07-25T07:30:00Z": "Degraded performance: Public API (Europe)",
		maintenance:            "Maintenance until 03:30 UTC: Public API and Web",
		resolved:               "All services are operational",
	} {
		doc := pagesOf(t, publish(t, little, at))["index.html"]
		for _, e := range elements(doc) {
			if e.Data == "h1" && text(e) != want {
				t.Errorf("at %s the home page says %q, want %q", at, text(e), want)
			}
		}
	}
}

func TestAnEntryThatMovedKeepsItsAddress(t *testing.T) {
	moved := little.with("content/incidents/errors.md", strings.Replace(little["content/incidents/errors.md"], "---\n",
		"---\nid: abc123def456\n", 1))
	page := string(publish(t, moved, resolved)["incidents/abc123def456/index.html"])
	if !strings.Contains(page, `url=../../incidents/errors/index.html"`) {
		t.Errorf("the old address does not lead to the new one:\n%s", page)
	}
}

func TestARehearsalIsBuiltAndLinkedNowhere(t *testing.T) {
	out := publish(t, little, incident)
	if !bytes.Contains(out["incidents/rehearsal/index.html"], []byte(`<meta name="robots" content="noindex">`)) {
		t.Error("the rehearsal is not built, or not kept from search engines")
	}
	for file, data := range out {
		if file != "incidents/rehearsal/index.html" && path.Ext(file) == ".html" && bytes.Contains(data, []byte("rehearsal")) {
			t.Errorf("%s names the rehearsal", file)
		}
	}
}

// many returns a site with 20 components in five groups over two regions, and 20
// incidents in recent weeks, one of them open.
func many() content {
	c := content{"content/site.yml": little["content/site.yml"]}
	manifest := "regions:\n  - {id: us, name: United States}\n  - {id: eu, name: Europe}\ncomponents:\n"
	for g := range 5 {
		manifest += fmt.Sprintf("  - group: Group number %d\n    components:\n", g)
		for i := range 4 {
			manifest += fmt.Sprintf("      - {id: part-%d-%d, name: Component %d of %d, description: What customers know as part %d%d, "+
				"regions: [us, eu], target: 99.95}\n", g, i, i, g, g, i)
		}
	}
	c["content/components.yml"] = manifest
	for i := range 20 {
		day := i + 6
		end := fmt.Sprintf("    end: 2025-07-%02d 09:%02d\n", day, 10+i)
		if i == 19 {
			end = ""
		}
		c[fmt.Sprintf("content/incidents/2025-07-%02d-trouble-%d.md", day, i)] = fmt.Sprintf(`---
title: Trouble number %d with some requests
impacts:
  - components: [part-%d-%d, part-%d-%d]
    regions: [eu]
    status: %s
    start: 2025-07-%02d 08:%02d
%s---
## Investigating — 2025-07-%02d 08:%02d
We see errors in %d of every thousand requests and look for the cause with the team.
`, i, i%5, i%4, (i+2)%5, (i+1)%4, []string{"degraded", "partial", "major"}[i%3], day, i, end, day, i+1, i)
	}
	return c
}

func TestTheHomePageFitsIntoTheFirstFlight(t *testing.T) {
	out := publish(t, many(), "2025-07-25T09:00:00Z")
	if incidents := strings.Count(string(out["status.txt"]), "Trouble"); incidents == 0 {
		t.Fatal("nothing is open on the measured page")
	}
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	w.Write(out["index.html"])
	w.Close()
	t.Logf("home: %d bytes, %d compressed", len(out["index.html"]), packed.Len())
	if limit := 14 << 10; packed.Len() > limit {
		t.Errorf("the home page has %d bytes compressed, more than %d", packed.Len(), limit)
	}
	var scripts bytes.Buffer
	w.Reset(&scripts)
	for _, file := range slices.Sorted(maps.Keys(out)) {
		if strings.HasPrefix(file, "assets/") && strings.HasSuffix(file, ".js") || file == "embed.js" {
			w.Write(out[file])
		}
	}
	w.Close()
	t.Logf("scripts: %d bytes compressed", scripts.Len())
	if limit := 6 << 10; scripts.Len() > limit || scripts.Len() < 1000 {
		t.Errorf("the scripts have %d bytes compressed, not at most %d", scripts.Len(), limit)
	}
}

func TestPagesAsTheyAre(t *testing.T) {
	out := publish(t, little, incident)
	for _, file := range []string{"incidents/errors/index.html", "history/2025-07/index.html", "components/api/index.html"} {
		golden(t, "pages/"+strings.ReplaceAll(strings.TrimSuffix(file, "/index.html"), "/", "-")+".html", body(out[file]))
	}
	golden(t, "pages/maintenance-upgrade.html", body(publish(t, little, maintenance)["maintenance/upgrade/index.html"]))
}

// body returns the HTML between the header and the footer of a page, so that a golden
// file contains only what it is about.
func body(page []byte) []byte {
	from, to := bytes.Index(page, []byte("<main")), bytes.Index(page, []byte("</main>"))
	if from < 0 || to < from {
		return page
	}
	return append(bytes.Clone(page[from:to]), "</main>\n"...)
}
