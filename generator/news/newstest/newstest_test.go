package newstest_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"allclear/generator/news"
	"allclear/generator/news/newstest"
	"allclear/generator/site"
	"allclear/themes"
)

// requests returns what each kind of target gets about an announcement that says WORDS.
func requests(t *testing.T) map[string]newstest.Request {
	t.Helper()
	at := time.Date(2026, 11, 20, 6, 41, 0, 0, time.UTC)
	s := &site.Site{
		Title: site.Text{Default: "Acme"}, URL: "https://status.example.com", Zone: time.UTC, Languages: []string{"en"},
		Announcements: []site.Announcement{{
			Slug: "x", Title: site.Text{Default: "News"}, Posted: site.Moment{Time: at},
			Body: site.Prose{Text: "WORDS", Markup: "<p>WORDS</p>"},
		}},
	}
	p, err := news.NewSpeaker(s, themes.Open(nil))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]newstest.Request{}
	for _, kind := range site.NotifyKinds {
		m, err := p.Say(news.Events(s, time.Time{}, at)[0], site.NotifyTarget{Name: "a", Kind: kind.Name, Chat: "@c"})
		if err != nil {
			t.Fatal(err)
		}
		if m.Body != nil {
			found[kind.Name] = newstest.RequestOf(m)
		}
	}
	return found
}

// with returns a request that says something else.
func with(r newstest.Request, words string) newstest.Request {
	r.Body = bytes.Replace(r.Body, []byte("WORDS"), []byte(words), 1)
	return r
}

func TestWhatIsTooLongOrBrokenIsRefused(t *testing.T) {
	long := strings.Repeat("many words ", 4000)
	for kind, r := range requests(t) {
		if err := newstest.Refused(kind, r); err != nil {
			t.Errorf("%s refuses a good message: %v", kind, err)
		}
		if newstest.Refused(kind, with(r, long)) == nil && kind != "statuspage-webhook" { // which documents no limit
			t.Errorf("%s takes %d bytes", kind, len(long))
		}
		broken := r
		broken.Body = []byte("\xff")
		if newstest.Refused(kind, broken) == nil {
			t.Errorf("%s takes what is no text", kind)
		}
		if broken.Body = []byte("{}"); kind != "ntfy" && newstest.Refused(kind, broken) == nil {
			t.Errorf("%s takes an empty object", kind)
		}
	}
}

func TestWhatCallsPeopleOrIsMarkupIsRefused(t *testing.T) {
	all := requests(t)
	for _, test := range []struct{ kind, words string }{
		{"discord", "**loud**"}, {"discord", "<@123>"}, {"google-chat", "<users/all>"}, {"google-chat", "<img src=x>"},
		{"mattermost", "@channel"}, {"mattermost", "<!here>"}, {"mattermost", "**loud**"}, {"telegram", "@somebody"},
		{"telegram", "<i>x</i>"}, {"telegram", "a & b"}, {"mastodon", "@someone@example.com"},
	} {
		if newstest.Refused(test.kind, with(all[test.kind], test.words)) == nil {
			t.Errorf("%s takes %s", test.kind, test.words)
		}
	}
	discord := all["discord"]
	discord.Body = bytes.Replace(discord.Body, []byte(`"parse":[]`), []byte(`"parse":["everyone"]`), 1)
	slack := all["slack"]
	slack.Body = bytes.Replace(slack.Body, []byte(`|View details>`), []byte(`|View details> <!channel>`), 1)
	if newstest.Refused("discord", discord) == nil || newstest.Refused("slack", slack) == nil {
		t.Error("what calls everybody is taken")
	}
}
