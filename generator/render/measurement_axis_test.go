package render

import (
	"testing"
	"time"

	"allclear/generator/site"
)

// Numbers of an axis are short: from 100,000 on they have the prefixes of SI.
func TestNumbersOfAnAxisAreShort(t *testing.T) {
	for tag, numbers := range map[string]map[float64]string{
		"en": {
			0: "0", 0.25: "0.25", 12: "12", 1500: "1,500", 99_999: "99,999", 100_000: "100k", 250_000: "250k", 1e6: "1M", 2.5e6: "2.5M",
			1e9: "1G", 3e12: "3T", 4e15: "4P", -250_000: "-250k",
		},
		"de": {0.25: "0,25", 1500: "1.500", 250_000: "250k", 2.5e6: "2,5M"},
	} {
		v := pageView{settings: &settings{site: &site.Site{Zone: time.UTC}}, lang: languageFor(t, tag)}
		for n, want := range numbers {
			if got := v.axisNumber(n); got != want {
				t.Errorf("%s: %v is %q, not %q", tag, n, got, want)
			}
		}
	}
}
