package source

import (
	"testing"
	"time"

	"allclear/generator/site"
)

// Most zones of the list have no table of clock changes for recent years, only a
// rule. Every day of such a year begins, the last day of a leap year too.
func TestEveryDayBeginsInAZoneThatHasARuleAlone(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe", "Asia/Kathmandu",
		"America/Santiago"} {
		zone := zoneOf(name)
		if zone == nil {
			t.Fatalf("%s is no zone", name)
		}
		for day := time.Date(2023, 12, 20, 12, 0, 0, 0, time.UTC); day.Year() < 2026; day = day.AddDate(0, 0, 1) {
			year, month, date := day.Date()
			got := site.FirstInstant(year, month, date, zone)
			if got.Day() != date || got.Add(-time.Second).Day() == date {
				t.Errorf("%s: %s begins at %s", name, day.Format(time.DateOnly), got)
			}
		}
	}
}
