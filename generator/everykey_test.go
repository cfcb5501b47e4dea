package generator_test

import (
	"fmt"
	"strings"
	"testing/fstest"
	"time"
)

// What check accepts, every command can live with: a random site, with
// every key that content may have, is built and asked at random instants.

// pen writes random content.
type pen struct {
	throws []byte
	strings.Builder
	languages bool
	ids       []string // of the components
}

func (p *pen) below(n int) int {
	if len(p.throws) == 0 {
		return 0
	}
	throw := int(p.throws[0])
	p.throws = p.throws[1:]
	return throw % n
}

func (p *pen) often() bool             { return p.below(3) > 0 }
func (p *pen) rarely() bool            { return p.below(5) == 4 }
func (p *pen) one(of ...string) string { return of[p.below(len(of))] }
func (p *pen) line(f string, a ...any) { fmt.Fprintf(p, f+"\n", a...) }
func (p *pen) key(name string, v ...string) {
	if p.rarely() {
		p.line("%s: %s", name, p.one(v...))
	}
}

// everyday is the instant around which all random times are.
var everyday = time.Date(2026, 3, 28, 22, 0, 0, 0, time.UTC) // clocks in Europe change that night

// moment is a time some minutes from the one before, in one of the ways to write it.
func (p *pen) moment(at time.Time) string {
	switch p.below(4) {
	case 0:
		return at.Format("2006-01-02 15:04:05Z07:00")
	case 1:
		return at.In(time.FixedZone("", 5*3600+1800)).Format(time.RFC3339)
	}
	return at.UTC().Format("2006-01-02 15:04 UTC")
}

// steps of time: many are 0, so that things happen at once.
func (p *pen) step() time.Duration {
	return []time.Duration{0, time.Second, time.Minute, 17 * time.Minute, time.Hour, 25 * time.Hour, 9 * 24 * time.Hour}[p.below(7)]
}

func (p *pen) text() string {
	return p.one("Text.", "It *works* for `some`.", "- [ ] a\n- [x] b\n", "A note[^1].\n\n[^1]: Below.", "| a | b |\n|---|---|\n| 1 | 2 |",
		"")
}

func (p *pen) words(en string) string {
	if p.languages && p.rarely() {
		return "{en: " + en + ", de: Wort}"
	}
	return en
}

func thrownFolder(throws []byte) fstest.MapFS {
	p := &pen{throws: throws}
	folder := fstest.MapFS{"content/static/logo.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)}}
	put := func(name string, write func()) {
		p.Reset()
		write()
		folder["content/"+name] = &fstest.MapFile{Data: []byte(p.String())}
	}
	put("site.yml", p.site)
	put("components.yml", p.components)
	for i := range 1 + p.below(4) {
		name := fmt.Sprintf("e%d", i)
		if p.often() {
			put("incidents/"+name+".md", p.incident)
		} else {
			put("maintenance/"+name+".md", p.window)
		}
	}
	if p.rarely() {
		put(p.one("announcements/2026-03-20-news.md", "announcements/news.md"), p.announcement)
	}
	if p.rarely() {
		put("pages/about.md", func() { p.line("---\ntitle: %s\n---\n%s", p.words("About"), p.text()) })
	}
	if p.rarely() {
		put("maintenance/weekly.md", p.series)
		if p.rarely() {
			put("maintenance/weekly-"+p.one("2026-03-29", "2026-04-05", "2026-03-30", "2026-03-29-2")+".md", p.window)
		}
	}
	return folder
}

func (p *pen) site() {
	p.languages = p.rarely()
	p.line("title: Example Status")
	if p.languages {
		p.line("languages: [en, de]")
	}
	if p.often() {
		p.line("url: https://status.example.com%s", p.one("", "/sub"))
	}
	p.key("description", "About us.")
	p.key("timezone", "Europe/Berlin", "Pacific/Apia", "America/St_Johns", "UTC")
	p.key("homepage", "https://www.example.com")
	p.key("support", "mailto:help@example.com")
	p.key("hub", "https://hub.example.com/")
	p.key("mirrors", "[https://status2.example.com, https://status.example.net/sub/]")
	p.key("brand", `{accent: "#2457d6", logo: logo.svg}`, "{logo: logo.svg, logo_dark: logo.svg}", "{logo_dark: logo.svg, scheme: dark}",
		"{scheme: light}")
	p.key("clock", "12", "24")
	p.key("links", "[{name: "+p.words("Handbook")+", url: https://docs.example.com}, {name: History, url: /history/}]")
	p.key("footer", "[{name: "+p.words("Imprint")+`, url: "/#subscribe"}]`)
	p.key("subscribe", `[{name: Mail, url: "mailto:join@example.com"}, {name: Chat, url: https://chat.example.com, kind: slack}]`)
	p.key("home", "{days: 1}", "{days: 90}")
	p.key("uptime", "{show: false}", "{days: 1}", "{days: 366, weights: {degraded_performance: 1, partial_outage: 0}}")
	p.key("reports", "true")
	p.key("sla", "{tiers: [{below: 99.9, credit: 10}, {below: 95, credit: 25.5}], exclude: {announced: 5d, hours: 8}}",
		"{exclude: {hours: 0}}")
	p.key("id", "abcdefghijkl")
	p.key("redirects", "{/index.xml: /history.rss, /issues/: /history/, /away: 'https://www.example.com/'}")
	p.key("strings", `{answer.operational: "Fine"}`)
}

func (p *pen) components() {
	p.line("regions: [{id: us, name: United States}, {id: eu}]\ncomponents:")
	p.ids = []string{"new", "web", "api", "mail"}[:1+p.below(4)]
	for i, id := range p.ids {
		indent := "  "
		if i%2 == 1 {
			p.line("  - group: G%d\n    components:", i)
			indent = "    "
		}
		more := ""
		if p.often() {
			more += ", regions: " + p.one("[us]", "[us, eu]")
		}
		if p.rarely() || id == "new" {
			more += ", since: " + p.one("2026-03-28", "2026-03-29", "2026-04-20", "2026-03-28 21:00 UTC")
		}
		if p.rarely() {
			more += ", target: 99.95, url: 'https://api.example.com', description: " + p.words("REST")
		}
		p.line("%s- {id: %s, name: %s%s}", indent, id, p.words(strings.ToUpper(id)), more)
	}
}

// common keys of both kinds.
func (p *pen) common(at time.Time) {
	p.line("---\ntitle: %s", p.words("Trouble"))
	p.key("author", "Team")
	p.key("tags", "[a, b]")
	p.key("pinned", "true")
	p.key("draft", "true")
	p.key("noindex", "true")
	p.key("id", "abc123def4"+fmt.Sprint(p.below(9)))
	p.key("aliases", fmt.Sprintf("[/old/%d/, /Old %d.html]", p.below(99), p.below(99)))
	p.key("posted", p.moment(at.Add(p.step())), at.Format(time.DateOnly))
	p.key("next_update", p.moment(at.Add(p.step())))
}

// impacts begin at or after a time.
func (p *pen) impacts(at time.Time, statuses ...string) {
	n := p.below(4)
	if n > 0 {
		p.line("impacts:")
	}
	for range n {
		line := "components: " + p.one("all", "["+p.one(p.ids...)+"]", "["+p.one(p.ids...)+", "+p.one(p.ids...)+"]")
		if p.rarely() {
			line += ", regions: [us]"
		}
		if status := p.one(statuses...); status != "" {
			line += ", status: " + status
		}
		if p.often() {
			start := at.Add(p.step())
			line += ", start: " + p.moment(start)
			if p.often() {
				line += ", end: " + p.moment(start.Add(p.step()))
			}
		}
		for _, more := range []string{", downtime: 1m", ", note: A note", ", label: Slow", ", eta: " + p.moment(at.Add(p.step()))} {
			if p.rarely() {
				line += more
			}
		}
		p.line("  - {%s}", line)
	}
}

func (p *pen) begin() time.Time {
	return everyday.Add([]time.Duration{0, time.Hour, -time.Hour, -30 * time.Hour, 40 * time.Hour, -20 * 24 * time.Hour}[p.below(6)])
}

func (p *pen) incident() {
	at := p.begin()
	p.common(at)
	p.key("severity", "none", "minor", "major", "critical")
	if p.often() {
		p.line("start: %s", p.moment(at))
		if p.rarely() {
			p.line("end: %s", p.moment(at.Add(p.step())))
		}
	}
	p.impacts(at, "degraded", "partial", "major", "operational", "maintenance")
	p.line("---\n%s\n", p.text())
	p.updates(at, "Investigating", "Identified", "Monitoring", "Update", "Resolved", "Resolved")
}

func (p *pen) window() {
	at := p.begin()
	p.common(at)
	p.line("start: %s", p.moment(at))
	if p.often() {
		p.line("end: %s", p.moment(at.Add(p.step())))
	} else {
		p.line("duration: %s", p.one("90m", "1s", "2d"))
	}
	p.key("headline", "Read-only mode.")
	p.key("auto_complete", "false")
	p.impacts(at, "", "", "operational", "degraded", "major")
	p.line("---\n%s\n", p.text())
	if p.rarely() {
		p.line("## Plan\n- [x] One\n- [ ] Two: 3 of 7\n")
	}
	p.updates(at.Add(-p.step()), "Scheduled", "In progress", "Verifying", "Update", "Completed", "Canceled")
}

func (p *pen) series() {
	at := p.begin()
	p.line("---\ntitle: %s\nduration: %s", p.words("Every week"), p.one("1s", "90m", "23h"))
	p.key("draft", "true")
	p.key("noindex", "true")
	p.key("posted", p.moment(at.Add(p.step())), at.Format(time.DateOnly))
	p.key("announce", "1s", "3d", "365d")
	p.key("headline", "Read-only mode.")
	p.key("components", "all", "["+p.one(p.ids...)+"]")
	day := at.AddDate(0, 0, 7).Format(time.DateOnly)
	if p.rarely() {
		p.line("repeat: {dates: [%s 02:30, %s 02:30]}", at.Format(time.DateOnly), day)
	} else {
		p.line("start: %s\nrepeat:\n  every: %s", p.one(p.moment(at), "2026-03-29 02:30", "2025-10-26 02:30"),
			p.one("day", "week", "2 weeks\n  on: [sunday, monday]", "month", "month\n  on: last sunday", "3 months\n  on: [31, last day]"))
		p.key("  until", day, "2026-12-31")
		p.key("  except", "["+day+"]", day)
	}
	p.line("---\n%s\n", p.text())
	if p.rarely() {
		p.line("## Scheduled — %s\n%s\n", p.moment(at.Add(-p.step())), p.text())
	}
}

func (p *pen) announcement() {
	at := p.begin()
	p.line("---\ntitle: %s", p.words("News"))
	p.key("posted", p.moment(at), at.Format(time.DateOnly))
	p.key("updated", p.moment(at.Add(p.step())))
	p.key("until", p.moment(at.Add(p.step())), at.AddDate(0, 0, 9).Format(time.DateOnly))
	p.key("pinned", "true")
	p.key("components", "all", "["+p.one(p.ids...)+"]")
	p.key("author", "Team")
	p.key("tags", "[a, b]")
	p.key("draft", "true")
	p.key("noindex", "true")
	p.key("aliases", fmt.Sprintf("/news/%d", p.below(99)))
	p.line("---\n%s\n", p.text())
}

func (p *pen) updates(at time.Time, words ...string) {
	for range p.below(5) {
		p.line("## %s — %s\n%s\n", p.one(words...), p.moment(at), p.text())
		at = at.Add(p.step())
	}
	if p.rarely() {
		p.line("## Postmortem%s\nWhat happened.\n", p.one("", " — "+p.moment(at.Add(p.step()))))
	}
}
