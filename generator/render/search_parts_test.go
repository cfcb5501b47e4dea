package render

import (
	"fmt"
	"strings"
	"testing"

	"allclear/generator/site"
)

// Parts are filled from the oldest text on, and none is too large unless one text alone is.
func TestWhichTextsArePartsOfTheSearch(t *testing.T) {
	for _, test := range []struct {
		kilobytes []int // of the texts, newest first
		want      string
	}{
		{nil, "[0]"},
		{[]int{1}, "[1]"},
		{[]int{300, 300, 300}, "[1 1 1]"},
		{[]int{300, 50, 300}, "[2 1]"},
		{[]int{500, 1, 500}, "[1 1 1]"},
		{[]int{100, 100, 100, 100, 100}, "[3 2]"},
		{[]int{500}, "[1]"},
	} {
		x := &index{}
		for _, n := range test.kilobytes {
			x.announcements = append(x.announcements, &site.Announcement{Body: site.Prose{Text: strings.Repeat("x", n*1000)}})
		}
		var sizes []int
		for _, part := range x.searchParts() {
			sizes = append(sizes, len(part))
		}
		if got := fmt.Sprint(sizes); got != test.want {
			t.Errorf("texts of %v KB: parts of %s texts, oldest first; want %s", test.kilobytes, got, test.want)
		}
	}
}
