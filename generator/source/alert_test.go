package source

import (
	"strings"
	"testing"

	"allclear/generator/site"
)

func TestAnAlertIsAMarkedQuotation(t *testing.T) {
	for body, want := range map[string]string{
		"> [!NOTE]\n> Use the *other* region.\n": `<blockquote class="alert alert-note">` + "\n" + `<p class="alert-word">‹note›</p>` +
			"\n<p>Use the <em>other</em> region.</p>\n</blockquote>",
		"> [!warning]\n>\n> One.\n>\n> Two.\n": `<blockquote class="alert alert-warning">` + "\n" + `<p class="alert-word">‹warning›</p>` +
			"\n<p>One.</p>\n<p>Two.</p>\n</blockquote>",
		"> [!CAUTION]\n> - a\n": `<blockquote class="alert alert-caution">` + "\n" + `<p class="alert-word">‹caution›</p>` +
			"\n<ul>\n<li>a</li>\n</ul>\n</blockquote>",
		"> [!TIP]\n":              `<blockquote class="alert alert-tip">` + "\n" + `<p class="alert-word">‹tip›</p>` + "\n</blockquote>",
		"> [!NOTE] on one line\n": "<blockquote>\n<p>[!NOTE] on one line</p>\n</blockquote>",
		"> [!OTHER]\n> x\n":       "<blockquote>\n<p>[!OTHER]\nx</p>\n</blockquote>",
		"[!NOTE]\n":               "<p>[!NOTE]</p>",
		"> `[!NOTE]`\n> x\n":      "<blockquote>\n<p><code>[!NOTE]</code>\nx</p>\n</blockquote>",
	} {
		prose, problems := page(t, body)
		got := prose.HTML("", "")
		for _, kind := range site.Alerts {
			got = strings.ReplaceAll(got, site.AlertMark+kind+site.AlertMark, "‹"+kind+"›")
		}
		if got != want || problems != "" {
			t.Errorf("%q:\n got %s\nwant %s\n%s", body, got, want, problems)
		}
	}
}
