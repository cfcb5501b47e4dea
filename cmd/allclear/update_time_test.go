package main

import (
	"testing"
	"time"

	"allclear/generator/site"
)

// What began and ends within one second ends in the next one, but the file never
// says a time that the clock has not reached: status, asked right after, would
// still show the incident.
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
