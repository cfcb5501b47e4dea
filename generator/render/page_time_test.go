package render

import (
	"strings"
	"testing"
	"time"

	"allclear/generator/language"
	"allclear/generator/site"
	"allclear/themes"
)

// languageFor opens one language of the built-in theme.
func languageFor(t *testing.T, tag string) *language.Language {
	t.Helper()
	list, err := language.Open(themes.Open(nil), &site.Site{Languages: []string{tag}})
	if err != nil {
		t.Fatal(err)
	}
	return list[0]
}

// Spanish has la before the hour of one and las before all others; Portuguese has a before
// those of zero and one.
func TestAnHourHasItsArticle(t *testing.T) {
	for _, c := range []struct{ tag, clock, since, due string }{
		{"es", "00:59", "desde las 0:59", "Debía terminar a las 0:59"},
		{"es", "01:00", "desde la 1:00", "Debía terminar a la 1:00"},
		{"es", "01:59", "desde la 1:59", "Debía terminar a la 1:59"},
		{"es", "02:00", "desde las 2:00", "Debía terminar a las 2:00"},
		{"es", "10:00", "desde las 10:00", "Debía terminar a las 10:00"},
		{"es", "21:00", "desde las 21:00", "Debía terminar a las 21:00"},
		{"pt-BR", "00:30", "desde a 00:30", "Deveria ter terminado à 00:30"},
		{"pt-BR", "01:30", "desde a 01:30", "Deveria ter terminado à 01:30"},
		{"pt-BR", "02:30", "desde as 02:30", "Deveria ter terminado às 02:30"},
		{"pt-BR", "11:00", "desde as 11:00", "Deveria ter terminado às 11:00"},
	} {
		l := languageFor(t, c.tag)
		v := pageView{settings: &settings{site: &site.Site{Zone: time.UTC}}, lang: l}
		at, _ := time.Parse("15:04", c.clock)
		m := v.clockTime(at, at)
		since := forMoment(l.Before)("span.since", m) + l.Date("time", at)
		due := l.Say(m.form("answer.due"), "time", l.Date("time", at), "hour", m.hour())
		if since != c.since || due != c.due {
			t.Errorf("%s at %s: %q, %q", c.tag, c.clock, since, due)
		}
	}
}

func TestATimeOfDayAndADateStandInTheirOwnSentences(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2025, 8, 5, 20, 0, 0, 0, time.UTC)
	early, yesterday, tomorrow := now.Add(-4*time.Hour), now.Add(-26*time.Hour), now.Add(5*time.Hour)
	for _, c := range []struct{ tag, clock, date, times, dates string }{
		{"en", "since 18:00 CEST", "since 4 August, 20:00 CEST", "18:00–22:00 CEST", "5 August, 18:00\u00a0– 6 August, 03:00 CEST"},
		{"fr", "depuis 18:00 CEST", "depuis le 4 août à 20:00 CEST", "18:00\u00a0– 22:00 CEST",
			"5 août à 18:00\u00a0– 6 août à 03:00 CEST"},
		{"es", "desde las 18:00 CEST", "desde el 4 de agosto, 20:00 CEST", "18:00–22:00 CEST",
			"5 de agosto, 18:00\u00a0– 6 de agosto, 3:00 CEST"},
		{"it", "dalle 18:00 CEST", "inizio: 4 agosto, 20:00 CEST", "18:00–22:00 CEST", "5 agosto, 18:00\u00a0– 6 agosto, 03:00 CEST"},
		{"de", "seit 18:00 MESZ", "seit dem 4. August, 20:00 MESZ", "18:00–22:00 MESZ",
			"5. August, 18:00\u00a0– 6. August, 03:00 MESZ"},
		{"cs", "od 18:00 SELČ", "od 4. srpna 20:00 SELČ", "18:00–22:00 SELČ", "5. srpna 18:00\u00a0– 6. srpna 3:00 SELČ"},
		{"fi", "alkoi klo\u00a018.00 CEST", "alkoi 4. elokuuta klo\u00a020.00 CEST", "18.00–22.00 CEST",
			"5. elokuuta klo\u00a018.00–6. elokuuta klo\u00a03.00 CEST"},
		{"ja", "18:00 CEST から", "8月4日 20:00 CEST から", "18:00～22:00 CEST", "8月5日 18:00～8月6日 3:00 CEST"},
		{"ko", "18:00 CEST부터", "8월 4일 20:00 CEST부터", "18:00~22:00 CEST", "8월 5일 18:00 ~ 8월 6일 03:00 CEST"},
		{"zh-Hans", "自 18:00 CEST 起", "自 8月4日 20:00 CEST 起", "18:00–22:00 CEST", "8月5日 18:00 至 8月6日 03:00 CEST"},
	} {
		l := languageFor(t, c.tag)
		v := pageView{settings: &settings{site: &site.Site{Zone: zone}}, lang: l}
		before, after := forMoment(l.Before), forMoment(l.After)
		since := func(at time.Time) string {
			m := v.clockTime(at, now)
			return before("span.since", m) + m.Text + after("span.since", m)
		}
		at := v.span(site.Interval{Start: early, End: tomorrow}, early)
		at.From.Text = v.lang.Date("near", v.local(early))
		for _, said := range [][2]string{
			{since(early), c.clock}, {since(yesterday), c.date},
			{v.span(site.Interval{Start: early, End: now}, now).String(), c.times}, {at.String(), c.dates},
		} {
			if plainly := strings.NewReplacer("\u00a0C", " C", "\u00a0M", " M", "\u00a0S", " S").Replace(said[0]); plainly != said[1] {
				t.Errorf("%s: %q, not %q", c.tag, plainly, said[1])
			}
		}
	}
}

func TestASpanSaysNothingTwice(t *testing.T) {
	at := func(text string) time.Time {
		when, err := time.Parse("2006-01-02 15:04:05", text)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	for _, c := range []struct{ tag, from, to, want string }{
		{"en", "2026-11-24 10:00:00", "2026-11-26 10:00:00", "24 November, 10:00 – 26 November 2026, 10:00 UTC"},
		{"en", "2025-12-31 22:00:00", "2026-01-01 02:00:00", "31 December 2025, 22:00 – 1 January 2026, 02:00 UTC"},
		{"ja", "2026-11-24 10:00:00", "2026-11-26 10:00:00", "2026年11月24日 10:00～11月26日 10:00 UTC"},
		{"ko", "2026-11-24 10:00:00", "2026-11-26 10:00:00", "2026년 11월 24일 10:00 ~ 11월 26일 10:00 UTC"},
		{"de", "2026-11-24 10:00:00", "2026-11-26 10:00:00", "24. November, 10:00 – 26. November 2026, 10:00 UTC"},
		{"en", "2026-11-24 11:27:10", "2026-11-24 11:27:40", "24 November 2026, 11:27 UTC"},
		{"en", "2026-11-24 11:27:50", "2026-11-24 11:28:10", "24 November 2026, 11:27–11:28 UTC"},
		{"en", "2026-11-24 11:27:10", "2026-11-24 12:27:10", "24 November 2026, 11:27–12:27 UTC"},
	} {
		v := pageView{settings: &settings{site: &site.Site{Zone: time.UTC}}, lang: languageFor(t, c.tag)}
		span := v.span(site.Interval{Start: at(c.from), End: at(c.to)}, time.Time{})
		if said := strings.ReplaceAll(span.String(), "\u00a0", " "); said != c.want {
			t.Errorf("%s: %q, not %q", c.tag, said, c.want)
		}
		row := v.tableSpan(site.Interval{Start: at(c.from), End: at(c.to)}, breakdownForm{date: "time", zone: "UTC"})
		if (row.To.Text == row.From.Text || span.To.Text == span.From.Text) && sameDay(at(c.from), at(c.to)) || row.Length == "" {
			t.Errorf("%s: a row says %q", c.tag, row.String())
		}
	}
}
