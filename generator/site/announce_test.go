package site

import (
	"testing"
	"time"
)

func TestAnAnnouncementKeepsItsNameWhileItsDateSettles(t *testing.T) {
	start := time.Date(2026, 3, 20, 2, 0, 0, 0, time.UTC)
	window := Entry{Kind: Maintenance, Slug: "upgrade", Start: Moment{Time: start}, End: Moment{Time: start.Add(time.Hour)}}
	for _, c := range []struct{ now, told time.Time }{
		{time.Date(2026, 2, 1, 14, 30, 0, 0, time.UTC), time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)},
		{time.Date(2026, 2, 1, 23, 59, 0, 0, time.UTC), time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)},
		{start.Add(-unsaidNotice), start.Add(-unsaidNotice)},
		{start.Add(time.Hour), start.Add(-unsaidNotice)},
	} {
		list := window.Published(c.now)
		told := list[len(list)-1]
		if !told.Time.Equal(c.told) || told.Anchor != "u-20260313T020000Z" {
			t.Errorf("at %v it was told %v under %s", c.now, told.Time, told.Anchor)
		}
	}
}
