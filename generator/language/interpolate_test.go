package language

import "testing"

func TestValuesArePutInPlaceOfNames(t *testing.T) {
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
		{"{other and {n}", map[string]string{"n": "1"}, "{other and 1"},
		{"{{n}}", map[string]string{"n": "1"}, "{1}"},
		{"} {} {n} }{", map[string]string{"n": "1"}, "} {} 1 }{"},
		{"", nil, ""},
	} {
		out, name, rest := upToName(nil, c.text)
		for ; name != ""; out, name, rest = upToName(out, rest) {
			if value, known := c.pairs[name]; known {
				out = append(out, value...)
			} else {
				out = keepName(out, name)
			}
		}
		if got := string(out); got != c.want {
			t.Errorf("%q filled with %q is %q, not %q", c.text, c.pairs, got, c.want)
		}
	}
}
