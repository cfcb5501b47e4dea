package generator_test

import (
	"math/rand/v2"
	"slices"
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
