package measured

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// sample matches a line of OpenMetrics: a name, perhaps labels, a value, perhaps a time.
var sample = regexp.MustCompile(`^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?` +
	`[ \t]+(\S+)(?:[ \t]+(-?[0-9.eE+]+))?[ \t]*(?:#.*)?$`)

// label matches one label.
var label = regexp.MustCompile(`([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"`)

// labelEscapes are the escapes in values of labels.
var labelEscapes = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, "\n")

// milliseconds is the number from which a time is one in milliseconds, as in Prometheus'
// older text format; OpenMetrics has seconds.
const milliseconds = 100_000_000_000

// isSample reports whether a line is one of OpenMetrics with a number.
func isSample(line []byte) bool {
	m := sample.FindSubmatch(bytes.TrimSpace(line))
	if m == nil {
		return false
	}
	_, err := strconv.ParseFloat(string(m[3]), 64)
	return err == nil
}

// openMetrics reads OpenMetrics or Prometheus' text format, with a time on each line
// (https://prometheus.io/docs/specs/om/open_metrics_spec/).
func openMetrics(data []byte) ([]Series, error) {
	var list []Series
	byName := map[string]int{}
	for n, line := range bytes.Split(data, []byte("\n")) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		m := sample.FindSubmatch(line)
		if m == nil {
			return nil, errorf("each line is NAME VALUE TIME", "line %d is not OpenMetrics: %.60q", n+1, line)
		}
		value, err := strconv.ParseFloat(string(m[3]), 64)
		if err != nil && !math.IsInf(value, 0) {
			return nil, errorf("each line is NAME VALUE TIME", "line %d has no number: %.40q", n+1, m[3])
		}
		seconds, err := strconv.ParseFloat(string(m[4]), 64)
		if err != nil {
			return nil, errorf("add the time to each line, or send what Prometheus answers to query_range", "line %d has no time", n+1)
		}
		if math.Abs(seconds) >= milliseconds {
			seconds /= 1000
		}
		name := string(m[1]) + string(m[2])
		i, known := byName[name]
		if !known {
			i = len(list)
			byName[name] = i
			s := Series{Labels: map[string]string{"name": string(m[1])}}
			for _, one := range label.FindAllSubmatch(m[2], -1) {
				s.Labels[string(one[1])] = labelEscapes.Replace(string(one[2]))
			}
			list = append(list, s)
		}
		list[i].add(int64(math.Floor(seconds)), value)
	}
	return list, nil
}
