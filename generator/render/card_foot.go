package render

import (
	"time"

	"allclear/generator/card"
	"allclear/generator/site"
)

// footHeight returns the height of a status at the foot of a card, in a row of a height:
// the worse, the taller, as in bars.
func footHeight(class string, row int) int { return looks[class].Height * row / barHeight }

// dayBlocks returns the last days of all services together for the foot of a card, as many
// as a bar has on the home page: each in the color and the height of its worst status.
func (v siteView) dayBlocks() []card.Block {
	n := v.site.Uptime.Days
	if !v.site.Uptime.Show || n < 1 {
		return nil
	}
	worst, served := make([]site.Status, n), make([]bool, n)
	for _, c := range v.listedComponents() {
		for i, d := range v.build.barOf(c.Component) {
			if !d.Absent {
				served[i], worst[i] = true, max(worst[i], d.Worst)
			}
		}
	}
	var blocks []card.Block
	for i, status := range worst {
		if !served[i] {
			continue
		}
		start, end := i*card.FootWidth/n, (i+1)*card.FootWidth/n
		class := statusClass(status)
		b := card.Block{Start: start, Width: max(1, (end-start)*3/4), Color: looks[class].Fill[0]}
		b.Height = footHeight(class, card.FootHeight)
		if status == site.Operational {
			b.Color = healthyDay[0]
		}
		blocks = append(blocks, b)
	}
	return blocks
}

// laneBlocks returns the strip of an incident for the foot of a card: the two services
// that were hit worst, against time; nil for a window, and if nothing was affected. What
// goes on runs to the end: a card does not change as long as nothing happens.
func (v entryView) laneBlocks() []card.Block {
	lanes := v.lanes()
	if len(lanes) == 0 {
		return nil
	}
	span, goesOn := v.laneSpan(lanes)
	at := func(t time.Time) int {
		return int(card.FootWidth * t.Sub(span.Start).Seconds() / span.End.Sub(span.Start).Seconds())
	}
	shown, _ := v.worstLanes(lanes, smallLanes)
	row := card.FootHeight / len(shown)
	var blocks []card.Block
	for i, lane := range shown {
		above := (len(shown) - 1 - i) * row
		blocks = append(blocks, card.Block{Width: card.FootWidth, Above: above, Height: 2, Color: "#e2e5ea"})
		for _, p := range lane.Parts {
			class := statusClass(p.Impact.Status)
			start, end := at(p.Start), at(p.End)
			if goesOn && p.GoesOn {
				end = card.FootWidth
			}
			blocks = append(blocks, card.Block{
				Start: start, Width: max(2, end-start), Above: above, Height: footHeight(class, row-2), Color: looks[class].Fill[0],
			})
		}
	}
	return blocks
}

// laneSpan returns from when to when the foot of a card reaches: over all that is known to
// have happened, and a quarter more if an impact goes on.
func (v entryView) laneSpan(lanes []site.Lane) (span site.Interval, goesOn bool) {
	happened := func(t time.Time) {
		if span.Start.IsZero() || t.Before(span.Start) {
			span.Start = t
		}
		span.End = later(span.End, t)
	}
	for _, l := range lanes {
		for _, p := range l.Parts {
			happened(p.Start)
			if goesOn = goesOn || p.GoesOn; !p.GoesOn {
				happened(p.End)
			}
		}
	}
	for _, u := range v.published() {
		if !u.Report && !u.Time.After(v.now) {
			happened(u.Time)
		}
	}
	length := max(span.End.Sub(span.Start), shortestStrip)
	if goesOn {
		length += length / 4
	}
	span.End = span.Start.Add(length)
	return span, goesOn
}
