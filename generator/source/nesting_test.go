package source_test

import (
	"strings"
	"testing"
)

// Each kind of quotation and list counts towards how deep they may be nested, which
// bounds the time that a body takes: found before it is parsed, not after.
func TestQuotesAndListsOfEachKindAreBounded(t *testing.T) {
	const front = "---\ntitle: X\nseverity: none\nstart: 2025-07-25 06:00\nend: 2025-07-25 07:00\n---\n"
	for _, sign := range []string{"> ", ">", "- ", "* ", "+ ", "1. ", "12) ", "> 1. "} {
		if _, wrong := reads(map[string]string{"incidents/x.md": front + strings.Repeat(sign, 8) + "Text.\n"}); wrong != "" {
			t.Errorf("%q eight times: %s", sign, wrong)
		}
		if _, wrong := reads(map[string]string{"incidents/x.md": front + strings.Repeat(sign, 200) + "Text.\n"}); !strings.Contains(wrong,
			"quotes and lists are nested too deeply") {
			t.Errorf("%q two hundred times: %s", sign, wrong)
		}
	}
}
