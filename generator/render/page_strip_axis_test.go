package render

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Texts of an axis stand at times that are easy to read: steps divide an hour or a day, and
// the ends of an axis lie between texts at the most.
func TestTheStepsOfAnAxisAreEasyToRead(t *testing.T) {
	var got []string
	last := time.Duration(0)
	for _, s := range axisSteps {
		switch {
		case s.Duration <= last:
			t.Errorf("%v follows %v", s.Duration, last)
		case s.Duration < time.Hour && time.Hour%s.Duration != 0, s.Duration < oneDay && s.Duration >= time.Hour && oneDay%s.Duration != 0,
			s.Duration > oneDay && s.Duration%oneDay != 0, s.Duration%s.snap != 0:
			t.Errorf("%v, with ends at multiples of %v, is not easy to read", s.Duration, s.snap)
		}
		last = s.Duration
		got = append(got, fmt.Sprintf("%v/%v", s.Duration.Minutes(), s.snap.Minutes()))
	}
	want := "1/1 2/1 5/5 10/5 15/5 30/15 60/30 120/60 180/60 360/180 1440/360 2880/720 4320/1440 10080/1440 20160/1440 " +
		"43200/1440 129600/1440 259200/1440 525600/1440 1.44e+06/1440"
	if text := strings.Join(got, " "); text != want {
		t.Errorf("in minutes: %s\nwant %s", text, want)
	}
}

// Only what is settled has a key in the API: a window that the clock ends has none.
func TestAWindowThatTheClockEndsHasNoKeyInTheAPI(t *testing.T) {
	b := sampleBuild(t, time.Date(2025, 8, 1, 2, 20, 0, 0, time.UTC))
	with, without := 0, 0
	for _, e := range b.newest {
		key := b.apiFile(address{id: "x", entry: e}).Key()
		if settled := !b.settledAt(e).IsZero(); settled != (key != Key{}) {
			t.Errorf("%s: settled %v, and the key is %x", e.Slug, settled, key)
		} else if settled {
			with++
		} else {
			without++
		}
	}
	if with == 0 || without == 0 {
		t.Errorf("%d entries are settled, and %d are not", with, without)
	}
}
