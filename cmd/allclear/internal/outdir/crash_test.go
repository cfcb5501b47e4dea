//go:build linux

package outdir

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// These tests kill builds, let them run out of resources, and take away their
// permissions. Each time the folder that visitors see must be complete.

// variants is a site with two variants. Each variant has other contents on every page,
// pages that the other does not have, and another style sheet.
type variants struct {
	*testing.T
	program, site, out string
	trees              [2]map[string]string // the files of each variant's build
}

func newVariants(t *testing.T) *variants {
	t.Helper()
	return newVariantsWith(t, 8)
}

// newVariantsWith returns a site with so many incidents that both variants have.
func newVariantsWith(t *testing.T, kept int) *variants {
	t.Helper()
	p := &variants{T: t, site: public(t)}
	p.program, p.out = copied(t), filepath.Join(p.site, "public")
	p.put("components.yml", "components:\n  - {id: web, name: Website}\n  - {id: api, name: API}\n")
	p.put("static/logo.svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`)
	for i := range kept {
		p.put(fmt.Sprintf("incidents/kept-%d.md", i), fmt.Sprintf("---\ntitle: Kept %d\nstart: 2025-0%d-10 01:00\n"+
			"end: 2025-0%d-10 02:00\ncomponents: [web]\nstatus: major_outage\n---\nText, and [another](kept-0.md).\n", i, i%7+1, i%7+1))
	}
	for v := range p.trees {
		p.variant(v)
		ref := filepath.Join(t.TempDir(), "public")
		p.must(p.build("--out", ref))
		p.trees[v] = tree(t, ref)
	}
	return p
}

func (p *variants) put(name, text string) {
	p.Helper()
	if err := save(p.site, "content/"+name, []byte(text)); err != nil {
		p.Fatal(err)
	}
}

// variant replaces the content with that of variant v.
func (p *variants) variant(v int) {
	p.Helper()
	p.put("site.yml", fmt.Sprintf("title: Variant %d\nurl: https://status.example.com\nbrand: {accent: '#2457d%d', logo: logo.svg}\n", v,
		v))
	for _, old := range must(filepath.Glob(filepath.Join(p.site, "content/incidents/only-*.md"))) {
		os.Remove(old)
	}
	for i := range 6 {
		p.put(fmt.Sprintf("incidents/only-%d-%d.md", v, i), fmt.Sprintf("---\ntitle: Only %d %d\nstart: 2025-0%d-20 01:00\n"+
			"end: 2025-0%d-20 02:00\ncomponents: [api]\nstatus: partial_outage\n---\nText.\n", v, i, i+1, i+1))
	}
}

func (p *variants) build(more ...string) *exec.Cmd {
	return exec.Command(p.program, append([]string{"build", "--source", p.site, "--at", "2025-07-25 06:40"}, more...)...)
}

func (p *variants) must(cmd *exec.Cmd) {
	p.Helper()
	if output, err := cmd.CombinedOutput(); err != nil {
		p.Fatalf("%v\n%s", err, output)
	}
}

// tree returns the files in a folder, without those whose names are reserved.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(name, manifestName) && e.IsDir():
			return fs.SkipDir
		case strings.HasPrefix(name, manifestName) || e.IsDir():
			return nil
		}
		data, err := fs.ReadFile(root, name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// whole checks that every file belongs to one of the two variants, that files of both
// variants are all there, and that the home page leads to no broken link. It reports
// whether there are files of both variants.
func (p *variants) whole(when string) (mixed bool) {
	p.Helper()
	now := tree(p.T, p.out)
	var of [2]int
	for name, data := range now {
		a, inA := p.trees[0][name]
		b, inB := p.trees[1][name]
		switch {
		case inA && inB && a == b && data == a:
		case inA && data == a:
			of[0]++
		case inB && data == b:
			of[1]++
		default:
			p.Errorf("%s: %s is a file of neither build (%d bytes)", when, name, len(data))
		}
	}
	for name := range p.trees[0] {
		if _, both := p.trees[1][name]; both && now[name] == "" && p.trees[0][name] != "" {
			p.Errorf("%s: %s is gone", when, name)
		}
	}
	p.follow(when, now)
	return of[0] > 0 && of[1] > 0
}

// follow visits all pages reachable from the home page.
func (p *variants) follow(when string, files map[string]string) {
	p.Helper()
	seen := map[string]bool{"index.html": true}
	for queue := []string{"index.html"}; len(queue) > 0; queue = queue[1:] {
		from := queue[0]
		for _, link := range links(p.T, files[from]) {
			to := path.Join(path.Dir(from), link)
			if strings.HasSuffix(link, "/") {
				to = path.Join(to, "index.html")
			}
			if _, ok := files[to]; !ok {
				p.Errorf("%s: %s links to %s, which is not there", when, from, to)
			}
			if path.Ext(to) == ".html" && !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
}

// links returns the relative links of a page, without fragments and queries.
func links(t *testing.T, text string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			u, err := url.Parse(a.Val)
			if (a.Key == "href" || a.Key == "src") && err == nil && u.Scheme == "" && u.Host == "" && u.Path != "" {
				list = append(list, u.Path)
			}
		}
	}
	return list
}

// is checks that the folder contains exactly the build of variant v, and of our own files
// only the manifest.
func (p *variants) is(v int, when string) {
	p.Helper()
	p.holds(v, when)
	if left := must(filepath.Glob(filepath.Join(p.out, manifestName+"-*"))); len(left) > 0 {
		p.Errorf("%s: %v is left behind", when, left)
	}
}

// holds checks that the folder contains exactly the build of variant v, apart from our
// own files.
func (p *variants) holds(v int, when string) {
	p.Helper()
	now := tree(p.T, p.out)
	for name, data := range p.trees[v] {
		if now[name] != data {
			p.Errorf("%s: %s is not what was built", when, name)
		}
		delete(now, name)
	}
	for name := range now {
		p.Errorf("%s: %s is there, though it was not built", when, name)
	}
}
