package render

import (
	"strconv"
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
	published := v.published()
	shown := make([]*site.Update, 0, len(published))
	for _, u := range published {
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
	dots := make([]stripDot, 0, dotCount(marks, width))
	for len(marks) > 0 {
		n := inFirstDot(marks, width)
		dots = append(dots, v.stripDot(marks[:n], form))
		marks = marks[n:]
	}
	return dots
}

// dotCount returns how many dots updates have in a picture of a width.
func dotCount(marks []stripUpdate, width float64) (n int) {
	for ; len(marks) > 0; n++ {
		marks = marks[inFirstDot(marks, width):]
	}
	return n
}

// inFirstDot returns how many updates the first dot stands for.
func inFirstDot(marks []stripUpdate, width float64) int {
	for n := 1; n < len(marks); n++ {
		room := float64(dotRoom)
		if n > 1 {
			room = joinedRoom
		}
		if (marks[n].x-marks[0].x)*width/100 >= room {
			return n
		}
	}
	return len(marks)
}

// stripDot returns the dot of one update or several.
func (v entryView) stripDot(marks []stripUpdate, form dotForm) stripDot {
	first, last := marks[0], marks[len(marks)-1]
	dot := stripDot{
		Href: form.page + "#" + first.id, X: percent(first.x), Text: strconv.Itoa(first.number), Up: form.up,
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
	dot.Text += "–" + strconv.Itoa(last.number)
	dot.Label = v.say("entry.numbers", "from", first.number, "to", last.number) + v.say("list.comma") +
		v.shortSpan(first.at, last.at, v.now)
	dot.Across = strconv.FormatFloat(2*form.radius, 'f', -1, 64)
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
