package source

import (
	"strings"
	"testing"

	"allclear/generator/site"
)

const tomlBody = "\n## Investigating — 2025-07-25 06:41\nA\n"

const tomlTables = `+++
title = 'X' # short

[[impacts]]
components = ["api"]
status = "partial"   # of many
start = 2025-07-25T06:30:00Z
end = "2025-07-25 06:50"

[[impacts]]
status="down"
start="2025-07-25 06:45" # began here
components = [
  "api", # both
  "web",
]

[impacts.note]
en = "Gone"

[[impacts]]
components = ["web"]
status = """\
  degraded"""
# a last word

+++
` + tomlBody

func TestResolvedEndsTheOpenImpactsOfTOML(t *testing.T) {
	want := strings.NewReplacer(
		"# began here\n", "# began here\nend=2025-07-25 07:30:00\n",
		`degraded"""`+"\n", `degraded"""`+"\nend = 2025-07-25 07:30:00\n",
	).Replace(tomlTables)
	mustAppend(t, tomlTables, want+"\n## Resolved — 2025-07-25 07:30\nDone.\n", site.Resolved, "Done.")
}

func TestANewStatusBeginsTheNextTableOfTOML(t *testing.T) {
	want := strings.NewReplacer(
		"# began here\n", "# began here\nend=2025-07-25 07:30:00\n",
		"# a last word\n", `# a last word

[[impacts]]
components = ["web"]
status = "major_outage"
start = 2025-07-25 07:30:00
note = "Gone"

[[impacts]]
components = ["api"]
status = "degraded_performance"
start = 2025-07-25 07:30:00
`).Replace(tomlTables)
	mustAppend(t, tomlTables, want+"\n## Monitoring — 2025-07-25 07:30\nBetter.\n", site.Monitoring, "Better.",
		StatusChange{Component: "api", Status: site.DegradedPerformance})
}

func TestAnArrayOfTOMLGrowsBehindItsLastComment(t *testing.T) {
	const file = `+++
title = "X"
impacts = [
    {components = ["api"], status = 'partial'}, # the first
    { components = ["web"], status = "down" } # the last }
]
tags = ["a"]
+++
` + tomlBody
	mustAppend(t, file, strings.NewReplacer(
		"'partial'}", "'partial', end = 2025-07-25 07:30:00}",
		"# the last }\n", `# the last }
    {components = ["api"], status = "degraded_performance", start = 2025-07-25 07:30:00}
`, `"down" }`, `"down" },`).Replace(file)+"\n## Update — 2025-07-25 07:30\nB\n", site.Note, "B",
		StatusChange{Component: "api", Status: site.DegradedPerformance})
	one := "+++\r\ntitle = \"X\"\r\nimpacts = [{components = [\"api\"], status = \"down\"},]\r\n+++\r\n" +
		strings.ReplaceAll(tomlBody, "\n", "\r\n")
	mustAppend(t, one, strings.Replace(one, `"down"},`, `"down", end = 2025-07-25 07:30:00}, {components = ["api"], status = `+
		`"partial_outage", start = 2025-07-25 07:30:00},`, 1)+
		"\r\n## Update — 2025-07-25 07:30\r\nB\r\n", site.Note, "B", StatusChange{Component: "api", Status: site.PartialOutage})
}

func TestTheShortFormOfTOMLBecomesATable(t *testing.T) {
	const file = `+++
title = "X"
components = [
  "api", # the only one
]
# what a customer sees
status = "partial" # for now
tags = ["a"]
+++
` + tomlBody
	mustAppend(t, file, `+++
title = "X"
# what a customer sees
tags = ["a"]

[[impacts]]
components = [
  "api", # the only one
]
status = "partial" # for now
end = 2025-07-25 07:30:00

[[impacts]]
components = ["api"]
status = "degraded_performance"
start = 2025-07-25 07:30:00
+++
`+tomlBody+"\n## Update — 2025-07-25 07:30\nB\n", site.Note, "B", StatusChange{Component: "api", Status: site.DegradedPerformance})
}

func TestAComponentJoinsInTOML(t *testing.T) {
	const file = "+++\ntitle = \"X\"\n+++\n" + tomlBody
	mustAppend(t, file, strings.Replace(file, "\n+++\n", "\n\n[[impacts]]\ncomponents = [\"web\"]\nstatus = \"major_outage\"\n"+
		"start = 2025-07-25 07:30:00\n+++\n", 1)+
		"\n## Update — 2025-07-25 07:30\nB\n", site.Note, "B", StatusChange{Component: "web", Status: site.MajorOutage})
}

func TestResolvedBringsALaterEndOfTOMLForward(t *testing.T) {
	for written, want := range map[string]string{
		"2025-07-25T09:00:00Z":             "2025-07-25 07:30:00",
		`"2025-07-25 09:00"`:               `"2025-07-25 07:30"`,
		`'2025-07-25 09:00' # a guess`:     `'2025-07-25 07:30' # a guess`,
		`"""2025-07-25 09:00"""`:           `"""2025-07-25 07:30"""`,
		"2025-07-25 09:00:00+02:00 # soon": "2025-07-25 09:00:00+02:00 # soon", // is past
	} {
		file := "+++\ntitle = \"X\"\ncomponents = [\"api\"]\nstatus = \"down\"\nend = " + written + "\n+++\n" + tomlBody
		mustAppend(t, file, strings.Replace(file, written, want, 1)+"\n## Resolved — 2025-07-25 07:30\nDone.\n", site.Resolved, "Done.")
	}
}
