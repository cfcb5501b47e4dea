package source

import (
	"html"
	"net/url"
	"os"
	"strings"
	"testing"

	"allclear/generator/site"

	"github.com/rogpeppe/go-internal/txtar"
)

// page reads Markdown as the body of a free page, with one incident, one file
// and nothing else to link to.
func page(t *testing.T, body string) (site.Prose, string) {
	t.Helper()
	fsys := folder("-- incidents/2025/smtp.md --\n---\ntitle: X\nstart: 2025-01-01 00:00\n---\n-- static/img/a b.png --\nx\n")
	fsys["content/pages/about.md"] = textFile("---\ntitle: About\n---\n" + body)
	s, problems := Read(fsys, Options{})
	return s.Pages[0].Body, listed(problems)
}

func TestMarkdownBecomesHTMLAndPlainText(t *testing.T) {
	const golden = "testdata/markdown.txtar"
	archive, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	prose, problems := page(t, string(archive.Files[0].Data))
	got := []string{prose.HTML("../../", "x-") + "\n", prose.Text + "\n", problems}
	for i, file := range archive.Files[1:] {
		if *rewrite {
			archive.Files[i+1].Data = []byte(got[i])
		} else if string(file.Data) != got[i] {
			t.Errorf("%s:\n%s", file.Name, got[i])
		}
	}
	if *rewrite {
		if err := os.WriteFile(golden, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLinksLeadWhereTheyShould(t *testing.T) {
	for written, want := range map[string]string{
		"https://example.com/a?b=1&c=2#d":      "https://example.com/a?b=1&amp;c=2#d",
		"HTTPS://Example.com/ü":                "HTTPS://Example.com/%C3%BC",
		"mailto:help@example.com":              "mailto:help@example.com",
		"tel:+491234":                          "tel:+491234",
		"/history/":                            "ROOT/history/index.html",
		"history/?q=1#top":                     "ROOT/history/index.html?q=1#top",
		"../../../etc/passwd":                  "ROOT/etc/passwd",
		"#cause":                               "#ID-cause",
		"../incidents/2025/smtp.md":            "ROOT/incidents/smtp/index.html",
		"../incidents/2025/smtp.md#u-20250101": "ROOT/incidents/smtp/index.html#u-20250101",
		"/incidents/2025/smtp.md":              "ROOT/incidents/smtp/index.html",
		"incidents/2025/smtp.md":               "ROOT/incidents/smtp/index.html",
		"about.md":                             "ROOT/pages/about/index.html",
		"../static/img/a%20b.png":              "ROOT/img/a%20b.png",
		"<../static/img/a b.png>":              "ROOT/img/a%20b.png",
		"static/img/a%20b.png":                 "ROOT/img/a%20b.png",
		"/a%zz":                                "ROOT/a%25zz",
	} {
		prose, problems := page(t, "[words]("+written+")\n")
		if got := prose.HTML("ROOT/", "ID-"); !strings.Contains(got, `href="`+want+`"`) || problems != "" {
			t.Errorf("%s: got %s, want %s\n%s", written, got, want, problems)
		}
	}
}

// On a page at the root an address of the site begins with what was written, so
// that no part of it may be read as a scheme.
func TestAnAddressOfTheSiteIsNeverAScheme(t *testing.T) {
	for _, written := range []string{
		"/javascript:alert(1)", "./javascript:alert(1)", "/javascript:alert(1)/", "/javascript%3Aalert(1)", "/%6aavascript:alert(1)",
		"/x/../javascript:alert(1)",
		"/./javascript:alert(1)", "../../javascript:alert(1)", "/javascript&colon;alert(1)", `/javascript\:alert(1)`,
		"/java%0ascript:alert(1)", "/ms-msdt:x", "/tg:x", "/a:b:c",
		"/data:text/html,x", "/HTTPS:evil.com/x", "/:x", "./x:y?z:a#b:c", "/x:y/", "/javascript:.md/", "static:x", "/mailto:a@b.c",
	} {
		for _, text := range []string{"[words](" + written + ")", "[words][r]\n\n[r]: " + written} {
			prose, problems := page(t, text+"\n")
			address, err := url.Parse(htmlAttribute(prose.HTML("", ""), "href"))
			if err != nil || address.Scheme != "" || address.Host != "" {
				t.Errorf("%s: leads to %q by scheme %q, %v\n%s", text, address, address.Scheme, err, problems)
			}
		}
	}
	prose, problems := page(t, "[words](/wiki:start/x:y?a:b#c:d)\n")
	if got, want := prose.HTML("../", ""), `<p><a href="../wiki%3Astart/x:y?a:b#c:d">words</a></p>`; got != want || problems != "" {
		t.Errorf("got %s, want %s\n%s", got, want, problems)
	}
}

// htmlAttribute is the value of the first attribute of a name, or "".
func htmlAttribute(markup, name string) string {
	_, rest, _ := strings.Cut(markup, " "+name+`="`)
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}

func TestAForbiddenLinkIsOnlyItsWords(t *testing.T) {
	for _, written := range []string{
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#10;script:alert(1)", "java&Tab;script:alert(1)", "&#1;javascript:alert(1)",
		"javascript&colon;alert(1)", "javascript&#58;alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example",
		`/\\evil.example`,
		`\\\\evil.example`, "blob:x", "http:evil", "https:///x", "ftp://example.com", "view-source:x", "about:blank",
	} {
		for _, text := range []string{"[words](" + written + ")", "![words](" + written + ")", "[words][r]\n\n[r]: " + written} {
			prose, problems := page(t, text+"\n")
			if got := prose.HTML("", ""); got != "<p>words</p>" || !strings.Contains(problems, "error") {
				t.Errorf("%s: got %s\n%s", text, got, problems)
			}
		}
	}
}

func TestALinksMistakeIsReportedAtItsAddress(t *testing.T) {
	_, problems := page(t, "A [wörd](javascript:x), ![](../static/none.png)\nand <javascript:y> [z](nowhere.md).\n")
	want := `pages/about.md:4:10: error: link to "javascript:x" is not allowed
pages/about.md:4:29: error: the image "../static/none.png" is missing: there is no content/static/none.png
pages/about.md:5:6: error: link to "javascript:y" is not allowed
pages/about.md:5:24: error: there is no content file "nowhere.md"
`
	if problems != want {
		t.Errorf("got:\n%swant:\n%s", problems, want)
	}
}

func TestALinkToADraftIsAnError(t *testing.T) {
	expect(t, `-- incidents/x.md --
---
title: X
start: 2025-01-01 00:00
---
See [that](y.md).
-- incidents/y.md --
---
title: Y
draft: true
---
`, `
incidents/x.md:5:12: error: the link leads to a draft, which is not built
`)
}

func TestCommentsVanishEverywhere(t *testing.T) {
	for _, body := range []string{
		"Seen.\n\n<!-- secret -->\n", "Seen. <!-- secret -->\n", "<!-- secret\n\nsecret -->\n\nSeen.\n",
		"> <!-- secret\n> secret -->\n\nSeen.\n",
		"<div>\n<!-- secret -->\n</div>\n\nSeen.\n", "- Seen. <!-- secret\n  secret -->\n", "Seen.\n\n<!--> --- <!-- secret -->\n",
	} {
		prose, _ := page(t, body)
		for _, form := range []string{prose.Markdown, prose.Text, prose.Markup} {
			if strings.Contains(form, "secret") || !strings.Contains(form, "Seen.") {
				t.Errorf("%q: %q", body, form)
			}
		}
	}
	for _, body := range []string{"Text <!-- secret\n\nsecret -->\n", "<!-- secret\n", "<!-- a --> b <!-- secret\nsecret -->\n"} {
		if _, problems := page(t, body); !strings.Contains(problems, "error: this comment does not end where it should") {
			t.Errorf("%q: %s", body, problems)
		}
	}
}

func TestWhatHTMLIsWrittenIsShownNotObeyed(t *testing.T) {
	for body, want := range map[string]string{
		"a <b onclick=\"x()\">c</b>\n": "<p>a &lt;b onclick=&quot;x()&quot;&gt;c&lt;/b&gt;</p>",
		"<script>alert(1)</script>\n":  "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
		"<img src=x onerror=y>\n":      "<p>&lt;img src=x onerror=y&gt;</p>",
		"```\"><script>\n<b>\n```\n":   "<pre tabindex=\"0\"><code class=\"language-&quot;&gt;&lt;script&gt;\">&lt;b&gt;\n</code></pre>",
		"&#1;&#2;&lt;script&gt;\n":     "<p>\ufffd\ufffd&lt;script&gt;</p>",
		"# \"><script>\n":              "<h2 id=\"script\">&quot;&gt;&lt;script&gt;</h2>",
	} {
		prose, _ := page(t, body)
		if got := prose.HTML("", ""); got != want {
			t.Errorf("%q:\n got %q\nwant %q", body, got, want)
		}
	}
}
