package importer_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator/importer"
)

// TestTextsBecomeMarkdownThatAPersonWouldWrite gives an update of Statuspage each text, and
// compares what stands below its heading, and the rules of what was lost.
func TestTextsBecomeMarkdownThatAPersonWouldWrite(t *testing.T) {
	for _, c := range []struct{ text, want, lost string }{
		{"Smith &amp; Sons&nbsp;say &rsquo;sorry&rsquo; &#8230; AT&T", "Smith & Sons say ’sorry’ … AT&T", ""},
		{"&lt;b&gt; stays text, and so does &amp;nbsp;", "&lt;b&gt; stays text, and so does &amp;nbsp;", ""},
		{"no &#8238;turn", "no turn", ""},
		{"<p>If 5 < 6 &amp;&amp; 7 > 3, it&rsquo;s &lt;fine&gt;</p>", "If 5 < 6 && 7 > 3, it’s &lt;fine>", ""},
		{"one<br>two<br /><br />three <em>four</em>", "one\ntwo\n\nthree *four*", ""},
		{"<ul><li>One</li></ul><ol><li>Two</li></ol>", "- One\n\n1. Two", ""},
		{"<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "| A | B |\n|---|---|\n| 1 | 2 |", ""},
		{"<details><summary>More</summary>Hidden</details>", "More\n\nHidden", ""},
		{"<p>Text</p><script>alert(1)</script><style>p{}</style>", "Text", "script script"},
		{"> a quotation <b>bold</b>\n>> and more", "> a quotation **bold**\n>> and more", ""},
		{"> only `<b>` in code", "> only `<b>` in code", ""},
		{"```\n<!-- kept -->  {{< kept >}}\n\n\n&amp;\n```", "```\n<!-- kept -->  {{< kept >}}\n\n\n&amp;\n```", ""},
		{"<!-- gone --> visible {{< gone >}}", "visible", "comment shortcode"},
		{"ends in spaces   \n\nand one \nmore", "ends in spaces\n\nand one\nmore", ""},
		{"[a](javascript:alert(1)) [b](https://x.example/A_(b)) [c](page.md)", "a [b](https://x.example/A_(b)) c", "link link"},
		{"## Resolved — 2025-01-01 10:00", "> Resolved — 2025-01-01 10:00", "heading"},
		{"---\nseverity: none\n---\n\nText.", "---\nseverity: none\n---\n\nText.", ""},
	} {
		body, _ := json.Marshal(c.text)
		data := fmt.Sprintf(`{"components": [{"id": "shop", "name": "Shop", "group_id": null}], "incidents": [{"id": "abc",
			"name": "Trouble", "impact": "none", "incident_updates": [
			{"status": "investigating", "display_at": "2025-01-01T10:00:00Z", "body": %s}]}]}`, body)
		src, err := importer.Read("statuspage", fstest.MapFS{"x.json": &fstest.MapFile{Data: []byte(data)}},
			importer.Options{Now: importedAt})
		if err != nil {
			t.Fatal(err)
		}
		plan := importer.Prepare(src, importer.PrepareOptions{Check: checkContent})
		got := ""
		for _, f := range plan.Files {
			if strings.Contains(f.Path, "incidents/") {
				_, got, _ = strings.Cut(string(f.Data), "10:00\n\n")
			}
		}
		var lost []string
		for _, l := range plan.Losses {
			lost = append(lost, l.Rule)
		}
		slices.Sort(lost)
		if got = strings.TrimSuffix(got, "\n"); got != c.want || strings.Join(lost, " ") != c.lost {
			t.Errorf("%q becomes %q with losses %v, want %q with %q", c.text, got, lost, c.want, c.lost)
		}
	}
}

// TestTitlesAreOneLineOfPlainText imports an incident with each name.
func TestTitlesAreOneLineOfPlainText(t *testing.T) {
	for name, want := range map[string]string{
		"Mail &amp; calendar":                      "Mail & calendar",
		"It&rsquo;s late":                          "It’s late",
		"<b>Mail</b>s are\n late":                  "Mails are late",
		"<p>One</p><p>Two</p>":                     "One Two",
		"Late<script>alert(1)</script> mail":       "Late mail",
		"Late <!-- internal: ask Kim --> mail":     "Late mail",
		"no &#8238;turn":                           "no turn",
		"":                                         "Incident",
		"5 < 6 & 7 > 3":                            "5 < 6 & 7 > 3",
		"عطل في البريد":                            "عطل في البريد",
		strings.Repeat("long ", 50) + "and longer": strings.TrimSpace(strings.Repeat("long ", 39)) + "…",
	} {
		text, _ := json.Marshal(name)
		data := fmt.Sprintf(`{"incidents": [{"id": "abc", "name": %s, "impact": "none", "incident_updates": [
			{"status": "investigating", "display_at": "2025-01-01T10:00:00Z", "body": "Text."}]}]}`, text)
		src, err := importer.Read("statuspage", fstest.MapFS{"x.json": &fstest.MapFile{Data: []byte(data)}},
			importer.Options{Now: importedAt})
		if err != nil {
			t.Fatal(err)
		}
		if plan := importer.Prepare(src, importer.PrepareOptions{Check: checkContent}); plan.Results[0].Title != want {
			t.Errorf("%q becomes %q, want %q", name, plan.Results[0].Title, want)
		}
	}
}
