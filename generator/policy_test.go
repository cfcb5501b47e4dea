package generator_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"

	"allclear/generator"
	"allclear/generator/render"
	"allclear/generator/site"
	"allclear/themes"
)

// themed is a site whose theme has one line of HTML at the end of its pages, and the
// warnings about it.
func themed(t *testing.T, line string) (generator.Result, string) {
	t.Helper()
	page, err := os.ReadFile("../themes/default/page.html")
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: X\nurl: https://status.example.org/sub\ntheme: mine\n")},
		"content/components.yml": {Data: []byte("components: [{id: web}]\n")},
		"content/pages/about.md": {Data: []byte("---\ntitle: About\n---\nText.\n")},
		"content/static/own.js":  {Data: []byte("window.ran = true\n")},
		"themes/mine/page.html":  {Data: []byte(strings.Replace(string(page), "<h1", line+"<h1", 1))},
	}
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)})
	var said []string
	for _, p := range result.Problems {
		if p.Rule != "blocked-by-policy" || p.Severity.String() != "warning" || p.File != "themes/mine/page.html" || p.Line == 0 {
			t.Fatalf("%s: %v", line, p)
		}
		said = append(said, p.Message+"; "+p.Hint)
	}
	return result, strings.Join(said, "\n")
}

func TestAThemeIsWarnedOfWhatItsPagesPolicyBlocks(t *testing.T) {
	for line, want := range map[string]string{
		`<script>ran()</script>`:                                        "do not run this script",
		`<script type="module">import "./x.js"</script>`:                "do not run this script",
		`<SCRIPT TYPE=text/javascript>ran({{.Root}})</SCRIPT>`:          "do not run this script",
		`<script src="https://cdn.example.com/x.js"></script>`:          `src="{{.Root}}NAME.js"`,
		`<script defer src=//cdn.example.com/x.js></script>`:            "do not load this script",
		`<script src="data:text/javascript,ran()"></script>`:            "do not load this script",
		`<button type=button onclick="ran()">x</button>`:                `element.addEventListener("click", …)`,
		`<img alt="" src="{{.Root}}x.png" ONERROR=ran()>`:               "browsers ignore onerror",
		`<a href=" javascript:ran()">x</a>`:                             "do not run a javascript: address",
		`<p style="color: red">x</p>`:                                   "extra.css",
		`<style>p {color: red}</style>`:                                 "extra.css",
		`<script src="{{.Root}}own.js"></script>`:                       "",
		`<script src="/own.js" defer></script>`:                         "",
		`<script src="https://status.example.org/own.js"></script>`:     "",
		`<script type="application/ld+json">{"a": 1}</script>`:          "",
		`<script type="text/html"><p>x</p></script>`:                    "",
		`{{/* <script>ran()</script> */}}`:                              "",
		`<!-- <script>ran()</script> -->`:                               "",
		`<p title="onclick=x style=y">on time = now</p>`:                "",
		`<a data-style="x" href="https://example.com/?onclick=x">x</a>`: "",
	} {
		if _, said := themed(t, line); want == "" && said != "" || !strings.Contains(said, want) || strings.Contains(said, "\n") {
			t.Errorf("%s: %q, want %q", line, said, want)
		}
	}
}

// The program checks only the operator's own templates.
func TestTheBuiltInThemeHasNothingThatItsPagesPolicyBlocks(t *testing.T) {
	for _, p := range render.CheckPolicy(themes.Open(nil), &site.Site{Theme: "default"}) {
		t.Error(p.Pos, p.Message)
	}
}

// What is warned of does not run in a browser, and what is not runs.
func TestABrowserBlocksWhatTheThemeIsWarnedOf(t *testing.T) {
	tab := browser(t)
	for line, blocked := range map[string]bool{
		`<script>window.ran = true</script>`:                                 true,
		`<img alt="" src="{{.Root}}nosuch.png" onerror="window.ran = true">`: true,
		`<script src="data:text/javascript,window.ran%20=%20true"></script>`: true,
		`<script src="{{.Root}}own.js"></script>`:                            false,
	} {
		result, said := themed(t, line)
		files := map[string][]byte{}
		for _, f := range result.Files {
			var err error
			if files[f.Path], err = f.Bytes(); err != nil {
				t.Fatal(err)
			}
		}
		site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			fileHost(files, false).ServeHTTP(w, r)
		}))
		ran, err := chromedp.Run(tab, func(ctx context.Context, target *chromedp.Target) (string, error) {
			if _, err := chromedp.Navigate(site.URL+"/pages/about/")(ctx, target); err != nil {
				return "", err
			}
			return chromedp.Evaluate[string](`"" + !!window.ran`)(ctx, target)
		})
		site.Close()
		if want := fmt.Sprint(!blocked); err != nil || ran != want || (said != "") != blocked {
			t.Errorf("%s: ran: %s, warned: %q (%v)", line, ran, said, err)
		}
	}
}
