package render

import "testing"

func TestFillPutsValuesInPlaceOfNames(t *testing.T) {
	for _, c := range []struct {
		text  string
		pairs []string
		want  string
	}{
		{"all is well", []string{"n", "1"}, "all is well"},
		{"{n} of {m}", []string{"n", "1", "m", "2"}, "1 of 2"},
		{"{n}{n}", []string{"n", "1"}, "11"},
		{"{who} says {what}", []string{"who", "{what}", "what", "{who}"}, "{what} says {who}"},
		{"{other} and {n", []string{"n", "1"}, "{other} and {n"},
		{"{{n}}", []string{"n", "1"}, "{1}"},
		{"", nil, ""},
	} {
		if got := fill(c.text, c.pairs); got != c.want {
			t.Errorf("%q filled with %q is %q, not %q", c.text, c.pairs, got, c.want)
		}
	}
}
