package render

import "testing"

// A word that is too long is cut where the line ends; signs of East Asia are two columns
// wide. Even where there is no room, one character is written.
func TestWhereALongWordIsCut(t *testing.T) {
	for _, c := range []struct {
		word string
		room int
		want int
	}{
		{"status", 3, 3}, {"status", 5, 5}, {"status", 6, 6}, {"status", 7, 6}, {"status", 1, 1}, {"status", 0, 1},
		{"übergrößen", 1, 2}, {"übergrößen", 2, 3}, {"日本語", 2, 3}, {"日本語", 3, 3}, {"日本語", 4, 6}, {"日本語", 0, 3}, {"", 3, 0},
	} {
		if got := fittingBytes(c.word, c.room); got != c.want {
			t.Errorf("%d bytes of %q fit into %d columns, not %d", c.want, c.word, c.room, got)
		}
	}
}
