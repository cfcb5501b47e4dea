package main

import (
	"testing"
	"time"

	"allclear/generator/site"
)

// An entry that begins and ends within one second ends in the next one. The file never
// contains a time in the future: status, run right afterwards, would still show the
// incident.
func TestAnUpdateIsNeverLaterThanTheClock(t *testing.T) {
	second := time.Now().UTC().Truncate(time.Second)
	e := &site.Entry{Start: site.Moment{Time: second}}
	got := updateFlags{}.updateTime(snapshot{now: second}, e)
	if !got.After(second) {
		t.Errorf("ends at %s, when it began at %s", got, second)
	}
	if now := time.Now(); got.After(now) {
		t.Errorf("%s is written at %s", got, now)
	}
}
