package measured

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"time"
)

// commit matches a line of git log with a time and the subject of a commit of Upptime:
// "2026-01-31T23:03:07+00:00 🟩 API is up (200 in 110 ms) [skip ci] [upptime]". Anything may
// stand before the time.
var commit = regexp.MustCompile(
	`(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d))\s+\S+ (.+) (is up|is down|has degraded performance) \(\d+ in ([0-9.]+) ms\)`)

// upptime reads the history of a repository of Upptime, as git log --format='%cI %s' prints
// it, in milliseconds. A site that is down has no response time. Other commits are skipped.
func upptime(data []byte) ([]Series, error) {
	var list []Series
	byName := map[string]int{}
	for _, line := range bytes.Split(data, []byte("\n")) {
		m := commit.FindSubmatch(line)
		if m == nil {
			continue
		}
		at, err := time.Parse(time.RFC3339, string(m[1]))
		value, wrong := strconv.ParseFloat(string(m[4]), 64)
		if err != nil || wrong != nil {
			continue
		}
		if string(m[3]) == "is down" {
			value = math.NaN()
		}
		name := string(m[2])
		i, known := byName[name]
		if !known {
			i = len(list)
			byName[name] = i
			list = append(list, Series{Labels: map[string]string{"name": name}})
		}
		list[i].add(at.Unix(), value)
	}
	if len(list) == 0 {
		return nil, errorf(`print the history with git log --format="%cI %s" -- history/NAME.yml`,
			"no line has a time and a subject such as 🟩 API is up (200 in 110 ms)")
	}
	return list, nil
}
