// Package corpus generates the content of a large status page for benchmarks: any number of
// incidents and maintenance windows over five years, in typical shapes and sizes. The same
// count and seed give the same bytes. All names in it are invented.
package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// From and Now bound the five years. At Now two incidents are open, a window is
// under way and two are announced, however many entries there are.
var (
	From = time.Date(2020, 8, 1, 0, 0, 0, 0, time.UTC)
	Now  = time.Date(2025, 8, 1, 12, 0, 0, 0, time.UTC)
)

const (
	groups            = 8
	componentsInGroup = 5
)

// regions in which half of the components run; the others are global.
var regions = []string{"us", "eu", "apac"}

// Write calls put with each file of a site with n entries: its path from the site's folder
// and its text. It stops at the first error of put and returns it.
func Write(n int, seed uint64, put func(path string, text []byte) error) error {
	if err := put("content/site.yml", []byte(siteFile)); err != nil {
		return err
	}
	if err := put("content/components.yml", []byte(manifest())); err != nil {
		return err
	}
	for i := range n {
		path, text := Entry(i, n, seed)
		if err := put(path, text); err != nil {
			return err
		}
	}
	return nil
}

// Entry returns the path and the text of entry i of n, oldest first. It does not need the
// other entries.
func Entry(i, n int, seed uint64) (path string, text []byte) {
	w := writer{Rand: rand.New(rand.NewPCG(seed, uint64(i)))}
	begin := From.Add(time.Duration(float64(Now.Sub(From)-24*time.Hour) * (float64(i) + 0.5) / float64(n))).Truncate(time.Minute)
	kind, slug := "incidents", begin.Format("2006-01-02")
	switch last := n - 1 - i; {
	case last < 2:
		w.window(Now.Add(time.Duration(20+30*last)*time.Hour), announced)
		kind = "maintenance"
	case last == 2:
		w.window(Now.Add(-40*time.Minute), underWay)
		kind = "maintenance"
	case last < 5:
		begin = Now.Add(-time.Duration(last*25) * time.Minute)
		w.incident(begin, true)
	case w.chance(0.08):
		w.window(begin, over)
		kind = "maintenance"
	case w.chance(0.06):
		w.retrospect(begin)
	default:
		w.incident(begin, false)
	}
	return fmt.Sprintf("content/%s/%d/%s-%06d.md", kind, begin.Year(), slug, i), []byte(w.text.String())
}

// Edited returns an entry's text with a small change, such as a person saves while the
// preview runs.
func Edited(text []byte, n int) []byte {
	return append(text[:len(text):len(text)], fmt.Sprintf("\nOne more thing, noted for the %d. time.\n", n)...)
}

const siteFile = `title: Example Status
url: https://status.example.com
description: Live status, planned maintenance and incident history of Example.
timezone: Europe/Berlin
languages: [en]
homepage: https://www.example.com
support: mailto:support@example.com
uptime:
  show: true
  days: 90
`

func manifest() string {
	var b strings.Builder
	b.WriteString("regions:\n  - {id: us, name: United States}\n  - {id: eu, name: Europe}\n" +
		"  - {id: apac, name: Asia Pacific}\ncomponents:\n")
	for g := range groups {
		fmt.Fprintf(&b, "  - group: %s\n    components:\n", groupNames[g])
		for c := range componentsInGroup {
			fmt.Fprintf(&b, "      - id: %s\n        name: %s %s\n        description: %s of the %s family\n",
				component(g*componentsInGroup+c), groupNames[g], partNames[c], partNames[c], strings.ToLower(groupNames[g]))
			if regional(g*componentsInGroup + c) {
				b.WriteString("        regions: [us, eu, apac]\n")
			}
			if c == 0 {
				b.WriteString("        since: 2021-03-01\n        target: 99.95\n")
			}
		}
	}
	return b.String()
}

func component(i int) string {
	return strings.ToLower(groupNames[i/componentsInGroup] + "-" + partNames[i%componentsInGroup])
}

func regional(i int) bool { return i%2 == 0 }

var (
	groupNames = []string{"Storage", "Compute", "Network", "Identity", "Messaging", "Billing", "Search", "Analytics"}
	partNames  = []string{"API", "Dashboard", "Workers", "Exports", "Webhooks"}
)
