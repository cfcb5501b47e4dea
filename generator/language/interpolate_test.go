package language

import "testing"

func TestInterpolatePutsValuesInPlaceOfNames(t *testing.T) {
	for _, c := range []struct {
		text  string
		pairs map[string]string
		want  string
	}{
		{"all is well", map[string]string{"n": "1"}, "all is well"},
		{"{n} of {m}", map[string]string{"n": "1", "m": "2"}, "1 of 2"},
		{"{n}{n}", map[string]string{"n": "1"}, "11"},
		{"{who} says {what}", map[string]string{"who": "{what}", "what": "{who}"}, "{what} says {who}"},
		{"{other} and {n", map[string]string{"n": "1"}, "{other} and {n"},
		{"{{n}}", map[string]string{"n": "1"}, "{1}"},
		{"", nil, ""},
	} {
		got := interpolate(c.text, func(name string) (string, bool) {
			value, known := c.pairs[name]
			return value, known
		})
		if got != c.want {
			t.Errorf("%q filled with %q is %q, not %q", c.text, c.pairs, got, c.want)
		}
	}
}
