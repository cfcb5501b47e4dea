package render_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// contract is the site whose reports package report prints, with pages.
func contract(t *testing.T, more string) content {
	t.Helper()
	c := content{}
	for _, name := range []string{"site.yml", "components.yml", "incidents/2026-10-05-api-errors.md", "incidents/2026-10-24-night.md",
		"incidents/2026-09-30-slow.md", "maintenance/2026-10-12-database.md", "maintenance/2026-10-20-switch.md",
		"maintenance/2026-10-28-disk.md"} {
		data, err := os.ReadFile("../report/testdata/content/" + name)
		if err != nil {
			t.Fatal(err)
		}
		c["content/"+name] = string(data)
	}
	c["content/site.yml"] += "reports: true\n" + more
	return c
}

const contractAt = "2026-11-20T09:00:00Z"

func TestTheReportOfAMonthIsAPage(t *testing.T) {
	pages := pagesOf(t, publish(t, contract(t, ""), contractAt))
	page := text(pages["reports/2026-10/index.html"])
	for _, want := range []string{
		"Uptime report, October 2026 Example Status · 1 October 2026 – 31 October 2026 · Europe/Berlin",
		"As of 1 November 2026, 00:00 CET; content ",
		"Targets met 0 of 2 Incidents 3 Time to the first update 8 min 30 s median; longest: 12 min",
		"Service Uptime Target Error budget Credit Public API 99.50% 99.95% Target missed 3 h 22 min over budget 10%",
		"Old API 100.00%",
		"Public API Uptime 99.50% Target missed: 99.95% Weighted downtime 3 h 43 min 30 s",
		"Status All regions Europe United States Operational 30 d 18 h 30 d 18 h 30 d 19 h 30 min Under maintenance 2 h 2 h 2 h " +
			"Partial outage 1 h 30 min 1 h 30 min 0 s Major outage 3 h 3 h 3 h Maintenance that counts 30 min 30 min 30 min " +
			"Weighted downtime 3 h 43 min 30 s 3 h 57 min 3 h 30 min Uptime 99.50% 99.46% 99.53%",
		"Errors | of the API (Europe) 5 October 2026, 10:00–11:30 CEST · In the period: 1 h 30 min · Partial outage · " +
			"Share of downtime: 6.0%",
		"New switch 20 October 2026, 02:00–04:00 CEST · In the period: 2 h · Announced: 10 October 2026, 12:00 CEST " +
			"Maintenance that counts: 1 h: over the monthly limit",
		"In service: 11 October, 00:00 CEST – 1 November 2026, 00:00 CET. Only this time counts.",
		"Weight of each second: Degraded 0, Partial outage 0.3, Major outage 1.",
		"Maintenance must be announced this long before its start: 5 d. " +
			"Maintenance in a calendar month that is not downtime, at most: 3 h.",
		"Credit for an uptime below 99%: 25%.",
		"Earlier September 2026", "Later November 2026",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	if quarter := text(pages["reports/2026-Q4/index.html"]); !strings.Contains(quarter, "Uptime report, Q4 2026") ||
		!strings.Contains(quarter, "This period is not over. Figures up to: 20 November 2026, 10:00 CET.") {
		t.Errorf("the quarter: %s", quarter)
	}
	first := text(pages["reports/2026-09/index.html"])
	if !strings.Contains(first, "Nothing is on record from before 30 September 2026, 23:00 CEST.") {
		t.Errorf("the first month: %s", first)
	}
	list := text(pages["reports/index.html"])
	if !strings.Contains(list, "Uptime reports 2026 Q4 2026 Q3 2026 November October September") {
		t.Errorf("the list: %s", list)
	}
}

func TestReportsAreFoundAndInEachLanguage(t *testing.T) {
	out := publish(t, contract(t, "languages: [en, ar]\n"), contractAt)
	for name, href := range map[string]string{"uptime/index.html": "../reports/index.html", "history/index.html": "../reports/index.html",
		"ar/history/index.html": "../../ar/reports/index.html"} {
		if !bytes.Contains(out[name], []byte(`href="`+href+`"`)) {
			t.Errorf("%s does not lead to the reports", name)
		}
	}
	page := pagesOf(t, out)["ar/reports/2026-10/index.html"]
	if page == nil {
		t.Fatal("there is no page in Arabic")
	}
	for _, name := range []string{"report.csv", "report.json"} {
		if out["reports/2026-10/"+name] == nil || out["ar/reports/2026-10/"+name] != nil {
			t.Errorf("%s exists once, beside the page of the first language", name)
		}
		leads := false
		for _, a := range within(page, "a", "btn") {
			href, _ := attribute(a, "href")
			leads = leads || href == "../../../reports/2026-10/"+name
		}
		if !leads {
			t.Errorf("the page in Arabic does not lead to %s", name)
		}
	}
	validate(t, "reports", output{"reports/2026-10/report.json": out["reports/2026-10/report.json"],
		"reports/2026-Q4/report.json": out["reports/2026-Q4/report.json"]})
}

// What is over stays as it is, byte for byte, whatever happens later.
func TestAReportOfAPeriodThatIsOverStaysAsItIs(t *testing.T) {
	before := publish(t, contract(t, ""), contractAt)
	later := contract(t, "").with("content/incidents/2026-11-25-late.md",
		"---\ntitle: Late\ncomponents: [api]\nstatus: major_outage\nstart: 2026-11-25 10:00\nend: 2026-11-25 11:00\n---\nText.\n")
	after := publish(t, later, "2026-12-01T12:00:00Z")
	for _, name := range []string{"index.html", "report.csv", "report.json"} {
		if !bytes.Equal(before["reports/2026-09/"+name], after["reports/2026-09/"+name]) {
			t.Errorf("%s of September changed", name)
		}
		if bytes.Equal(before["reports/2026-11/"+name], after["reports/2026-11/"+name]) {
			t.Errorf("%s of November, which was not over, did not change", name)
		}
	}
	for _, name := range []string{"report.csv", "report.json"} {
		if !bytes.Equal(before["reports/2026-10/"+name], after["reports/2026-10/"+name]) {
			t.Errorf("%s of October changed", name)
		}
	}
}

// A page that says that its period is not over is out of date when the period is over, and
// then its script says how old it is.
func TestTheReportOfAPeriodThatIsNotOverHoldsUntilItsEnd(t *testing.T) {
	out := publish(t, contract(t, ""), contractAt)
	for name, until := range map[string]string{
		"2026-10": "", "2026-11": "2026-11-30T23:00:00Z", "2026-Q4": "2026-12-31T23:00:00Z", // in Europe/Berlin
	} {
		page := string(out["reports/"+name+"/index.html"])
		_, rest, found := strings.Cut(page, `data-until="`)
		got, _, _ := strings.Cut(rest, `"`)
		if !found && until != "" || got != until {
			t.Errorf("%s holds until %q, want %q", name, got, until)
		}
	}
}

func TestOnlyASiteThatWantsReportsHasThem(t *testing.T) {
	c := contract(t, "")
	c["content/site.yml"] = strings.Replace(c["content/site.yml"], "reports: true\n", "", 1)
	for name, data := range publish(t, c, contractAt) {
		if strings.HasPrefix(name, "reports/") || strings.HasSuffix(name, ".html") && bytes.Contains(data, []byte("reports/")) ||
			strings.HasSuffix(name, ".css") && bytes.Contains(data, []byte(".uptimes")) {
			t.Errorf("%s is or has a part of a report", name)
		}
	}
	if home := publish(t, contract(t, ""), contractAt)["index.html"]; bytes.Contains(home, []byte("reports/")) ||
		bytes.Contains(home, []byte(".uptimes")) {
		t.Error("the home page carries something of reports")
	}
}
