package generator_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/news"
	"allclear/generator/news/newstest"
	"allclear/generator/site"
	"allclear/themes"
)

// eventsOf returns what a random site has published by an instant, or false if check
// refuses the site.
func eventsOf(folder fstest.MapFS, now time.Time) (*site.Site, []news.Event, bool) {
	s, problems := generator.Check(folder, themes.In(folder), generator.Options{Now: now, Version: "test"})
	if problems.HasErrors() {
		return nil, nil, false
	}
	s.Notify.Remind = []time.Duration{24 * time.Hour, time.Hour}
	return &s, news.Events(&s, time.Time{}, now), true
}

// sameEvent reports whether a ledger that has recorded one event takes the other for the
// same.
func sameEvent(a, b news.Event) bool {
	ids := append([]string{b.ID}, b.Also...)
	return slices.Contains(ids, a.ID) || slices.ContainsFunc(a.Also, func(id string) bool { return slices.Contains(ids, id) })
}

// Time alone gives no update another identity: what a later run of notify finds was either
// published since, or found by the earlier run as well. And every message about whatever
// check accepts is taken by its service.
func TestWhatCheckAcceptsIsSentOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 1))
	accepted, messages := 0, 0
	for range 120 {
		throws := thrownBytes(r)
		folder := thrownFolder(throws)
		first := everyday.Add(time.Duration(r.IntN(400)-200) * 7 * time.Minute)
		second := first.Add(time.Duration(1+r.IntN(300)) * 13 * time.Minute)
		_, before, ok := eventsOf(folder, first)
		s, after, alsoOK := eventsOf(folder, second)
		if !ok || !alsoOK {
			continue
		}
		accepted++
		for i, e := range after {
			if slices.ContainsFunc(after[:i], func(other news.Event) bool { return sameEvent(e, other) }) {
				t.Errorf("%s is there twice\n%s", e.ID, printed(folder))
			}
			known := slices.ContainsFunc(before, func(other news.Event) bool { return sameEvent(e, other) })
			if e.Kind != news.Reminder && !known && !e.At.After(first) {
				t.Fatalf("%s of %s was not there at %s, and is at %s\n%s", e.ID, e.At, first, second, printed(folder))
			}
		}
		messages += sayAll(t, s, after, folder)
	}
	if accepted < 30 || messages < 1000 {
		t.Errorf("only %d sites and %d messages: too few to tell anything", accepted, messages)
	}
	t.Logf("%d sites, %d messages", accepted, messages)
}

// sayAll makes the messages about some events for every kind of target, and returns how
// many there were.
func sayAll(t *testing.T, s *site.Site, events []news.Event, folder fstest.MapFS) (n int) {
	t.Helper()
	if s.URL == "" {
		s.URL = "https://status.example.com" // check asks for one if there are targets
	}
	p, err := news.NewSpeaker(s, themes.In(folder)(s.Theme))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("panic: %v\n%s", r, printed(folder))
		}
	}()
	for i, e := range events {
		for _, kind := range site.NotifyKinds {
			m, err := p.Say(e, site.NotifyTarget{
				Name: "a", Kind: kind.Name, From: "a@example.com", Address: "b@example.com", Chat: "@c",
				Language: s.Languages[i%len(s.Languages)],
			})
			if err == nil {
				err = newstest.RefusedMessage(m)
			}
			if err != nil {
				t.Fatalf("%s: %v\n%s", e.ID, err, printed(folder))
			}
			n++
		}
	}
	return n
}

// What diff says about notify: an update whose time was corrected is no news, and one that
// says the same once more is.
func TestACorrectedTimeIsNoNews(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 30, 0, 0, time.UTC)
	incident := func(updates string) fstest.MapFS {
		return fstest.MapFS{
			"content/site.yml":          {Data: []byte("title: Example\nurl: https://status.example.com\n")},
			"content/components.yml":    {Data: []byte("components: [{id: web, name: Website}]\n")},
			"content/incidents/slow.md": {Data: []byte("---\ntitle: Slow\ncomponents: [web]\nstatus: major_outage\n---\n" + updates)},
		}
	}
	const first, second = "## Investigating — 2026-11-20 12:00\nSlow.\n\n", "## Update — 2026-11-20 12:10\nStill slow.\n\n"
	folder := incident(first + second)
	var published news.State
	for _, f := range generator.Build(folder, themes.In(folder), generator.Options{Now: now}).Files {
		if f.Path == "state.json" {
			data, err := f.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			if published, err = news.Parse(data); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, c := range map[string]struct {
		updates string
		want    []string
	}{
		"the same":         {first + second, nil},
		"a time":           {first + strings.Replace(second, "12:10", "12:07", 1), nil},
		"a time and text":  {first + "## Update — 2026-11-20 12:07\nStill very slow.\n", []string{"incidents/slow/#u-20261120T120700Z"}},
		"a later time":     {first + strings.Replace(second, "12:10", "12:40", 1), []string{"incidents/slow/#u-20261120T124000Z"}},
		"once more":        {first + second + strings.Replace(second, "12:10", "12:20", 1), []string{"incidents/slow/#u-20261120T122000Z"}},
		"the first's time": {strings.Replace(first, "12:00", "11:50", 1) + second, nil},
	} {
		_, events, ok := eventsOf(incident(c.updates), now.Add(15*time.Minute))
		var got []string
		for _, e := range news.Unpublished(published, events) {
			got = append(got, e.ID)
		}
		if !ok || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v is news, not %v", name, got, c.want)
		}
	}
}
