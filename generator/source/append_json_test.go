package source

import (
	"strings"
	"testing"

	"allclear/generator/site"
)

const jsonLong = `{
  "title": "X",
  "impacts": [
    {
      "components": ["api"],
      "status": "partial", "end": "2025-07-25 06:50"
    },
    {
      "start" : "2025-07-25 06:45",
      "components": [
        "api",
        "web"
      ],
      "status": "down",
      "note": "Gone: all of it"
    },
    {"components":["web"],"status":"degraded"}
  ],
  "tags": ["a"]
}

## Investigating — 2025-07-25 06:41
A
`

func TestResolvedEndsTheOpenImpactsOfJSON(t *testing.T) {
	want := strings.NewReplacer(
		`"2025-07-25 06:45",`, `"2025-07-25 06:45",
      "end" : "2025-07-25 07:30",`,
		`"degraded"}`, `"degraded", "end":"2025-07-25 07:30"}`,
	).Replace(jsonLong)
	mustAppend(t, jsonLong, want+"\n## Resolved — 2025-07-25 07:30\nDone.\n", site.Resolved, "Done.")
}

func TestANewStatusBeginsTheNextImpactOfJSON(t *testing.T) {
	want := strings.NewReplacer(
		`"2025-07-25 06:45",`, `"2025-07-25 06:45",
      "end" : "2025-07-25 07:30",`,
		`"degraded"}`, `"degraded"},
    {"components":["web"], "status":"major_outage", "start":"2025-07-25 07:30", "note":"Gone: all of it"},
    {"components":["api"], "status":"degraded_performance", "start":"2025-07-25 07:30"}`,
	).Replace(jsonLong)
	mustAppend(t, jsonLong, want+"\n## Monitoring — 2025-07-25 07:30\nBetter.\n", site.Monitoring, "Better.",
		StatusChange{Component: "api", Status: site.DegradedPerformance})
}

func TestANewImpactOfJSONLooksLikeTheLast(t *testing.T) {
	const file = "{\r\n\t\"impacts\": [\r\n\t\t{\r\n\t\t\t\"components\": [\"api\"],\r\n\t\t\t\"status\": \"down\"\r\n\t\t}\r\n\t],\r\n" +
		"\t\"title\": \"X\"\r\n}\r\n\r\n## Investigating — 2025-07-25 06:41\r\nA\r\n"
	mustAppend(t, file, strings.Replace(file, "\"down\"\r\n\t\t}", "\"down\",\r\n\t\t\t\"end\": \"2025-07-25 07:30\"\r\n\t\t},\r\n"+
		"\t\t{\r\n\t\t\t\"components\": [\"api\"],\r\n\t\t\t\"status\": \"partial_outage\",\r\n"+
		"\t\t\t\"start\": \"2025-07-25 07:30\"\r\n\t\t}", 1)+
		"\r\n## Update — 2025-07-25 07:30\r\nB\r\n", site.Note, "B", StatusChange{Component: "api", Status: site.PartialOutage})
}

func TestTheShortFormOfJSONBecomesAList(t *testing.T) {
	const file = `{
  "components": ["api"],
  "title": "X",
  "status": "partial",
  "note": "a: b",
  "tags": ["a"]
}

## Investigating — 2025-07-25 06:41
A
`
	mustAppend(t, file, `{
  "impacts": [
    {
      "components": ["api"],
      "status": "partial",
      "note": "a: b",
      "end": "2025-07-25 07:30"
    },
    {
      "components": ["api"],
      "status": "degraded_performance",
      "start": "2025-07-25 07:30"
    }
  ],
  "title": "X",
  "tags": ["a"]
}

## Investigating — 2025-07-25 06:41
A

## Update — 2025-07-25 07:30
B
`, site.Note, "B", StatusChange{Component: "api", Status: site.DegradedPerformance})
}

func TestJSONInOneLineStaysInOneLine(t *testing.T) {
	const body = "\n## Investigating — 2025-07-25 06:41\nA\n"
	const file = ";;;\n{\"title\":\"X\",\"status\":\"down\",\"components\":[\"api\"]}\n;;;\n" + body
	mustAppend(t, file, ";;;\n{\"title\":\"X\",\"impacts\":[{\"status\":\"down\", \"components\":[\"api\"], \"end\":\"2025-07-25 "+
		"07:30\"}, {\"components\":[\"api\"], \"status\":\"partial_outage\", \"start\":\"2025-07-25 07:30\"}]}\n;;;\n"+
		body+"\n## Update — 2025-07-25 07:30\nB\n", site.Note, "B", StatusChange{Component: "api", Status: site.PartialOutage})
}

func TestAComponentJoinsInJSON(t *testing.T) {
	const file = "{\n\"title\": \"X\"\n}\n\n## Investigating — 2025-07-25 06:41\nA\n"
	mustAppend(t, file, strings.Replace(file, "\"X\"\n", `"X",
"impacts": [
  {
    "components": ["web"],
    "status": "major_outage",
    "start": "2025-07-25 07:30"
  }
]
`, 1)+"\n## Update — 2025-07-25 07:30\nB\n", site.Note, "B", StatusChange{Component: "web", Status: site.MajorOutage})
}

func TestJSONThatEndsItsFileGetsTheEmptyLineThatItNeeds(t *testing.T) {
	const file = "{\n\"title\": \"X\", \"start\": \"2025-07-25 06:00\",\n\"components\": \"api\", \"status\": \"down\"\n}"
	mustAppend(t, file, file+"\n\n## Resolved — 2025-07-25 07:30\nDone.", site.Resolved, "Done.")
}

func TestResolvedBringsALaterEndOfJSONForward(t *testing.T) {
	const file = "{\n\"title\": \"X\", \"end\": \"2025-07-25 09:00\",\n\"components\": \"api\", \"status\": \"down\"\n}\n\n" +
		"## Investigating — 2025-07-25 06:41\nA\n"
	mustAppend(t, file, strings.Replace(file, "09:00", "07:30", 1)+"\n## Resolved — 2025-07-25 07:30\nDone.\n", site.Resolved, "Done.")
}
