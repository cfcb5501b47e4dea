package news_test

import (
	"fmt"
	"mime"
	"regexp"
	"strings"
	"testing"
	"time"

	"allclear/generator/news"
	"allclear/generator/news/newstest"
	"allclear/generator/site"
	"allclear/themes"
)

// small is a site with one incident, whose texts are given.
func small(title, component, text string, tags ...string) *site.Site {
	began := time.Date(2026, 11, 20, 6, 41, 0, 0, time.UTC)
	prose := site.Prose{Text: text}
	if text != "" {
		prose.Markdown, prose.Markup = text, "<p></p>"
	}
	return &site.Site{
		Title: site.Text{Default: "Acme Status"}, URL: "https://status.example.com/acme", Zone: time.UTC, Languages: tags,
		Notify:     site.DefaultNotify,
		Components: []site.Component{{ID: "api", Name: site.Text{Default: component}}},
		Entries: []site.Entry{{
			Slug: "x", Title: site.Text{Default: title}, Start: site.Moment{Time: began},
			Impacts: []site.Impact{{Components: []site.Ref{{ID: "api"}}, Status: site.MajorOutage, StatusSet: true}},
			Updates: []site.Update{{Time: began, Status: site.Investigating, Body: prose, Anchor: site.Anchor(began)}},
		}},
	}
}

// say returns what all kinds of targets get about the only event of a site.
func say(t testing.TB, s *site.Site, lang string) []news.Message {
	t.Helper()
	p, err := news.NewSpeaker(s, themes.Open(nil))
	if err != nil {
		t.Fatal(err)
	}
	events := news.Events(s, time.Time{}, s.Entries[0].Start.Time)
	if len(events) != 1 {
		t.Fatalf("there are %d events", len(events))
	}
	var list []news.Message
	for _, kind := range site.NotifyKinds {
		m, err := p.Say(events[0], site.NotifyTarget{
			Name: "t", Kind: kind.Name, From: "a@example.com", Address: "b@example.com", Chat: "@c", Language: lang,
		})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, m)
	}
	return list
}

// nasty are texts that call people or are markup somewhere.
var nasty = []string{
	"", "Errors", "@everyone @here @channel @all <!channel> <!here|here> <@U012AB3CD> <@&1234> <users/all> @acme_status",
	"*bold* _it_ ~~no~~ `code` ||spoiler|| # head\n# head\n- item\n> quote\n[link](https://evil.example) <b>x</b> &amp; &lt;script&gt;",
	"https://example.com/a_b_c?x=1&y=@everyone <a href=\"tg://user?id=1\">x</a> </b></a>", "\\*not\\* \\\\@all",
	"👩‍👩‍👧‍👦🇩🇪é", "שלום @עולם", "\x00\x1b[31m\u202eevil\u202c\ufeff", "```\n@everyone\n```",
	"<at>Everyone</at>", "a@b.example",
	"#general ~town-square", `"""" \\\ """"`, "遅延が発生しています。\n原因を調査しています。\n\n復旧しました。", "😀\n",
}

func TestNoTextCallsPeopleOrBecomesMarkup(t *testing.T) {
	for _, text := range nasty {
		for _, length := range []int{1, 400, 9000} {
			body := strings.Repeat(text+" ", 1+length/(len(text)+1))
			for _, m := range say(t, small("T "+body[:min(len(body), 3*length)], "C "+text, body, "en"), "") {
				if err := newstest.RefusedMessage(m); err != nil {
					t.Errorf("%.60q, %d: %v", text, length, err)
				}
			}
		}
	}
}

// Who reads a header decodes encoded words in it, even to line breaks.
func TestNoTitleIsDecodedInAHeader(t *testing.T) {
	const word = "utf-8?q?Down=0d=0aBcc:_all@acme.test?"
	for _, m := range say(t, small("=?"+word+"=", "API", "Down.", "en"), "en") {
		header := m.Header["Title"]
		if m.Email != nil {
			header = mime.QEncoding.Encode("utf-8", m.Email.Subject) // as go-mail does
		}
		shown, err := new(mime.WordDecoder).DecodeHeader(header)
		if header != "" && (err != nil || !strings.Contains(shown, word)) {
			t.Errorf("%s: %q is shown as %q: %v", m.Kind, header, shown, err)
		}
	}
}

// RFC 5322 has no place for other characters in a Message-ID, and HTTP none in a header.
func TestAHostWithUmlautsGivesHeadersInASCII(t *testing.T) {
	for _, address := range []string{"https://stätus.acme.test", "https://[2001:db8::1]"} {
		s := small("Errors", "API", "Down.", "en")
		s.URL = address
		for _, m := range say(t, s, "en") {
			if m.Email != nil && !regexp.MustCompile(`^[0-9a-f]{32}@[A-Za-z0-9.-]+$`).MatchString(m.Email.MessageID) {
				t.Errorf("the Message-ID is %q", m.Email.MessageID)
			}
			for name, value := range m.Header {
				if strings.ContainsFunc(value, func(r rune) bool { return r > '~' }) {
					t.Errorf("%s: %s: %q", m.Kind, name, value)
				}
			}
		}
	}
}

// Every message has its link, whole.
func TestTheLinkIsNeverCut(t *testing.T) {
	long := strings.Repeat("very long words ", 5000)
	for _, m := range say(t, small(long, long, long, "en"), "") {
		all := string(m.Body) + m.Preview
		if m.Kind != "websub" && strings.Count(all, "https://status.example.com/acme/incidents/x/") < 1 {
			t.Errorf("%s: %.300s", m.Kind, all)
		}
	}
}

func FuzzMessagesAreTaken(f *testing.F) {
	for _, text := range nasty {
		f.Add("Errors", "API", text, uint8(0))
		f.Add(text, text, "x", uint8(1))
	}
	tags := []string{"en", "de", "ar", "ja", "pt-BR"}
	f.Fuzz(func(t *testing.T, title, component, text string, lang uint8) {
		if strings.TrimSpace(title) == "" {
			title = "x" // check wants a title
		}
		for _, m := range say(t, small(title, component, text, tags[int(lang)%len(tags)]), "") {
			if err := newstest.RefusedMessage(m); err != nil {
				t.Error(err)
			}
		}
	})
}

// A message about hundreds of services names some of them, and is taken.
func TestManyServicesFit(t *testing.T) {
	s := small("Everything is down", "x", strings.Repeat(`Long "text". `, 3000), "en")
	s.Components = nil
	var regions []site.Ref
	for i := range 40 {
		id := fmt.Sprintf("region-with-a-long-id-%d", i)
		s.Regions = append(s.Regions, site.Region{ID: id, Name: site.Text{Default: "Region " + strings.Repeat("of the north ", i)}})
		regions = append(regions, site.Ref{ID: id})
	}
	for i := range 300 {
		name := site.Text{Default: strings.Repeat(`Service "with" a name `, 1+i%9)}
		s.Components = append(s.Components, site.Component{ID: fmt.Sprintf("service-%d", i), Name: name, Regions: regions})
	}
	impact := &s.Entries[0].Impacts[0]
	impact.Components, impact.All = nil, true
	impact.Regions = regions[:39] // so that each one is named
	for _, m := range say(t, s, "") {
		if err := newstest.RefusedMessage(m); err != nil {
			t.Error(err)
		}
	}
}

// In a language that runs from right to left, names are kept apart where messages are
// shown, but not in a terminal.
func TestPreviewsHaveNoMarksOfDirection(t *testing.T) {
	const marks = "\u2066\u2067\u2068\u2069"
	for _, m := range say(t, small("API errors", "API", "Some text", "ar"), "") {
		if strings.ContainsAny(m.Preview, marks) || m.Kind == "telegram" && !strings.ContainsAny(string(m.Body), marks) {
			t.Errorf("%s: %q %q", m.Kind, m.Preview, m.Body)
		}
	}
}
