package render

import (
	"fmt"
	"strings"
	"time"

	"allclear/generator/site"
)

// progress is how far a maintenance window is, in its plan and in time.
type progress struct {
	Phase        string  // "In progress"
	Started      bool    // whether the window is under way
	Late         bool    // whether its scheduled end has passed
	Schedule     string  // "on schedule"
	Steps        string  // "3 of 7 steps done"
	Healthy      string  // "8 of 12 services healthy"
	Elapsed      string  // what stands before At: "20 min of 1 h 30 min as of "
	ElapsedAfter string  // what stands after At
	At           moment  // when that was so; zero in the first minute
	From         string  // the scheduled start, as RFC 3339 in UTC
	To           string  // the scheduled end, as RFC 3339 in UTC
	Max          int     // the length of the window in seconds
	Value        int     // how many seconds of it are over
	End          moment  // the scheduled end
	Line         runLine // the texts above the bar on the page of the window
	Plan         []step  // the steps of the plan
}

// runLine are the texts above the bar of a window that has begun, and its length once the
// scheduled end has passed.
type runLine struct {
	Begin   string     // the scheduled start
	End     string     // the scheduled end; the present once that has passed
	Planned *stripHour // the scheduled end, once it has passed
	Max     int        // the seconds since the start, once the scheduled end has passed
}

// step is a step of a plan.
type step struct {
	Class string // done, doing or open
	Icon  string // name of the icon
	Word  string // "Done"
	Body  words  // what the step does
	Named bool   // whether the text begins with a name in bold
	Count int    // 3, if the text says "3 of 7", else 0
	Of    int    // 7, if the text says "3 of 7", else 0
}

// progress returns the progress of a maintenance window.
func (v entryView) progress() *progress {
	e := v.entry
	whole := e.Interval(v.now)
	planned := e.End.Sub(whole.Start)
	r := &progress{
		Phase: v.say("word." + e.Phase(v.now).String()), Started: e.Open(v.now),
		From: rfc3339(whole.Start), To: rfc3339(e.End.Time), Max: int(planned / time.Second),
		End: v.clockTime(e.End.Time, v.now),
	}
	if r.Started {
		elapsed := v.now.Sub(whole.Start)
		r.Value = min(r.Max, int(elapsed/time.Second))
		r.Late = !v.now.Before(e.End.Time)
		if elapsed >= time.Minute && !r.Late {
			r.At = v.clockTime(v.now, v.now)
			args := []any{"hour", r.At.hour(), "gone", v.lang.Duration(elapsed.Truncate(time.Minute)), "length", v.lang.Duration(planned)}
			r.Elapsed, r.ElapsedAfter = v.lang.Before("run.elapsed", args...), v.lang.After("run.elapsed", args...)
		}
		r.Schedule = v.say("run.on_schedule")
	}
	r.Line = v.runLine(whole.Start, r.Late)
	r.Plan = v.plan()
	if done := countDone(e); len(r.Plan) > 0 {
		r.Steps = v.say("run.steps", "done", done, "n", len(r.Plan))
	}
	return r
}

// runLine returns the texts above the bar of a window that began at start.
func (v entryView) runLine(start time.Time, late bool) runLine {
	end := v.entry.End.Time
	line := runLine{Begin: v.lang.Isolate(v.shortTime(start, v.now)), End: v.lang.Isolate(v.clockTime(end, start).Text)}
	if !late {
		return line
	}
	gone := v.now.Sub(start)
	x := 100 * float64(end.Sub(start)) / float64(max(gone, 1))
	line.Max = int(gone / time.Second)
	line.Planned = &stripHour{X: percent(x), Text: v.say("run.planned", "time", v.shortTime(end, start))}
	if x > 40 {
		line.Planned.Anchor = "end"
	}
	if line.End = v.lang.Isolate(v.clockTime(v.now, start).Text); x > 80 {
		line.End = ""
	}
	return line
}

// addHealth adds how many services are operational, if the window has begun.
func (v view) addHealth(r *progress) {
	if r != nil && r.Started {
		healthy, total := v.state.Healthy()
		r.Healthy = v.say("run.healthy", "healthy", healthy, "n", total)
	}
}

// plan returns the steps of a window's plan. While the window is open, the first step
// that is not done is under way.
func (v entryView) plan() []step {
	e := v.entry
	if e.Plan == nil {
		return nil
	}
	var steps []step
	doing := e.Open(v.now)
	for i, s := range e.Plan.Steps {
		class := "open"
		switch {
		case s.Done:
			class = "done"
		case doing:
			class, doing = "doing", false
		}
		body := v.prose(s.Body, fmt.Sprintf("%s-step-%d-", e.Slug, i+1))
		steps = append(
			steps,
			step{
				Class: class,
				Icon:  stepIcons[class],
				Word:  v.say("step." + class),
				Body:  body,
				Named: strings.HasPrefix(string(body.HTML), "<p><strong>") || strings.HasPrefix(string(body.HTML), "<strong>"),
				Count: s.Count,
				Of:    s.Of,
			},
		)
	}
	return steps
}

// countDone returns the number of steps that are done.
func countDone(e *site.Entry) int {
	done := 0
	if e.Plan != nil {
		for _, s := range e.Plan.Steps {
			if s.Done {
				done++
			}
		}
	}
	return done
}

// stepIcons maps the class of a step to its icon.
var stepIcons = map[string]string{"done": "ok", "doing": "doing", "open": "open"}
