package importer_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator/importer"
	"allclear/generator/source"
)

// TestTimesAreReadAsToolsAndPeopleWriteThem gives the first update of an incident each form
// of a time, and asks when the incident began. What is no time is reported, with the text
// of its update.
func TestTimesAreReadAsToolsAndPeopleWriteThem(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"2025-01-02T03:04:05Z", "2025-01-02 03:04"},
		{"2025-01-02T03:04:05.678Z", "2025-01-02 03:04"},
		{"2025-01-02T03:04:05.678+05:30", "2025-01-01 21:34"},
		{"2025-01-02T03:04:05-0800", "2025-01-02 11:04"},
		{"2025-01-02 03:04:05 -05", "2025-01-02 08:04"},
		{"2025-01-02 03:04:05 UTC", "2025-01-02 03:04"},
		{"2025-01-02 03:04", "2025-01-02 03:04"},
		{"2025/1/2 3:04", "2025-01-02 03:04"},
		{"2025-01-02T003:04:05Z", "2025-01-02 03:04"}, // as some files of cState have it
		{"2025-01-02", "2025-01-02 12:00"},
		{"2024-02-29T10:00:00Z", "2024-02-29 10:00"},
		{"2016-12-31T23:59:60Z", "2016-12-31 23:59"}, // a leap second
		{"2025-01-02T24:00:00Z", "2025-01-03 00:00"},
		{"2025-02-30T10:00:00Z", ""},
		{"2025-02-29", ""},
		{"2025-13-01T10:00:00Z", ""},
		{"2025-01-02T24:30:00Z", ""},
		{"2025-01-02T10:60:00Z", ""},
		{"2025-01-02T10:00:00+99:99", ""},
		{"0000-00-00 00:00:00", ""}, // as MySQL writes none
		{"20250-01-02T10:00:00Z", ""},
		{"1735787045", ""},
		{"Jan 2, 2025", ""},
		{"yesterday", ""},
		{"2025-01-02T10:00:00Z\x00", ""},
	} {
		data := fmt.Sprintf(`{"incidents": [{"id": "abc", "name": "Trouble", "impact": "none", "started_at": "2030-01-01T00:00:00Z",
			"incident_updates": [{"status": "investigating", "display_at": %q, "body": "The words."}]}]}`, c.written)
		data = strings.ReplaceAll(data, `\x00`, `\u0000`)
		src, err := importer.Read("statuspage", fstest.MapFS{"x.json": &fstest.MapFile{Data: []byte(data)}},
			importer.Options{Now: importedAt})
		if err != nil {
			t.Fatal(err)
		}
		plan := importer.Prepare(src, importer.PrepareOptions{Check: checkContent})
		s, _ := source.Read(importer.NewOverlay(nil, plan.Files), source.Options{})
		got := ""
		if len(s.Entries) == 1 && len(s.Entries[0].Updates) > 0 {
			got = s.Entries[0].Updates[0].Time.UTC().Format("2006-01-02 15:04")
		}
		if got != c.want {
			t.Errorf("%q is read as %q, want %q", c.written, got, c.want)
		}
		if report := string(describe(plan)); c.want == "" && !strings.Contains(report, `undated body "The words."`) {
			t.Errorf("%q: the update is not in the report:\n%s", c.written, report)
		}
	}
}
