package render

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
)

// A program that reads calendars gets each text back as it was, and each line is written as
// the library writes it: escaped, and folded before words, inside words that are too long,
// and never inside a letter.
func TestLinesOfCalendarsAreThoseOfTheLibrary(t *testing.T) {
	texts := []string{
		"", "short", "a\nb", `a\b;c,d: "e"`, strings.Repeat("word ", 40), strings.Repeat("x", 300), strings.Repeat("größer", 30),
		strings.Repeat("漢字", 60), "https://status.example.com/" + strings.Repeat("path/", 40), strings.Repeat("😀", 50),
		strings.Repeat("a", 67) + " b", strings.Repeat("a", 66) + " " + strings.Repeat("b", 75), strings.Repeat("<a@example.com> ", 12),
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var text strings.Builder
		for range r.IntN(200) {
			text.WriteString([]string{" ", "a", "bc", "ü", "漢", "😀", ",", "\n", `\`, "<", ">", "word"}[r.IntN(12)])
		}
		texts = append(texts, text.String())
	}
	at := time.Date(2026, 11, 28, 9, 30, 0, 0, time.FixedZone("", 3600))
	for _, text := range texts {
		event := ics.NewEvent("id")
		event.SetDtStampTime(at)
		event.SetSummary(text)
		event.SetURL(text)
		cal := ics.NewCalendarFor("allclear")
		cal.SetProductId("-//Allclear//Allclear//EN")
		cal.AddVEvent(event)
		want := cal.Serialize(ics.WithNewLine("\r\n"))

		own := newCalendar([]byte("before "))
		own.value("BEGIN", "VEVENT")
		own.text("UID", "id")
		own.time("DTSTAMP", at)
		own.text("SUMMARY", text)
		own.value("URL", text)
		own.value("END", "VEVENT")
		if got := string(own.end()); got != "before "+want {
			t.Fatalf("%q is\n%s\nnot\n%s", text, got, want)
		}
	}
}
