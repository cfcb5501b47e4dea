package diag

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// DidYouMean returns the hint for an unknown name: the nearest known name if there is one
// (see Nearest), else the first known names.
func DidYouMean(got string, known []string) string {
	if near := Nearest(got, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	switch {
	case len(known) == 0:
		return ""
	case len(known) <= 12:
		return "known: " + strings.Join(known, ", ")
	default:
		return fmt.Sprintf("known: %s and %d more", strings.Join(known[:10], ", "), len(known)-10)
	}
}

// Nearest returns the known name with the smallest distance to got, ignoring case. The
// distance counts inserted, deleted, replaced and swapped characters. It returns "" if the
// distance to all of them is more than a third of got's length, or more than 1 for short
// names.
func Nearest(got string, known []string) string {
	got = strings.ToLower(got)
	if len(got) > 100 {
		return ""
	}
	best, fewest := "", max(1, len([]rune(got))/3)+1
	word := []rune(got)
	for _, name := range known {
		if utf8.RuneCountInString(name) >= len(word)+fewest || len(word) >= utf8.RuneCountInString(name)+fewest {
			continue // the lengths differ too much
		}
		if d := distance(word, []rune(strings.ToLower(name))); d < fewest {
			best, fewest = name, d
		}
	}
	return best
}

// distance returns the optimal string alignment distance of a and b.
func distance(a, b []rune) int {
	var before []int
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
