package render

import (
	"strings"
	"testing"
)

func TestATextIsCutToACountOfCharacters(t *testing.T) {
	for _, c := range []struct {
		text   string
		length int
		want   string
	}{
		{"", 5, ""},
		{"five.", 5, "five."},
		{"a b c", 5, "a b c"},
		{"  a\n\nb\tc  ", 5, "a b c"},
		{"a b cd", 5, "a b …"},
		{"sixsix", 5, "sixs…"},
		{"größer als", 5, "größ…"},
		{"größe", 5, "größe"},
		{"漢字漢字漢字", 5, "漢字漢字…"},
		{"one " + strings.Repeat("more ", 1000), 7, "one mo…"},
	} {
		if got := oneLineExcerpt(c.text, c.length); got != c.want {
			t.Errorf("%.20q in %d: got %q, want %q", c.text, c.length, got, c.want)
		}
	}
}

func TestTheIndexWritesWhiteSpaceAsOneSpace(t *testing.T) {
	for _, text := range []string{"", " ", "plain words", " before", "after ", "two  spaces", "tab\there", "line\nand line",
		"line\r\nand line", "\n\n", "größer", "no\u00a0break", "a\u2028b", "~", "\x7f"} {
		want := strings.Join(strings.Fields(text), " ")
		if got := string(appendOneLine(nil, text)); got != want {
			t.Errorf("%q: the index has %q, want %q", text, got, want)
		}
		if oneLine(text) && (text != want || text != stripControls(text)) {
			t.Errorf("%q counts as one line of ordinary text", text)
		}
	}
}
