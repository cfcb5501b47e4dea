package alerts

import (
	"maps"
	"testing"
	"time"
)

// TestAPatternMatchesAWholeText tries patterns of rules.
func TestAPatternMatchesAWholeText(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"API*", "APIDown", true}, {"API*", "MyAPI", false}, {"*", "", true}, {"", "", true}, {"", "x", false},
		{"?", "ü", true},
		{"a*b*c", "a-b-b-c", true}, {"a*b*c", "a-c-b", false},
		{"*Down", "APIDown", true}, {"*a*", "bab", true}, {"apidown", "APIDown", false},
		{"[x]", "[x]", true}, {"a?c", "abc", true}, {"a?c", "ac", false}, {"**", "x", true}, {"/*", "/a/b", true},
	} {
		if got := glob(c.pattern, c.text); got != c.want {
			t.Errorf("%q matches %q: %v", c.pattern, c.text, got)
		}
	}
}

// TestAGroupKeyNamesTheLabelsOfItsGroup reads the keys that Alertmanager makes.
func TestAGroupKeyNamesTheLabelsOfItsGroup(t *testing.T) {
	for groupKey, want := range map[string]map[string]string{
		`{}:{alertname="A"}`: {"alertname": "A"},
		`{}/{severity=~"critical|warning"}:{alertname="A", cluster="x"}`: {"alertname": "A", "cluster": "x"},
		`{}:{a="with \"quotes\", and :{"}`:                               nil, // a colon and a brace within: not sure
		`{}:{}`:                                                          {},
		`{}:{a="back\\slash"}`:                                           {"a": `back\slash`},
		`nonsense`:                                                       nil,
		`{}:{a=b}`:                                                       nil,
	} {
		got, ok := groupKeyLabels(groupKey)
		if ok != (want != nil) || ok && !maps.Equal(got, want) {
			t.Errorf("%s: %v, %v", groupKey, got, ok)
		}
	}
}

// TestTimesOfSourcesAreRead reads times as sources write them.
func TestTimesOfSourcesAreRead(t *testing.T) {
	want := time.Date(2026, 11, 20, 6, 41, 3, 0, time.UTC)
	for _, written := range []text{
		"2026-11-20T06:41:03Z", "2026-11-20T07:41:03+01:00", "2026-11-20T06:41:03.482Z", "2026-11-20T06:41:03.482+0000",
		"2026-11-20 06:41:03",
		"2026-11-20 06:41:03.123", "2026-11-20T06:41:03", "1795156863", "1795156863000", "1795156863000000000",
	} {
		if got, ok := parseTime(written); !ok || !got.Truncate(time.Second).Equal(want) {
			t.Errorf("%s is %s, %v", written, got, ok)
		}
	}
	for _, written := range []text{"", "0001-01-01T00:00:00Z"} {
		if got, ok := parseTime(written); !ok || !got.IsZero() {
			t.Errorf("%q is %s, %v", written, got, ok)
		}
	}
	for _, written := range []text{"soon", "-1", "0", "2026-13-45T00:00:00Z", "06:41"} {
		if got, ok := parseTime(written); ok {
			t.Errorf("%q is %s", written, got)
		}
	}
}

// TestATextOfAnAlertIsPlain writes texts as titles and in Markdown.
func TestATextOfAnAlertIsPlain(t *testing.T) {
	for s, want := range map[string][2]string{
		"Error rate above 5 %, 12.5 ms (eu-1)": {"Error rate above 5 %, 12.5 ms (eu-1)", "Error rate above 5 %, 12.5 ms (eu-1)"},
		"a\n\n## Resolved — 10:00":             {"a ## Resolved — 10:00", `a \#\# Resolved — 10:00`},
		"<b>x</b> 3 > 2 < 4":                   {"‹b>x‹/b> 3 > 2 < 4", `\<b\>x\</b\> 3 \> 2 \< 4`},
		"- list 1. x":                          {"- list 1. x", `\- list 1. x`},
		"1. x":                                 {"1. x", `1\. x`},
		"@all https://x.example":               {"＠all https://x.example", `＠all https\://x.example`},
		"\u202eevil\u0000\u200b":               {"evil", "evil"},
	} {
		if got := asTitle(s); got != want[0] {
			t.Errorf("the title of %q is %q", s, got)
		}
		if got := asMarkdown(s); got != want[1] {
			t.Errorf("the Markdown of %q is %q", s, got)
		}
	}
}
