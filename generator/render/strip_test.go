package render_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// drawing is the picture of an incident on a page, in words.
type drawing struct {
	lanes  []string // what each lane says
	names  []string // the names of the lanes
	hours  []string // the texts of the axis
	dots   []string // "2 at 41.67% to #u-first"
	wide   []string // the dots where there is room, if they are others
	now    string   // where the present is
	next   string   // the text at the open circle; "-" without a circle
	height string
	more   string
}

// draws reads the first picture of a page.
func draws(t *testing.T, page []byte) *drawing {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if class, _ := attribute(n, "class"); n.Data == "figure" && strings.HasPrefix(class, "strip") {
			return readDrawing(n)
		}
	}
	return nil
}

func readDrawing(figure *html.Node) *drawing {
	d := &drawing{next: "-"}
	wide := false
	for n := range figure.Descendants() {
		class, _ := attribute(n, "class")
		x, _ := attribute(n, "x")
		label, _ := attribute(n, "aria-label")
		switch {
		case n.Data == "svg":
			d.height, _ = attribute(n, "height")
		case n.Data == "g" && label != "" && !strings.HasPrefix(label, "next:"):
			d.lanes = append(d.lanes, label)
		case n.Data == "g" && (class == "wide" || class == "thin"):
			wide = class == "wide"
		case n.Data == "text" && class == "who":
			d.names = append(d.names, text(n))
		case n.Data == "line" && class == "now":
			d.now, _ = attribute(n, "x1")
		case n.Data == "text" && class == "no":
			to, _ := attribute(n.Parent, "href")
			dot := text(n) + " at " + x + " to " + to
			if wide {
				d.wide = append(d.wide, dot)
			} else {
				d.dots = append(d.dots, dot)
			}
		case n.Data == "circle" && class == "next":
			d.next = ""
		case n.Data == "text" && strings.HasPrefix(class, "end room"):
			d.next = text(n)
		case n.Data == "text" && n.Parent.FirstChild.Data == "line" && !strings.HasPrefix(class, "who"):
			d.hours = append(d.hours, text(n))
		case n.Data == "figcaption":
			d.more = text(n)
		}
	}
	return d
}

// incidentOf is a site with one incident: its front matter after the title, and its
// updates.
func incidentOf(front, updates string) content {
	return website.with("content/incidents/x.md", "---\ntitle: X\n"+front+"---\nText.\n\n"+updates)
}

const trouble = "impacts:\n" +
	"  - {components: [website], status: degraded, start: 2025-07-25 06:32, end: 2025-07-25 07:03}\n" +
	"  - {components: [website], status: major, start: 2025-07-25 07:03}\n" +
	"  - {components: [api], status: partial, start: 2025-07-25 06:32, end: 2025-07-25 07:04}\n"

const threeUpdates = "## Investigating — 2025-07-25 06:41\n\nA.\n\n## Identified — 2025-07-25 06:55\n\nB.\n\n" +
	"## Update — 2025-07-25 07:09\n\nC.\n"

func TestAnIncidentIsDrawnAgainstTime(t *testing.T) {
	out := publish(t, incidentOf("next_update: 2025-07-25 07:30\n"+trouble, threeUpdates), "2025-07-25T07:10:00Z")
	d := draws(t, out["incidents/x/index.html"])
	for what, c := range map[string]struct{ got, want string }{
		"lanes": {strings.Join(d.lanes, "\n"),
			"Website: Degraded, 06:32–07:03; Major outage, since 07:03\nAPI: Partial outage, 06:32–07:04"},
		"hours": {strings.Join(d.hours, " "), "06:30 06:45 07:00 07:30"}, // 07:15 is too close to the present
		"dots": {strings.Join(d.dots, ", "),
			"1 at 18.33% to #u-first, 2 at 41.67% to #u-20250725T065500Z, 3 at 65% to #u-20250725T070900Z"},
		"now":  {d.now, "66.67%"},
		"next": {d.next, "next: 07:30"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, not %q", what, c.got, c.want)
		}
	}
	page := string(out["incidents/x/index.html"])
	for _, id := range []string{"u-first", "u-20250725T065500Z", "u-20250725T070900Z"} {
		if !strings.Contains(page, `<li id="`+id+`"`) {
			t.Errorf("a dot leads to %s, which is not there", id)
		}
	}
	small := draws(t, out["index.html"])
	if small.height != "80" || len(small.names) != 1 || small.names[0] != "Website" {
		t.Errorf("the card shows %q, %s high, not what is still hit", small.names, small.height)
	}
	if want := "1 at 18.33% to incidents/x/index.html#u-first"; small.dots[0] != want {
		t.Errorf("a dot on the card is %q, not %q", small.dots[0], want)
	}
}

// How much room the time to come has, and what the circle at its end says.
func TestThePromiseIsAtTheEndOfThePicture(t *testing.T) {
	for name, c := range map[string]struct{ promise, now, next string }{
		"true to scale":   {"next_update: 2025-07-25 07:30\n", "66.67%", "next: 07:30"},
		"very soon":       {"next_update: 2025-07-25 07:11\n", "88%", ""},
		"far away":        {"next_update: 2025-07-25 19:00\n", "60%", "next: 19:00"},
		"another day":     {"next_update: 2025-07-26 09:00\n", "60%", ""},
		"overdue":         {"next_update: 2025-07-25 07:05\n", "88.89%", "-"},
		"without promise": {"", "88.89%", "-"},
	} {
		d := draws(t, publish(t, incidentOf(c.promise+trouble, threeUpdates[:strings.Index(threeUpdates, "## Update")]),
			"2025-07-25T07:10:00Z")["incidents/x/index.html"])
		if d.now != c.now || d.next != c.next {
			t.Errorf("%s: now at %s and %q at the end, not %s and %q", name, d.now, d.next, c.now, c.next)
		}
	}
}

func TestUpdatesThatAreCloseShareADot(t *testing.T) {
	var updates strings.Builder
	for _, minute := range []int{33, 34, 36, 37, 50} {
		fmt.Fprintf(&updates, "## Update — 2025-07-25 06:%d\n\nText.\n\n", minute)
	}
	out := publish(t, incidentOf(trouble, updates.String()), "2025-07-25T07:10:00Z")
	page := out["incidents/x/index.html"]
	d := draws(t, page)
	if got, want := strings.Join(d.dots, ", "), "1–4 at 6.67% to #u-first, 5 at 44.44% to #u-20250725T065000Z"; got != want {
		t.Errorf("on a phone: %s, not %s", got, want)
	}
	want := "1–2 at 6.67% to #u-first, 3–4 at 13.33% to #u-20250725T063600Z, 5 at 44.44% to #u-20250725T065000Z"
	if got := strings.Join(d.wide, ", "); got != want {
		t.Errorf("where there is room: %s, not %s", got, want)
	}
	if !regexp.MustCompile(`aria-label="Updates 1–4, 06:33–06:37" data-for="u-first u-[^" ]+ u-[^" ]+ u-[^" ]+"`).Match(page) {
		t.Error("a shared dot does not mark the texts of all its updates")
	}
}

// The picture is about what happened. What was written long afterwards is at its end.
func TestLateWordsDoNotSqueezeThePicture(t *testing.T) {
	front := "impacts:\n  - {components: [website], status: major, start: 2025-07-25 06:00, end: 2025-07-25 07:00}\n"
	updates := "## Investigating — 2025-07-25 06:05\n\nA.\n\n## Resolved — 2025-07-25 07:10\n\nB.\n\n## Update — 2025-07-27 09:00\n\nC.\n"
	d := draws(t, publish(t, incidentOf(front, updates), "2025-07-28T07:10:00Z")["incidents/x/index.html"])
	if got := strings.Join(d.hours, " "); got != "06:00 06:15 06:30 06:45 07:00" {
		t.Errorf("the axis is %q", got)
	}
	if last := d.dots[len(d.dots)-1]; !strings.Contains(last, "at 93.33%") && !strings.Contains(last, "at 100%") {
		t.Errorf("the last dot is %q", last)
	}
}

func TestAnIncidentOfSeveralDaysHasDaysOnItsAxis(t *testing.T) {
	for end, want := range map[string]string{
		"2025-07-25 20:00": "09:00 12:00 15:00 18:00",
		"2025-07-26 01:00": "25 Jul 26 Jul",
		"2025-07-28 20:00": "25 Jul 27 Jul 28 Jul",
		"2025-12-28 20:00": "25 Jul 23 Sep 23 Oct 22 Nov",
	} {
		front := "impacts:\n  - {components: [website], status: major, start: 2025-07-25 08:00, end: " + end + "}\n"
		d := draws(t, publish(t, incidentOf(front, ""), "2026-01-28T07:10:00Z")["incidents/x/index.html"])
		if got := strings.Join(d.hours, " "); got != want {
			t.Errorf("until %s: %q, not %q", end, got, want)
		}
	}
}

func TestMoreThanSixServicesLeaveTheRestToTheTable(t *testing.T) {
	c := incidentOf("impacts:\n  - {components: [s0, s1, s2, s3, s4, s5, s6, s7, s8], status: degraded, start: 2025-07-25 06:00}\n"+
		"  - {components: [s8], status: major, start: 2025-07-25 06:10}\n", "")
	manifest := "components:\n"
	for i := range 9 {
		manifest += fmt.Sprintf("  - {id: s%d, name: Service %d}\n", i, i)
	}
	c = c.with("content/components.yml", manifest)
	out := publish(t, c, "2025-07-25T07:10:00Z")
	d := draws(t, out["incidents/x/index.html"])
	if got, want := strings.Join(d.names, ", "), "Service 0, Service 1, Service 2, Service 3, Service 4, Service 8"; got != want {
		t.Errorf("the lanes are %s, not %s", got, want)
	}
	if !strings.HasPrefix(d.more, "3 more in the table") {
		t.Errorf("below the picture: %q", d.more)
	}
	if small := draws(t, out["index.html"]); strings.Join(small.names, ", ") != "Service 0, Service 8" {
		t.Errorf("the card shows %q, not the two worst", small.names)
	}
}

func TestWhatCameAndWentIsNotDrawnAsIfItHadLasted(t *testing.T) {
	front := "impacts:\n  - {components: [api], status: partial, start: 2025-07-10 07:07, end: 2025-07-16 08:43, downtime: 3h12m}\n"
	page := string(publish(t, incidentOf(front, ""), "2025-07-28T07:10:00Z")["incidents/x/index.html"])
	d := draws(t, []byte(strings.ReplaceAll(page, "\u00a0", " ")))
	if d.lanes[0] != "API: Partial outage, 3 h 12 min in all, 10 July, 07:07 – 16 July, 08:43" {
		t.Errorf("the lane says %q", d.lanes[0])
	}
	if !strings.Contains(page, `<rect class="partial some"`) {
		t.Error("it is drawn as a solid bar")
	}
}

// From right to left the style sheet mirrors the picture, so its positions are the same;
// only names are isolated from each other.
func TestThePictureIsTheSameFromRightToLeft(t *testing.T) {
	c := incidentOf(trouble, threeUpdates)
	english := draws(t, publish(t, c, "2025-07-25T07:10:00Z")["incidents/x/index.html"])
	hebrew := draws(t, publish(t, c.with("content/site.yml", website["content/site.yml"]+"languages: [he]\n"),
		"2025-07-25T07:10:00Z")["incidents/x/index.html"])
	if english.now != hebrew.now || strings.Join(english.dots, " ") != strings.Join(hebrew.dots, " ") {
		t.Errorf("positions differ: %v and %v", english, hebrew)
	}
	if hebrew.names[0] != "\u2066Website\u2069" {
		t.Errorf("the name of a lane is %q", hebrew.names[0])
	}
}

func TestNothingIsDrawnWhereNothingWasHit(t *testing.T) {
	for name, front := range map[string]string{
		"a notice":       "severity: none\nstart: 2025-07-25 06:00\n",
		"nothing harmed": "components: [website]\nstatus: operational\nstart: 2025-07-25 06:00\n",
	} {
		out := publish(t, incidentOf(front, threeUpdates), "2025-07-25T07:10:00Z")
		if draws(t, out["incidents/x/index.html"]) != nil || draws(t, out["index.html"]) != nil {
			t.Errorf("%s is drawn", name)
		}
	}
}
