package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// writer writes one entry with its own random numbers.
type writer struct {
	*rand.Rand
	text strings.Builder
}

func (w *writer) chance(p float64) bool { return w.Float64() < p }

func (w *writer) pick(list []string) string { return list[w.IntN(len(list))] }

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.text, format+"\n", args...) }

const clock = "2006-01-02 15:04 UTC"

func (w *writer) at(t time.Time) string { return t.UTC().Format(clock) }

// between returns a random duration of whole minutes.
func (w *writer) between(least, most int) time.Duration {
	return time.Duration(least+w.IntN(most-least)) * time.Minute
}

// incident writes an incident with four updates, or with two if it is open.
func (w *writer) incident(begin time.Time, open bool) {
	length := w.between(15, 360)
	end := begin.Add(length)
	w.line("---\ntitle: %s %s", w.pick(troubles), w.pick(places))
	w.impacts(begin, end, open)
	if w.chance(0.3) {
		two := w.Perm(len(tags))
		w.line("tags: [%s, %s]", tags[two[0]], tags[two[1]])
	}
	if open {
		w.line("next_update: %s", w.at(Now.Add(15*time.Minute)))
	}
	w.line("---\n%s %s", w.sentence(), w.sentence())
	w.update("Investigating", begin.Add(4*time.Minute))
	w.line("%s", w.paragraph(3))
	w.update("Identified", begin.Add(length/4).Truncate(time.Minute).Add(5*time.Minute))
	w.line("%s", w.paragraph(2))
	w.list()
	if open {
		return
	}
	w.update("Monitoring", begin.Add(length*3/4).Truncate(time.Minute).Add(6*time.Minute))
	w.line("%s", w.paragraph(2))
	if w.chance(0.5) {
		w.table()
	} else {
		w.code()
	}
	w.update("Resolved", begin.Add(length).Add(7*time.Minute))
	w.line("%s", w.paragraph(2))
	if w.chance(0.1) {
		w.update("Postmortem", end.Add(w.between(1000, 20000)))
		w.report()
	}
}

// retrospect writes an incident that has only a report.
func (w *writer) retrospect(begin time.Time) {
	end := begin.Add(w.between(30, 2000))
	w.line("---\ntitle: %s %s, explained", w.pick(troubles), w.pick(places))
	w.impacts(begin, end, false)
	w.line("posted: %s\nauthor: the platform team", w.at(end.Add(w.between(600, 9000))))
	w.line("---")
	w.report()
}

func (w *writer) report() {
	for _, part := range []string{"Summary", "Root cause", "What we change"} {
		w.line("\n### %s\n\n%s\n\n%s", part, w.paragraph(3), w.paragraph(2))
	}
	w.list()
	w.table()
}

type stage int

const (
	over stage = iota
	underWay
	announced
)

// window writes a maintenance window.
func (w *writer) window(begin time.Time, s stage) {
	length := w.between(60, 240)
	w.line("---\ntitle: Planned work on %s\nstart: %s\nend: %s", w.pick(places), w.at(begin), w.at(begin.Add(length)))
	w.line("impacts:")
	for _, c := range w.Perm(groups * componentsInGroup)[:3] {
		w.line("  - {components: [%s], label: Restarting, eta: %s}", component(c), w.at(begin.Add(length/2)))
	}
	w.line("---\n%s\n\n## Plan\n- [x] **Checks** %s\n- [%s] **Schema changes** 3 of 7 done.\n- [ ] **Ramp up** Over five minutes.",
		w.paragraph(3), w.sentence(), map[bool]string{true: " ", false: "x"}[s == announced])
	w.update("Scheduled", begin.Add(-5*24*time.Hour))
	w.line("%s", w.paragraph(3))
	if s == announced {
		return
	}
	w.update("In progress", begin.Add(2*time.Minute))
	w.line("%s", w.paragraph(2))
	if s == underWay {
		return
	}
	w.update("Verifying", begin.Add(length-10*time.Minute))
	w.line("%s", w.paragraph(2))
	w.list()
	w.update("Completed", begin.Add(length-3*time.Minute))
	w.line("%s", w.paragraph(1))
}

// impacts are one in the short form, or two or three with windows of their own.
func (w *writer) impacts(begin, end time.Time, open bool) {
	order := w.Perm(groups * componentsInGroup)
	if w.chance(0.4) {
		w.line("components: [%s]\nstatus: %s", component(order[0]), w.pick(statuses))
		if !open {
			w.line("start: %s\nend: %s", w.at(begin), w.at(end))
		}
		return
	}
	w.line("impacts:")
	for i := range 2 + w.IntN(2) {
		first, second := order[2*i], order[2*i+1]
		w.line("  - components: [%s, %s]\n    status: %s\n    start: %s", component(first), component(second), w.pick(statuses),
			w.at(begin.Add(time.Duration(i)*time.Minute)))
		if !open {
			w.line("    end: %s", w.at(end.Add(-time.Duration(i)*2*time.Minute)))
		}
		if regional(first) && regional(second) && w.chance(0.6) {
			w.line("    regions: [%s]", w.pick(regions))
		}
		if w.chance(0.2) {
			w.line("    note: %s", w.pick(notes))
		}
		if !open && w.chance(0.15) {
			w.line("    downtime: 8m")
		}
	}
}

func (w *writer) update(status string, at time.Time) { w.line("\n## %s — %s\n", status, w.at(at)) }
