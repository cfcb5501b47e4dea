package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

func text(s string) site.Text { return site.Text{Default: s} }

func namesSite() site.Site {
	return site.Site{
		Regions: []site.Region{{ID: "us", Name: text("United States")},
			{ID: "eu", Name: site.Text{Default: "Europe", Other: map[string]string{"de": "Europa"}}},
			{ID: "apac", Name: text("Asia Pacific")}},
		Groups: []site.Group{{ID: "platform", Name: text("Platform")}},
		Components: []site.Component{
			{ID: "website", Name: text("Website")},
			{ID: "public-api", Name: text("Public API"), Group: "platform", Regions: []site.Ref{{ID: "us"}, {ID: "eu"}}},
			{ID: "email", Name: text("E-mail pipeline"), Regions: []site.Ref{{ID: "us"}, {ID: "eu"}, {ID: "apac"}}},
			{ID: "jobs-1", Name: text("Jobs")},
			{ID: "jobs-2", Name: text("Jobs")},
		},
	}
}

func TestComponentsAndRegionsAreTakenAsPeopleTypeThem(t *testing.T) {
	s := namesSite()
	for typed, want := range map[string]string{
		"website":                          "website",
		"Website":                          "website",
		"PUBLIC-API":                       "public-api",
		"public api":                       "public-api",
		"E-mail":                           "email",
		"e-mail Pipeline":                  "email",
		"email, website":                   "email website",
		"email ,website,":                  "email website",
		"all":                              "all",
		"All":                              "all",
		"all=degraded":                     "all=degraded",
		"email=partial,website=degraded":   "email=partial website=degraded",
		"email, website = degraded":        "email=degraded website=degraded",
		"public-api@eu=major":              "public-api@eu=major",
		"public-api@eu,us=degraded":        "public-api@eu,us=degraded",
		"Public API@Europe, US=down":       "public-api@eu,us=down",
		"public-api@europa=down":           "public-api@eu=down",
		"public-api@eu,email=down":         "public-api@eu=down email=down",
		"public-api@eu,us,email@apac=down": "public-api@eu,us=down email@apac=down",
		"public-api@eu=major,us=x":         `?--component: unknown component "us"; write the region after @: --component public-api@us`,
		"public-api:eu=major": `?--component: unknown component "public-api:eu"; write the region after @: ` +
			`--component public-api@eu`,
		"Public API/Europe":    `?--component: unknown component "Public API/Europe"; write the region after @: --component public-api@eu`,
		"United States":        `?--component: unknown component "United States"; write the region after @: --component public-api@us`,
		"@eu=down":             `?--component: unknown component "eu"; write the region after @: --component public-api@eu`,
		"website:eu":           `?--component: unknown component "website:eu"; did you mean "website"? it is website (Website)`,
		"public-api@all=major": "public-api@*=major",
		"jobs-1":               "jobs-1",
		"Jobs":                 `?--component: "Jobs" matches 2 components; write the id: jobs-1 (Jobs), jobs-2 (Jobs)`,
		"Platform":             "+platform",
		"PLATFORM@eu,us=down":  "+platform@eu,us=down",
		"platform@apac=down":   `?--component: platform does not run in apac; it runs in us, eu`,
		"emial": `?--component: unknown component "emial"; did you mean "email"? it is ` +
			`email (E-mail pipeline)`,
		"mail": `?--component: unknown component "mail"; did you mean "email"? it is ` +
			`email (E-mail pipeline)`,
		"database": `?--component: unknown component "database"; known: website (Website), public-api ` +
			`(Public API), email (E-mail pipeline), jobs-1 (Jobs), jobs-2 (Jobs)`,
		"email=":               `?--component: "email=" has no status after =; write --component email=degraded`,
		"website@eu=down":      `?--component: website has no regions; write website without @eu`,
		"public-api@apac=down": `?--component: public-api does not run in apac; it runs in us, eu`,
		"public-api@mars=down": `?--component: unknown region "mars"; known: us (United States), eu ` +
			`(Europe), apac (Asia Pacific)`,
		"email=partial\x00, website =degraded": "email=partial\x00 website=degraded",
	} {
		list, err := parseTargets(s, []string{typed}, time.Time{})
		got := said(list)
		if err != nil {
			f := err.(exitError)
			got = "?" + strings.TrimSuffix(f.message+"; "+f.hint, "; ")
		}
		if got != want && !strings.HasPrefix(got, want+";") {
			t.Errorf("%q:\n got %s\nwant %s", typed, got, want)
		}
	}
	if ids, err := parseRegions(s, []string{"United States, EU", "eu"}); err != nil || strings.Join(ids, " ") != "us eu" {
		t.Errorf("got %v, %v", ids, err)
	}
	if ids, err := parseRegions(s, []string{"all"}); err != nil || ids != nil {
		t.Errorf("got %v, %v", ids, err)
	}
}

// said formats targets briefly.
func said(list []target) string {
	var words []string
	for _, t := range list {
		word := t.component
		if t.group != "" {
			word = "+" + t.group
		}
		if t.allRegion {
			word += "@*"
		}
		if len(t.regions) > 0 {
			word += "@" + strings.Join(t.regions, ",")
		}
		if t.status != "" {
			word += "=" + t.status
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func TestAnUnknownStatusIsAnsweredWithTheWordsThatMatter(t *testing.T) {
	for word, want := range map[string]string{
		"critical": `did you mean "major"?`, "slow": `did you mean "degraded"?`, "broken": `did you mean "major"?`,
		"donw": `did you mean "down"?`,
		"xyz":  "write degraded, partial or major (down)",
	} {
		_, err := parseStatus("status", word)
		if got := fmt.Sprint(err.(exitError).hint); got != want {
			t.Errorf("%q: got %s, want %s", word, got, want)
		}
	}
}
