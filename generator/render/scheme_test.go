package render

import (
	"testing"

	"allclear/generator/site"
)

// Every kind of media query on the visitor's preference is answered by the operator, and
// dark pages are printed on white paper.
func TestAStyleSheetInAChosenScheme(t *testing.T) {
	for query, want := range map[string][2]string{ // in a light scheme, in a dark one
		"@media(prefers-color-scheme:dark){":             {"@media (max-width:0){", "@media screen and (min-width:0){"},
		"@media (prefers-color-scheme: light){":          {"@media screen and (min-width:0){", "@media (max-width:0){"},
		"@media screen and (prefers-color-scheme:dark){": {"@media screen and (max-width:0){", "@media screen and (min-width:0){"},
		"@media(min-width:9px) and (prefers-color-scheme:dark){": {"@media (min-width:9px) and (max-width:0){",
			"@media screen and (min-width:9px) and (min-width:0){"},
		"@media print,(prefers-color-scheme:dark){": {"@media print,(max-width:0){", "@media print,screen and (min-width:0){"},
		"@media print{a{color:red}}@media(prefers-color-scheme:dark){": {"@media print{a{color:red}}@media (max-width:0){",
			"@media print{a{color:red}}@media screen and (min-width:0){"},
	} {
		for i, scheme := range []site.Scheme{site.SchemeLight, site.SchemeDark} {
			end := "@media not print{:root{color-scheme:" + site.Schemes[scheme] + "}}"
			if got := inScheme(query, scheme); got != want[i]+end {
				t.Errorf("%s, %s: %s", query, site.Schemes[scheme], got)
			}
		}
	}
}
