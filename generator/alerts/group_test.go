package alerts_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"

	"github.com/rogpeppe/go-internal/txtar"
)

// grouped is an alert of a group: where it is and how bad.
type grouped struct {
	region, severity string
	start, end       time.Time
	firing           bool
}

// payload returns what Alertmanager sends about a group: what fires, and what is over
// since the message before.
func payloadOf(group []*grouped, over []grouped) []byte {
	var list []string
	add := func(g grouped) {
		status := "resolved"
		if g.firing {
			status = "firing"
		}
		list = append(list, fmt.Sprintf(
			`{"status": %q, "labels": {"alertname": "A", "region": %q, "severity": %q}, "startsAt": %q, "endsAt": %q}`, status, g.region,
			g.severity, g.start.Format(time.RFC3339), g.end.Format(time.RFC3339)))
	}
	status := "resolved"
	for _, g := range group {
		if g.firing {
			status = "firing"
			add(*g)
		}
	}
	for _, g := range over {
		add(g)
	}
	return fmt.Appendf(nil, `{"version": "4", "status": %q, "groupLabels": {"alertname": "A"}, "alerts": [%s]}`, status,
		strings.Join(list, ","))
}

// TestTheWorstAlertOfAGroupCountsInEachPlaceAndTheLastOneEndsIt lets the alerts of a group
// begin and end at random. After each message, each region has the status of the worst
// alert that fires there, and the incident is open as long as one fires.
func TestTheWorstAlertOfAGroupCountsInEachPlaceAndTheLastOneEndsIt(t *testing.T) {
	const rules = `rules:
  - {match: {severity: critical}, component: public-api, region: "{{.labels.region}}", status: major, title: Down, reopen: 1h}
  - {match: {severity: page}, component: public-api, region: "{{.labels.region}}", status: partial, title: Errors}
  - {match: {severity: "*"}, component: public-api, region: "{{.labels.region}}", status: degraded, title: Slow}
`
	status := map[string]site.Status{"critical": site.MajorOutage, "page": site.PartialOutage, "info": site.DegradedPerformance}
	for seed := range uint64(25) {
		r := rand.New(rand.NewPCG(20, seed))
		var group []*grouped
		for _, region := range []string{"eu", "us"} {
			for severity := range status {
				group = append(group, &grouped{region: region, severity: severity})
			}
		}
		w, now := newWorld(rules), at("06:00")
		for range 15 {
			now = now.Add(time.Duration(60+r.IntN(600)) * time.Second)
			var over []grouped
			for i := range 1 + r.IntN(2) {
				g := group[r.IntN(len(group))]
				at := now.Add(-time.Duration(1+i+r.IntN(30)) * time.Second)
				if g.firing = !g.firing; g.firing {
					g.start, g.end = at, time.Time{}
					continue
				}
				g.end = at
				over = append(over, *g)
			}
			payload := payloadOf(group, over)
			w.send(t, now, payload, "")
			before := w.files()
			w.send(t, now.Add(time.Second), payload, "")
			if after := w.files(); before != after {
				t.Fatalf("seed %d: the same message changes the file:\n%s\n%s\n%s", seed, payload, before, after)
			}
			s, _ := w.read(now.Add(time.Second))
			state := s.At(now.Add(time.Second)).Components[0]
			for i, region := range []string{"eu", "us"} {
				worst := site.Operational
				for _, g := range group {
					if g.firing && g.region == region {
						worst = max(worst, status[g.severity])
					}
				}
				if got := state.Regions[i].Status; got != worst {
					t.Fatalf("seed %d: %s is %s, not %s, after\n%s\n%s", seed, region, got, worst, payload, w.files())
				}
			}
		}
	}
}

// TestTheEndOfAnAlertMayArriveFirst sends the beginning and the end of an alert in both
// orders, for each source whose last message says when it began: the file is the same.
func TestTheEndOfAnAlertMayArriveFirst(t *testing.T) {
	for kind, end := range map[string]int{"grafana": 2, "pagerduty": 4, "opsgenie": 4, "betterstack": 2} {
		archive, err := txtar.ParseFile("testdata/" + kind + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		var files []string
		for _, order := range [][]int{{0, end, 0, end}, {end, 0, end, 0}, {end}} {
			w := newWorld(string(archive.Comment))
			for i, n := range order {
				w.send(t, at("10:50").Add(time.Duration(i)*time.Minute), archive.Files[n].Data, "")
			}
			files = append(files, w.files())
		}
		if files[0] != files[1] || files[0] != files[2] || !strings.Contains(files[0], "## Resolved") {
			t.Errorf("%s: the order matters:\n%s", kind, strings.Join(files, "\n"))
		}
	}
}
