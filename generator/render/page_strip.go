package render

import (
	"bytes"
	"slices"
	"strconv"

	"allclear/generator/site"
)

// strip is the picture of an incident: what it did to each service over time, and when
// updates were posted. Positions across are in percent of the width, those down in pixels.
type strip struct {
	Label    string      // what the picture shows, for screen readers
	Height   int         // its height
	Foot     int         // where the lines of hours and of now end
	Lowest   int         // where the dots of the updates are
	Ring     string      // the radius of the open circle
	Hours    []stripHour // the axis: hours, or days if there are several
	Lanes    []stripLane // one for each service, and for each region that fared differently
	More     string      // "4 more in the table"
	Dots     []stripDot  // the updates, as a phone has room for them
	Wide     []stripDot  // the updates where there is more room; none if Dots serves both
	Now      *stripHour  // the present, while the incident is open
	Promised *stripNext  // when the next update is due, at the end of the picture
}

// stripNext is the promised update in a strip.
type stripNext struct {
	Label string // "next: 07:30"
	Text  string // the same, if there is room for it
}

// stripHour is an instant on the axis of a strip.
type stripHour struct {
	X      string // where it is, in percent
	Anchor string // on which side of it the text is: "", mid or end
	Text   string // the time of day or the date; "" if there is no room for it
}

// stripLane is one service in a strip, in all regions or in some. Positions in it are
// measured from its lower edge.
type stripLane struct {
	Name   string      // name of the service, with its regions if others fared differently
	Label  string      // what happened, in words
	Y      int         // its lower edge
	NameY  int         // where the name is
	Parts  []stripPart // what happened to the service
	Future bool        // whether the picture goes on after now
	Now    string      // where the present is, in percent; 100% once the incident is over
}

// stripPart is one status in a lane.
type stripPart struct {
	Class  string // the class of the status
	X      string // where it starts, in percent
	End    string // where it ends, in percent
	Width  string // its width, in percent
	Height int    // its height: the worse the status, the higher
	Middle string // half its height
	Word   string // the status in words; "" if there is no room for it
	WordY  int    // where the word is
	Roomy  bool   // whether the word fits only in a wide picture
	Some   bool   // whether the service came and went all the time
}

// stripDot is an update, or several that are close to each other, on the lowest line.
type stripDot struct {
	Href   string // address of the first of the updates
	Label  string // "Update 2, 06:55: Identified"
	For    string // ids of the updates, separated by spaces; "" on other pages than theirs
	X      string // where it is, in percent
	Text   string // "2", or "3–5"
	Up     int    // how far the line that leads up from it goes; 0 without one, if it lies outside what the picture shows
	R      string // its radius, or half its height
	Width  int    // the width of a dot that stands for several updates
	Across string // its height
	Left   int    // how far its left side is moved
	Shift  int    // how far its text is moved, so that it stays inside
	Joined bool   // whether it stands for several updates
}

const (
	// maxLanes is the largest number of lanes; more are left to the table.
	maxLanes = 6

	// smallLanes is the number of lanes on a card.
	smallLanes = 2

	// The widths of a strip in pixels: in a card and on a page on the narrowest phone, and
	// from where the style sheet counts it as wide.
	cardStrip, phoneStrip, wideStrip = 240, 288, 860

	// roomyPhone is how many pixels wider a common phone is than the narrowest.
	roomyPhone = 70

	// dotRoom is the room for a dot in pixels, and joinedRoom for one with two numbers.
	dotRoom, joinedRoom = 28, 46
)

// strip returns the picture of an incident with these lanes; nil if there are none.
func (v entryView) strip(lanes []site.Lane) *strip {
	scale, ok := v.stripScale(lanes)
	if !ok {
		return nil
	}
	shown, hidden := v.worstLanes(lanes, maxLanes)
	s := &strip{Label: v.stripLabel(scale), Hours: v.stripHours(scale)}
	for i, l := range shown {
		s.Lanes = append(s.Lanes, v.stripLane(l, scale, largeLane(i)))
	}
	n := 52 * len(s.Lanes)
	s.Foot, s.Lowest, s.Height, s.Ring = 24+n, 39+n, 51+n, "8.5"
	if hidden > 0 {
		s.More = v.say("strip.more", "n", hidden)
	}
	marks, large := v.stripUpdates(&scale), dotForm{radius: 10, up: 23 + n}
	s.Dots = v.stripDots(marks, phoneStrip, large)
	if dotCount(marks, wideStrip) != len(s.Dots) {
		s.Wide = v.stripDots(marks, wideStrip, large)
	}
	v.addPresent(s, scale, phoneStrip+roomyPhone)
	return s
}

// smallStrip returns the picture of an open incident for its card: 80 pixels high, with
// the two services that are worst now; nil if it affected nothing so far.
func (v entryView) smallStrip() *strip {
	if v.entry.Kind != site.Incident || !v.entry.Open(v.now) {
		return nil
	}
	lanes := v.lanes()
	scale, ok := v.stripScale(lanes)
	if !ok {
		return nil
	}
	shown, _ := v.worstLanes(lanes, smallLanes)
	if hit := slices.DeleteFunc(slices.Clone(shown), func(l site.Lane) bool { return statusNow(l) == site.Operational }); len(hit) > 0 {
		shown = hit
	}
	s := &strip{Label: v.stripLabel(scale), Height: 80, Foot: 61, Lowest: 72, Ring: "6"}
	for i, l := range shown {
		at := smallLane(i)
		if len(shown) == 1 {
			at = smallLane(1)
			at.bottom -= 12
		}
		s.Lanes = append(s.Lanes, v.stripLane(l, scale, at))
	}
	s.Dots = v.stripDots(v.stripUpdates(&scale), cardStrip, dotForm{v.href(entryPath(v.entry)), 7.5, 70})
	v.addPresent(s, scale, cardStrip+roomyPhone)
	return s
}

// stripLabel returns what the picture shows, in words.
func (v entryView) stripLabel(scale stripScale) string {
	return v.say("strip.label", "span", v.spanLine(site.Interval{Start: scale.begin, End: scale.last}))
}

// addPresent adds the present and the promised update to the picture of an open incident.
func (v entryView) addPresent(s *strip, scale stripScale, width float64) {
	if !v.entry.Open(v.now) {
		return
	}
	s.Now = &stripHour{X: percent(scale.now), Anchor: anchor(scale.now), Text: v.axisText(v.now, scale)}
	if scale.promised.IsZero() {
		return
	}
	free := (100 - max(scale.now, scale.lastUpdate)) / 100 * width
	s.Promised = &stripNext{Label: v.say("strip.next", "time", v.shortTime(scale.promised, v.now))}
	if free > 37+wordWidth(s.Promised.Label)*.8 {
		s.Promised.Text = v.lang.Isolate(s.Promised.Label)
	}
}

// percent writes a position for SVG.
func percent(x float64) string {
	var room [16]byte
	digits := bytes.TrimRight(strconv.AppendFloat(room[:0], x, 'f', 2, 64), "0")
	return string(append(bytes.TrimSuffix(digits, []byte(".")), '%'))
}

// half writes half a number of pixels.
func half(y int) string { return strconv.FormatFloat(float64(y)/2, 'f', -1, 64) }
