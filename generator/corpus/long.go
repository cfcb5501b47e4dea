package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// WriteLong is Write for another shape of site, that of archives of other programs: long
// texts in every update (4 KB an entry), a fifth of the entries maintenance windows, and
// components without regions, targets and uptime.
func WriteLong(n int, seed uint64, put func(path string, text []byte) error) error {
	settings, _, _ := strings.Cut(siteFile, "uptime:")
	if err := put("content/site.yml", []byte(settings)); err != nil {
		return err
	}
	var list strings.Builder
	list.WriteString("components:\n")
	for g := range groups {
		fmt.Fprintf(&list, "  - group: %s\n    components:\n", groupNames[g])
		for c := range componentsInGroup {
			fmt.Fprintf(&list, "      - id: %s\n        name: %s %s\n", component(g*componentsInGroup+c), groupNames[g], partNames[c])
		}
	}
	if err := put("content/components.yml", []byte(list.String())); err != nil {
		return err
	}
	for i := range n {
		path, text := LongEntry(i, n, seed)
		if err := put(path, text); err != nil {
			return err
		}
	}
	return nil
}

// LongEntry is Entry for a site of WriteLong.
func LongEntry(i, n int, seed uint64) (path string, text []byte) {
	w := writer{Rand: rand.New(rand.NewPCG(seed, uint64(i)))}
	at := From.Add(time.Duration(float64(Now.Sub(From)-24*time.Hour) * (float64(i) + 0.5) / float64(n))).Truncate(time.Minute)
	begin, open := at, i >= n-2
	kind, words := "incidents", []string{"Investigating", "Identified", "Monitoring", "Resolved"}
	window := !open && w.chance(0.2)
	if window {
		kind, words = "maintenance", []string{"In progress", "Update", "Verifying", "Completed"}
	}
	var updates []string
	for k, word := range words {
		if open && word == "Resolved" {
			break
		}
		updates = append(updates, w.longUpdate(word, at, k))
		at = at.Add(w.between(7, 160))
	}
	w.line("---\ntitle: %s %s", w.pick(troubles), w.pick(places))
	w.line("components: [%s, %s]", component(w.IntN(20)), component(20+w.IntN(20)))
	if window {
		w.line("start: %s\nend: %s", w.at(begin), w.at(at))
	} else {
		w.line("status: %s", w.pick(statuses))
	}
	w.line("---")
	for k := len(updates) - 1; k >= 0; k-- {
		w.text.WriteString(updates[k])
	}
	return fmt.Sprintf("content/%s/%d/%s-%06d.md", kind, begin.Year(), begin.Format("2006-01-02"), i), []byte(w.text.String())
}

// longUpdate returns an update of about 1 KB: paragraphs around a list, a block of code or
// a table.
func (w *writer) longUpdate(word string, at time.Time, k int) string {
	one := writer{Rand: w.Rand}
	one.update(word, at)
	one.line("%s", one.paragraph(4))
	[]func(){one.list, one.code, one.table, one.list}[k%4]()
	one.line("\n%s\n\n%s", one.paragraph(4), one.paragraph(3))
	return one.text.String()
}
