package report

import (
	"strings"
	"testing"
)

func TestColumnsOfTextAreStraightInEveryScript(t *testing.T) {
	var b strings.Builder
	writeColumns(&b, block{header: []string{"Service", "Uptime"}, rows: [][]string{{"検索", "99.9"}, {"Café", "100"}}})
	want := "Service  Uptime\n検索     99.9\nCafé     100\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
