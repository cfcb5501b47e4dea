package render

import (
	"testing"

	"allclear/generator/site"
)

func TestTheFirstSentenceOfAText(t *testing.T) {
	for _, c := range []struct{ tag, text, want string }{
		{"en", "We switch off TLS 1.0, e.g. for old phones. Then it is off.", "We switch off TLS 1.0, e.g. for old phones."},
		{"en", "It is off since day 25. And more.", "It is off since day 25."},
		{"en", "Really? Yes! Well…", "Really?"},
		{"en", "No end here", "No end here"},
		{"en", "See example.com. It is new.", "See example.com."},
		{"en", "The U.S. region. More.", "The U.S. region."},
		{"en", "Two\nlines. More.", "Two lines."},
		{"de", "Am 3. Advent haben wir zu. Danach nicht.", "Am 3. Advent haben wir zu."},
		{"de", "Es gilt z. B. für alte Telefone. Sonst nicht.", "Es gilt z. B. für alte Telefone."},
		{"de", "Das gilt seit 2026. Mehr dazu.", "Das gilt seit 2026."},
		{"ja", "新しい地域です。お試しください。", "新しい地域です。"},
		{"hi", "यह बंद है। फिर नहीं।", "यह बंद है।"},
		{"ar", "هل يعمل؟ نعم.", "هل يعمل؟"},
		{"en", "", ""},
	} {
		if got := firstSentence(c.text, c.tag); got != c.want {
			t.Errorf("%s: %q begins with %q", c.tag, c.text, got)
		}
	}
}

func TestTheFirstParagraphOfAText(t *testing.T) {
	for markup, want := range map[string]string{
		`<h2 id="a">A</h2><p>One &amp; <a href="x">two</a><sup><a href="#f">1</a></sup>.</p><p>Three</p>`:                 "One & two.",
		`<blockquote><p class="alert-word">` + site.AlertMark + "note" + site.AlertMark + `</p><p>Said.</p></blockquote>`: "Said.",
		`<p><img src="a.png" alt="A"></p><p>Below.</p>`:                                                                   "Below.",
		`<ul><li>One</li></ul>`: "- One",
	} {
		if got := firstParagraph(site.Prose{Markup: markup, Text: "- One"}); got != want {
			t.Errorf("%s is %q", markup, got)
		}
	}
}
