package alerts_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// The rules of the random sites.
const randomRules = `rules:
  - match: {severity: critical}
    component: "{{.labels.component}}"
    status: major
    title: "{{.labels.component}} is down"
    %s
  - match: {component: "*"}
    component: "{{.labels.component}}"
    status: degraded
    title: "{{.labels.component}} is slow"
    %[1]s
`

// episode is a time in which a monitor sees trouble.
type episode struct{ start, end time.Time } // a zero end: it goes on

// monitor is a monitor of a random site, and all that it sees.
type monitor struct {
	kind     string
	name     string
	episodes []episode
}

// message is one message of a monitor, about an episode.
type message struct {
	monitor *monitor
	episode
	over bool
}

// at returns when the message is sent at the earliest.
func (m message) at() time.Time {
	if m.over {
		return m.end
	}
	return m.start
}

// payload returns the message as its source writes it.
func (m message) payload() []byte {
	switch stamp := m.at(); m.monitor.kind {
	case "alertmanager": // says when it began and ended
		status, end := "firing", time.Time{}
		if m.over {
			status, end = "resolved", m.end
		}
		return fmt.Appendf(nil, `{"status": %q, "groupLabels": {"alertname": %q}, "alerts": [{"status": %[1]q,
			"labels": {"alertname": %[2]q, "component": "website", "severity": "critical"}, "startsAt": %q, "endsAt": %q}]}`, status,
			m.monitor.name, m.start.Format(time.RFC3339Nano), end.Format(time.RFC3339Nano))
	case "pingdom": // says when its state changed
		state := "DOWN"
		if m.over {
			state = "UP"
		}
		return fmt.Appendf(nil, `{"check_id": %q, "check_name": "x", "current_state": %q, "tags": ["component:email"],
			"state_changed_timestamp": %d}`, m.monitor.name, state, stamp.Unix())
	default: // says no time
		state := "Down"
		if m.over {
			state = "Up"
		}
		return fmt.Appendf(nil, "Status=%s&Name=x&TestID=%s&Tags=component:public-api", state, m.monitor.name)
	}
}

// story is one random story.
type story struct {
	t        *testing.T
	r        *rand.Rand
	w        *world
	monitors []*monitor
	byHand   map[string]bool // incidents in which a person has written, by file
	log      []string
}

const byHand = "A person has written this."

// TestOpenIsExactlyWhatStillFiresOrAPersonKeepsOpen sends random messages of random
// monitors: repeated, late and in the wrong order, while people write. At the end, each
// monitor says once more how things are. Then an incident is open for each monitor that
// sees trouble, unless a person has closed it, and for no other, unless a person keeps it
// open. The site never has an error.
func TestOpenIsExactlyWhatStillFiresOrAPersonKeepsOpen(t *testing.T) {
	const stories = 80
	for seed := range uint64(stories) {
		s := newStory(t, seed)
		now := s.play()
		s.check(now, seed)
	}
}

func newStory(t *testing.T, seed uint64) *story {
	s := &story{t: t, r: rand.New(rand.NewPCG(20, seed)), byHand: map[string]bool{}}
	reopen := "draft: false"
	if s.r.IntN(2) == 0 {
		reopen = "reopen: 20m"
	}
	s.w = newWorld(fmt.Sprintf(randomRules, reopen))
	for i, kind := range []string{"alertmanager", "alertmanager", "pingdom", "statuscake"} {
		m := &monitor{kind: kind, name: fmt.Sprintf("m%d", i)}
		start := at("06:00").Add(time.Duration(s.r.IntN(3600)) * time.Second)
		for range s.r.IntN(4) {
			e := episode{start: start}
			e.end = start.Add(time.Duration(s.r.IntN(3000)) * time.Second)
			start = e.end.Add(time.Duration(1+s.r.IntN(3000)) * time.Second)
			m.episodes = append(m.episodes, e)
		}
		if n := len(m.episodes); n > 0 && s.r.IntN(2) == 0 {
			m.episodes[n-1].end = time.Time{}
		}
		s.monitors = append(s.monitors, m)
	}
	return s
}

// messages returns what a monitor has sent by now.
func (m *monitor) messages(now time.Time) []message {
	var all []message
	for _, e := range m.episodes {
		if !e.start.After(now) {
			all = append(all, message{m, e, false})
		}
		if !e.end.IsZero() && !e.end.After(now) {
			all = append(all, message{m, e, true})
		}
	}
	return all
}

// play sends messages for some hours, then the last one of each monitor. It returns the
// time at the end.
func (s *story) play() time.Time {
	now := at("06:00")
	for range 30 {
		now = now.Add(time.Duration(s.r.IntN(1200)) * time.Second)
		m := s.monitors[s.r.IntN(len(s.monitors))]
		switch sent := m.messages(now); {
		case s.r.IntN(6) == 0:
			s.personWrites(now)
		case len(sent) > 0 && s.r.IntN(3) > 0:
			s.send(now, sent[len(sent)-1])
		case len(sent) > 0:
			s.send(now, sent[s.r.IntN(len(sent))])
		}
	}
	now = now.Add(4 * time.Hour)
	for _, m := range s.monitors {
		if sent := m.messages(now); len(sent) > 0 {
			s.send(now, sent[len(sent)-1])
			before := s.w.files()
			s.send(now.Add(time.Minute), sent[len(sent)-1])
			if after := s.w.files(); after != before {
				s.fail("the same message again changes a byte:\n%s\n%s", before, after)
			}
		}
	}
	return now
}

func (s *story) send(now time.Time, m message) {
	said := s.w.send(s.t, now, m.payload(), "")
	s.log = append(s.log, fmt.Sprintf("%s %s %v, over: %v: %s", now.Format(time.TimeOnly), m.monitor.name, m.episode, m.over, said))
	if strings.Contains(said, "refused") {
		s.fail("refused: %s", said)
	}
}

// personWrites adds an update of a person to an open incident, or resolves it.
func (s *story) personWrites(now time.Time) {
	before, _ := s.w.read(now)
	for i := range before.Entries {
		e := &before.Entries[i]
		if !e.Open(now) || s.r.IntN(2) == 0 || !now.After(e.Begin()) {
			continue
		}
		u := source.Update{Time: now, Status: site.Identified, Text: byHand}
		if s.r.IntN(3) == 0 {
			u.Status = site.Resolved
		}
		data, err := source.Append(s.w.folder[e.Pos.File].Data, &before, e, u)
		if err != nil {
			continue
		}
		s.w.folder[e.Pos.File] = &fstest.MapFile{Data: data}
		s.log = append(s.log, fmt.Sprintf("%s a person: %s %s", now.Format(time.TimeOnly), e.Pos.File, u.Status))
	}
}

// check looks at what is open for each monitor.
func (s *story) check(now time.Time, seed uint64) {
	state, problems := s.w.read(now)
	mustHaveNoErrors(s.t, problems, s.w)
	for _, m := range s.monitors {
		sent := m.messages(now)
		fires := len(sent) > 0 && !sent[len(sent)-1].over
		var open, touched, closed int
		for i := range state.Entries {
			e := &state.Entries[i]
			if !strings.Contains(string(s.w.folder[e.Pos.File].Data), "source: "+m.sourceOf()+"\n") {
				continue
			}
			for _, u := range e.Updates {
				switch {
				case u.Body.Markdown != byHand:
				case u.Status == site.Resolved:
					closed++
				case e.Open(now):
					touched++
				}
			}
			if e.Open(now) {
				open++
			}
			s.checkHand(e, seed)
		}
		switch {
		case open > 1:
			s.fail("seed %d: %s has %d open incidents", seed, m.name, open)
		case fires && open == 0 && closed == 0:
			s.fail("seed %d: %s sees trouble and nothing is open", seed, m.name)
		case !fires && open == 1 && touched == 0:
			s.fail("seed %d: %s sees no trouble, nobody has written, and an incident is open", seed, m.name)
		}
	}
}

// checkHand looks for an incident that a message has resolved although a person had
// written in it since it was opened or reopened.
func (s *story) checkHand(e *site.Entry, seed uint64) {
	hand := false
	for _, u := range e.Updates {
		switch {
		case u.Status == site.Resolved && hand && u.Body.Markdown == words.Recovered:
			s.fail("seed %d: a message resolves %s, in which a person has written", seed, e.Slug)
		case u.Status == site.Investigating, u.Status == site.Resolved:
			hand = false
		case u.Body.Markdown == byHand:
			hand = true
		}
	}
}

// sourceOf returns the source of the monitor's incidents.
func (m *monitor) sourceOf() string {
	events := mustRead(message{monitor: m}.payload())
	return events[0].Source()
}

func (s *story) fail(format string, args ...any) {
	s.t.Helper()
	s.t.Fatalf(format+"\n%s\n%s", append(args, strings.Join(s.log, "\n"), s.w.files())...)
}
