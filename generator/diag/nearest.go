package diag

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// DidYouMean is the hint for a name that is not among the known ones: the
// nearest known name where one is near, else all of them where they are few.
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

// Nearest returns the known name that the fewest edits (insert, delete,
// replace, swap of neighbours) turn got into, or "" where none is near enough
// to be what was meant: a third of the name's length, and at least one edit.
func Nearest(got string, known []string) string {
	got = strings.ToLower(got)
	if len(got) > 100 {
		return ""
	}
	best, fewest := "", max(1, len([]rune(got))/3)+1
	word := []rune(got)
	for _, name := range known {
		if utf8.RuneCountInString(name) >= len(word)+fewest || len(word) >= utf8.RuneCountInString(name)+fewest {
			continue // the difference in length alone is too much
		}
		if d := distance(word, []rune(strings.ToLower(name))); d < fewest {
			best, fewest = name, d
		}
	}
	return best
}

// distance is the optimal string alignment distance.
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
