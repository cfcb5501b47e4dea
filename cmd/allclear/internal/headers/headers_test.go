package headers

import (
	"net/http"
	"testing"
)

func TestHeaderRulesMatchAsHostsReadThem(t *testing.T) {
	rules := Parse([]byte(`# a comment
/*
  X-Everywhere: yes
/assets/*
  Cache-Control: max-age=31536000, immutable
/components/:id/history.rss
  Content-Type: application/rss+xml
/
	X-Home: yes
`))
	for path, want := range map[string]http.Header{
		"/":                           {"X-Everywhere": {"yes"}, "X-Home": {"yes"}},
		"/a/b":                        {"X-Everywhere": {"yes"}},
		"/assets/s.css":               {"X-Everywhere": {"yes"}, "Cache-Control": {"max-age=31536000, immutable"}},
		"/components/web/history.rss": {"X-Everywhere": {"yes"}, "Content-Type": {"application/rss+xml"}},
		"/components/a/b/history.rss": {"X-Everywhere": {"yes"}},
		"/components//history.rss":    {"X-Everywhere": {"yes"}},
	} {
		got := http.Header{}
		rules.Set(got, path)
		if len(got) != len(want) {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
		for name := range want {
			if got.Get(name) != want.Get(name) {
				t.Errorf("%s: %s is %q", path, name, got.Get(name))
			}
		}
	}
}
