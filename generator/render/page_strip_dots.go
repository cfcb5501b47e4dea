package render

import (
	"fmt"
	"strings"
	"time"

	"allclear/generator/site"
)

// stripUpdate is an update in a strip.
type stripUpdate struct {
	number int // from 1 for the oldest
	id     string
	word   string
	at     time.Time
	x      float64
	off    bool // whether it lies outside the picture
}

// dotForm is how dots are drawn: the page to which they lead, "" for their own, their
// radius, and how far the line above them goes.
type dotForm struct {
	page   string
	radius float64
	up     int
}

// shownUpdates returns what the entry's page shows below "Updates", newest first: not the
// report, and nothing that is announced for later.
func (v entryView) shownUpdates() []*site.Update {
	var shown []*site.Update
	for _, u := range v.published() {
		if !u.Report && !u.Time.After(v.now) { // an announcement may be dated in the future
			shown = append(shown, u)
		}
	}
	return shown
}

// stripUpdates returns the updates of an incident with their positions, oldest first, and
// tells the scale where the newest is.
func (v entryView) stripUpdates(scale *stripScale) []stripUpdate {
	shown := v.shownUpdates()
	marks := make([]stripUpdate, len(shown))
	for i, u := range shown {
		n := len(shown) - i
		marks[n-1] = stripUpdate{
			number: n, id: u.ID, word: v.statusWord(u), at: u.Time, x: scale.at(u.Time),
			off: u.Time.Before(scale.from) || u.Time.After(scale.to),
		}
	}
	if len(marks) > 0 {
		scale.lastUpdate = marks[len(marks)-1].x
	}
	return marks
}

// stripDots returns the dots of updates in a picture of a width in pixels. Updates without
// room for a dot each share one that leads to the first of them.
func (v entryView) stripDots(marks []stripUpdate, width float64, form dotForm) []stripDot {
	var dots []stripDot
	for i := 0; i < len(marks); {
		n := 1
		for ; i+n < len(marks); n++ {
			room := float64(dotRoom)
			if n > 1 {
				room = joinedRoom
			}
			if (marks[i+n].x-marks[i].x)*width/100 >= room {
				break
			}
		}
		dots = append(dots, v.stripDot(marks[i:i+n], form))
		i += n
	}
	return dots
}

// stripDot returns the dot of one update or several.
func (v entryView) stripDot(marks []stripUpdate, form dotForm) stripDot {
	first, last := marks[0], marks[len(marks)-1]
	dot := stripDot{
		Href: form.page + "#" + first.id, X: percent(first.x), Text: fmt.Sprint(first.number), Up: form.up,
		R: half(int(2 * form.radius)), Joined: len(marks) > 1,
	}
	if first.off && last.off {
		dot.Up = 0
	}
	if form.page == "" {
		var ids []string
		for _, m := range marks {
			ids = append(ids, m.id)
		}
		dot.For = strings.Join(ids, " ")
	}
	if !dot.Joined {
		dot.Label = v.say("entry.number", "n", first.number) + v.say("list.comma") + v.shortTime(first.at, v.now) +
			v.say("list.colon") + first.word
		return dot
	}
	dot.Text += "–" + fmt.Sprint(last.number)
	dot.Label = v.say("entry.numbers", "from", first.number, "to", last.number) + v.say("list.comma") +
		v.shortSpan(first.at, last.at, v.now)
	dot.Across = fmt.Sprint(2 * form.radius)
	dot.Width = int(form.radius) + 7*len([]rune(dot.Text))
	switch {
	case first.x > 95:
		dot.Shift = -12
	case first.x < 5:
		dot.Shift = 12
	}
	dot.Left = dot.Shift - dot.Width/2
	return dot
}
