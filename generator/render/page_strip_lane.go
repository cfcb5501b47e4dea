package render

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// lanes returns how the incident affected each service; none of a maintenance window.
func (v entryView) lanes() []site.Lane {
	if v.entry.Kind != site.Incident {
		return nil
	}
	return v.entry.Lanes(v.named(), v.now)
}

// statusNow returns the present status of a lane.
func statusNow(l site.Lane) site.Status {
	if last := l.Parts[len(l.Parts)-1]; last.GoesOn {
		return last.Impact.Status
	}
	return site.Operational
}

// worstLanes returns the worst lanes, at most limit, in the manifest's order, and the
// number of others. What is affected now comes before what was; then the worst status
// counts, and then its length.
func (v entryView) worstLanes(lanes []site.Lane, limit int) (worst []site.Lane, others int) {
	if len(lanes) <= limit {
		return lanes, 0
	}
	rank := func(l site.Lane) (r [3]int) {
		r[0] = int(statusNow(l))
		for _, p := range l.Parts {
			r[1] = max(r[1], int(p.Impact.Status))
		}
		for _, p := range l.Parts {
			if int(p.Impact.Status) == r[1] {
				r[2] += int(p.End.Sub(p.Start) / time.Second)
			}
		}
		return r
	}
	order := make([]int, len(lanes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := rank(lanes[a]), rank(lanes[b])
		return slices.Compare(y[:], x[:])
	})
	order = order[:limit]
	slices.Sort(order)
	for _, i := range order {
		worst = append(worst, lanes[i])
	}
	return worst, len(lanes) - limit
}

// laneForm is where a lane is and how high its parts are.
type laneForm struct {
	bottom, name int
	room         float64 // for the name, in pixels
	height       func(class string) int
	words        bool
}

// largeLane is the form of a lane on a page.
func largeLane(i int) laneForm {
	return laneForm{65 + 52*i, -32, phoneStrip * 12 / 13, func(class string) int { return looks[class].Height }, true}
}

// smallLane is the form of a lane on a card.
func smallLane(i int) laneForm {
	return laneForm{26 + 30*i, -16, cardStrip, func(class string) int { return looks[class].Height * 12 / barHeight }, false}
}

// stripLane returns a lane as it is drawn.
func (v entryView) stripLane(l site.Lane, scale stripScale, form laneForm) stripLane {
	name := v.text(l.Component.Name)
	if len(l.Regions) > 0 {
		name += v.say("list.comma") + v.someRegions(l.Regions)
	}
	drawn := stripLane{
		Name: v.lang.Isolate(shorten(name, form.room)), Y: form.bottom, NameY: form.name, Now: percent(scale.now), Future: scale.now < 100,
	}
	var said []string
	for _, p := range l.Parts {
		label := v.statusLabel(p.Impact.Status, p.Impact.Label)
		from, to := scale.at(p.Start), scale.at(p.End)
		width := max(to-from, 0.5)
		height := form.height(label.Class)
		part := stripPart{
			Class: label.Class, X: percent(min(from, 99.5)), End: percent(to), Width: percent(width), Height: height,
			Middle: half(height), WordY: 4 - height/2,
		}
		words := label.Word
		if p.Impact.Downtime.Set {
			words = v.say("strip.some", "status", words, "length", v.lang.Duration(p.Impact.Downtime.Length))
			part.Some = true
		}
		if form.words {
			part.setWord(v.lang.Isolate(words), width)
			if part.Word == "" {
				part.setWord(v.lang.Isolate(label.Word), width)
			}
		}
		drawn.Parts = append(drawn.Parts, part)
		said = append(said, v.partText(words, p))
	}
	drawn.Label = name + v.say("list.colon") + strings.Join(said, v.say("list.semicolon"))
	return drawn
}

// partText returns a status and when it was, in words.
func (v entryView) partText(status string, p site.LanePart) string {
	when := v.shortSpan(p.Start, p.End, v.now)
	if p.GoesOn {
		since := v.clockTime(p.Start, v.now)
		when = v.say(since.form("span.since"), "time", v.shortTime(p.Start, v.now), "hour", since.hour())
	}
	return v.say("strip.part", "status", status, "span", when)
}

// setWord puts a word into a part if there is room for it.
func (p *stripPart) setWord(word string, width float64) {
	need := 14 + wordWidth(word) // with some room on both sides
	if width/100*wideStrip < need {
		return
	}
	p.Word, p.Roomy = word, width/100*phoneStrip < need
}

// shorten cuts a name for which there is no room, and ends it with an ellipsis. The label
// of the lane and the table have all of it.
func shorten(name string, room float64) string {
	if wordWidth(name) <= room {
		return name
	}
	letters := []rune(name)
	for len(letters) > 1 && wordWidth(string(letters))+wordWidth("…") > room {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimRight(string(letters), " ,") + "…"
}

// wordWidth returns about how many pixels a text takes.
func wordWidth(text string) (width float64) {
	for _, r := range text {
		switch {
		case r >= 0x2e80: // letters of East Asia are as wide as they are high
			width += 12
		case r >= 0x2000 && r < 0x2070: // isolates and the like
		default:
			width += 6.8
		}
	}
	return width
}
