package render_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var website = content{
	"content/site.yml":       "title: Example\nurl: https://status.example.com\n",
	"content/components.yml": "components:\n  - {id: website, name: Website}\n  - {id: api, name: API}\n",
}

// section returns the text of the element with an id, or of the first one with a class.
func section(t *testing.T, page *html.Node, id string) string {
	t.Helper()
	for _, e := range elements(page) {
		if value, _ := attribute(e, "id"); value == id {
			return text(e)
		}
		if value, _ := attribute(e, "class"); value == id {
			return text(e)
		}
	}
	return ""
}

func TestADayInsideAnOutageIsNotWithoutIncidents(t *testing.T) {
	for _, story := range []struct{ name, file, text, says string }{
		{
			"an outage since Sunday", "incidents/down.md",
			"---\ntitle: Website down\ncomponents: [website]\nstatus: major_outage\n---\n## Investigating — 2026-11-22 10:00\na\n",
			"Friday 27 November: Website down | 23–26 November: Website down | Sunday 22 November: Website down | " +
				"14–21 November: No incidents",
		},
		{
			"an outage that began before the list does, and is over", "incidents/down.md",
			"---\ntitle: Website down\ncomponents: [website]\nstatus: major_outage\nstart: 2026-09-20 10:00\n" +
				"end: 2026-11-26 10:00\n---\nText.\n",
			"Friday 27 November: No incidents | Thursday 26 November: Website down | 15–25 November: Website down | " +
				"Saturday 14 November: Website down",
		},
		{
			"a maintenance of ten days", "maintenance/move.md",
			"---\ntitle: Move\ncomponents: [website]\nstart: 2026-11-16 00:00\nend: 2026-11-25 12:00\n---\nText.\n",
			"26–27 November: No incidents | Wednesday 25 November: Move | 17–24 November: Move | Monday 16 November: Move | " +
				"14–15 November: No incidents",
		},
		{
			"an outage that ends at midnight does not touch the next day", "incidents/down.md",
			"---\ntitle: Website down\ncomponents: [website]\nstatus: major_outage\nstart: 2026-11-25 22:00\n" +
				"end: 2026-11-26 00:00\n---\nText.\n",
			"26–27 November: No incidents | Wednesday 25 November: Website down | 14–24 November: No incidents",
		},
		{
			"a notice touches nothing and stands under its first day", "incidents/notice.md",
			"---\ntitle: A provider has trouble\nseverity: none\n---\n## Update — 2026-11-24 10:00\na\n",
			"25–27 November: No incidents | Tuesday 24 November: A provider has trouble | 14–23 November: No incidents",
		},
	} {
		page := pagesOf(t, publish(t, website.with("content/"+story.file, story.text), "2026-11-27T20:00:00Z"))["index.html"]
		if days := strings.Join(dayList(page), " | "); days != story.says {
			t.Errorf("%s: the days are\n%s\nnot\n%s", story.name, days, story.says)
		}
	}
}

// dayList returns the home page's list of days, each with its titles or the sentence that
// there was nothing.
func dayList(page *html.Node) []string {
	var days []string
	for _, e := range elements(page) {
		class, _ := attribute(e.Parent, "class")
		if e.Data != "li" || class != "days" {
			continue
		}
		var heading, inside string
		for _, part := range elements(e) {
			switch {
			case part.Data == "h3":
				heading = text(part)
			case part.Data == "a", part.Data == "p" && inside == "":
				inside += text(part)
			}
		}
		days = append(days, heading+": "+inside)
	}
	return days
}

// containsInOrder reports whether a text contains the parts one after the other.
func containsInOrder(text string, parts ...string) bool {
	for _, part := range parts {
		_, rest, found := strings.Cut(text, part)
		if !found {
			return false
		}
		text = rest
	}
	return true
}

func TestEveryMonthThatAnIncidentTouchesListsIt(t *testing.T) {
	out := publish(t, website.with("content/incidents/down.md",
		"---\ntitle: Website down\ncomponents: [website]\nstatus: major_outage\nstart: 2026-09-20 10:00\n"+
			"end: 2026-11-01 00:00\n---\nText.\n"), "2026-11-27T20:00:00Z")
	for _, month := range []string{"2026-09", "2026-10"} {
		if page := string(out["history/"+month+"/index.html"]); !strings.Contains(page, "Website down") {
			t.Errorf("the month %s does not list an outage that lasted through it", month)
		}
	}
	if out["history/2026-11/index.html"] != nil {
		t.Error("an outage that ends as November begins stands under November")
	}
	overview := pagesOf(t, out)["history/index.html"]
	if said := section(t, overview, "_months"); !containsInOrder(said, "October 2026", "Website down", "September 2026", "Website down") {
		t.Errorf("the overview says %q", said)
	}
}

func TestOldNoticesDoNotPileUp(t *testing.T) {
	c := website
	for _, name := range []string{"a", "b", "c"} {
		c = c.with("content/incidents/"+name+".md", "---\ntitle: Notice "+name+
			"\nseverity: none\n---\n## Update — 2026-06-01 10:00\nText.\n")
	}
	c = c.with("content/incidents/fresh.md", "---\ntitle: Fresh notice\nseverity: none\n---\n## Update — 2026-11-26 10:00\nText.\n")
	c = c.with("content/incidents/late.md", "---\ntitle: Late news\nseverity: none\nstart: 2026-06-01 10:00\n---\n"+
		"## Update — 2026-11-20 20:00 Z\nText.\n") // seven days ago to the second
	page := pagesOf(t, publish(t, c, "2026-11-27T20:00:00Z"))["index.html"]
	if open := section(t, page, "_ongoing"); !containsInOrder(open, "Fresh notice", "Late news") || strings.Contains(open, "Notice a") {
		t.Errorf("open is %q", open)
	}
	if older := section(t, page, "older"); !containsInOrder(older, "3 older notices", "Notice a") {
		t.Errorf("older notices are %q", older)
	}
}

func TestNothingReadsTotalWithoutAFigure(t *testing.T) {
	for name, text := range map[string]string{
		"no component": "---\ntitle: X\nseverity: none\nstart: 2026-11-01 10:00\nend: 2026-11-01 11:00\n---\nText.\n",
		"one minute, in one word": "---\ntitle: X\ncomponents: [website]\nstatus: down\n---\n" +
			"## Resolved — 2026-11-01 10:00\nb\n\n## Investigating — 2026-11-01 10:00\na\n",
	} {
		out := publish(t, website.with("content/incidents/x.md", text), "2026-11-27T20:00:00Z")
		if totals := section(t, pagesOf(t, out)["incidents/x/index.html"], "totals"); strings.HasSuffix(totals, ":") {
			t.Errorf("%s: %q", name, totals)
		}
	}
}

// What a third party does about its own problem is not ours to report.
func TestANoticeHasNoPhase(t *testing.T) {
	for state, end := range map[string]string{"open": "", "over": "end: 2026-11-26 18:00\n"} {
		out := publish(t, website.with("content/incidents/phishing.md",
			"---\ntitle: Beware of phishing\nseverity: none\n"+end+"---\n## Update — 2026-11-26 10:00\nText.\n"), "2026-11-27T20:00:00Z")
		pages := pagesOf(t, out)
		for where, said := range map[string]string{
			"its page": section(t, pages["incidents/phishing/index.html"], "_live"),
			"the days": section(t, pages["index.html"], "days"),
			"its twin": strings.Split(string(out["incidents/phishing/index.md"]), "##")[0],
		} {
			if !strings.Contains(said, "Notice") {
				t.Errorf("%s: %s does not say that it is a notice: %q", state, where, said)
			}
			for _, word := range []string{"Investigating", "Resolved", "resolved", "Update"} {
				if strings.Contains(said, word) {
					t.Errorf("%s: %s says %q of a notice: %q", state, where, word, said)
				}
			}
		}
	}
}

// An ongoing impact has no length in a bar, since the page would not update it. One that
// is over has a length, on the same day too.
func TestABarGivesNoLengthToWhatGoesOn(t *testing.T) {
	c := website.
		with("content/incidents/down.md", "---\ntitle: Down\ncomponents: [website]\nstatus: major_outage\n---\n## Investigating — "+
			"2026-06-01 23:00:18\nx\n").
		with("content/incidents/slow.md", "---\ntitle: Slow\ncomponents: [website]\nstatus: degraded\nstart: 2026-06-02 01:00\n---\n"+
			"## Investigating — 2026-06-02 01:00\nx\n").
		with("content/incidents/api.md", "---\ntitle: API\ncomponents: [api]\nstatus: degraded\nstart: 2026-06-02 00:00\nend: "+
			"2026-06-02 00:30\n---\nx\n").
		with("content/maintenance/work.md", "---\ntitle: Work\ncomponents: [api]\nstart: 2026-06-02 01:00\nend: 2026-06-02 03:00\n"+
			"---\n## Scheduled — 2026-05-20 09:00\nx\n")
	for path, want := range map[string][]string{
		"index.html": {"Mon 1 June: Major outage 59 min 42 s", "Tue 2 June: Major outage",
			"Tue 2 June: Degraded 30 min, Under maintenance"},
		"components/website/index.html": {"Mon 1 June: Major outage 59 min 42 s", "Tue 2 June: Major outage"},
		"components/api/index.html":     {"Tue 2 June: Degraded 30 min, Under maintenance"},
	} {
		page := strings.ReplaceAll(string(publishOne(t, c, "2026-06-02T02:10:42Z", path)), "\u00a0", " ")
		for _, text := range want {
			if !strings.Contains(page, `"`+text) && !strings.Contains(page, ">"+text+"<") && !strings.Contains(page, ">"+text+" · ") {
				t.Errorf("%s does not say %q", path, text)
			}
		}
	}
	over := strings.ReplaceAll(string(publishOne(t, c, "2026-06-02T03:00:00Z", "components/api/index.html")), "\u00a0", " ")
	if want := "Tue 2 June: Degraded 30 min, Under maintenance 2 h"; !strings.Contains(over, want) {
		t.Errorf("once the window is over, the page does not say %q", want)
	}
}
