package generator_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// offices is a site of 24 services in three groups, one of which has an outage.
func offices(t *testing.T, tag string) output {
	t.Helper()
	var manifest strings.Builder
	manifest.WriteString("regions: [{id: eu, name: Europe}, {id: us, name: America}]\ncomponents:\n")
	names := []string{"Résumés", "Billing", "Search", "Uploads", "Mail", "Sign-in", "Exports", "Reports"}
	for g := range 3 {
		fmt.Fprintf(&manifest, "- {group: Office %d, id: g%d, components: [", g, g)
		for i, name := range names {
			region := ", regions: [us]"
			if i == 1 {
				region = ", regions: [eu]"
			}
			fmt.Fprintf(&manifest, "{id: c%d-%d, name: %s %d%s}, ", g, i, name, g, region)
		}
		manifest.WriteString("]}\n")
	}
	return siteOf(t, fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: Offices\nurl: https://status.example.com\nlanguages: [" + tag + "]\n")},
		"content/components.yml": {Data: []byte(manifest.String())},
		"content/incidents/2026-11-28-mail.md": {Data: []byte("---\ntitle: No mail\ncomponents: [c1-4]\nstatus: major_outage\n" +
			"start: 2026-11-28 10:00\n---\n\n## Investigating — 2026-11-28 10:05\n\nWe look into it.\n")},
	}, "2026-11-28T10:20:00Z")
}

// types writes into the field that finds services.
func (v *visitor) types(text string) {
	v.Helper()
	v.reads(`(seek => {
		seek.value = "` + text + `"
		seek.dispatchEvent(new Event("input", {bubbles: true}))
	})(document.querySelector("#_seek"))`)
}

func TestAVisitorFindsAServiceInAFoldedGroup(t *testing.T) {
	v := visits(t, hosted(t, offices(t, "en")), "index.html", "2026-11-28T10:21:00Z")
	const folded = `[...document.querySelectorAll(".components details")].map(e => +e.open).join("")`
	before := v.reads(folded)
	if !strings.Contains(before, "0") || !strings.Contains(before, "1") {
		t.Fatalf("the groups are %s: the test needs some that are folded", before)
	}
	v.types("resume") // without the accents and the case of the name
	v.until("the services of that name", seenRows+` == "c0-0,c1-0,c2-0"`)
	v.types("office 1 mail") // what stands in a group's name counts too
	v.until("the service of that group", seenRows+` == "c1-4"`)
	v.types("nonesuch")
	v.until("that there is none", `[...document.querySelectorAll(".none span")].some(e => e.offsetHeight) && `+seenRows+` == ""`)
	v.types("")
	v.until("the groups as they were", folded+` == "`+before+`"`)
	v.calm("index.html")
}

// Groups are unfolded by their own attribute: browsers without ::details-content (Safari
// before 18.4, Firefox before 143) show the content of no folded group.
func TestAChosenServiceShowsInAFoldedGroup(t *testing.T) {
	v := visits(t, hosted(t, offices(t, "en")), "index.html#only=c0-3,c2-5", "2026-11-28T10:21:00Z")
	v.says("Your 2 services are operational")
	v.until("their groups unfolded", `["c0-3", "c2-5"].every(
		id => !document.querySelector("[data-r][data-c=" + id + "]").closest("details:not([open])"))`)
	if rows := v.reads(seenRows); rows != "c0-3,c2-5" {
		t.Errorf("the page shows %s", rows)
	}
}

func TestTheTabFollowsTheChoice(t *testing.T) {
	v := visits(t, hosted(t, offices(t, "en")), "index.html", "2026-11-28T10:21:00Z")
	const icon = `document.querySelector("[rel=icon]").href`
	general := v.reads(`document.title`)
	v.reads(`location.hash = "only=c0-3,c2-5"`)
	v.says("Your 2 services are operational")
	if title := v.reads(`document.title`); title != "Your 2 services are operational · Offices" {
		t.Errorf("the tab says %q", title)
	}
	if green := v.reads(icon); !strings.Contains(green, "0d8a72") {
		t.Errorf("the icon is %s", green)
	}
	if n := v.reads(`document.querySelectorAll("h1:not([role=none])").length`); n != "1" {
		t.Errorf("the page has %s headings of the first level", n)
	}
	if said := v.reads(`getComputedStyle(document.querySelector(".bottom .yours")).display`); said != "inline" {
		t.Errorf("the sentence on times in the footer is %s", said)
	}
	v.reads(`location.hash = "only="`)
	v.says("Major outage: Mail 1")
	if title := v.reads(`document.title`); title != general || !strings.Contains(v.reads(icon), "9c1230") {
		t.Errorf("without a choice the tab says %q", title)
	}
	v.reads(`location.hash = "only=eu"`) // what runs there
	v.says("Your 3 services are operational")
	if rows := v.reads(seenRows); rows != "c0-1,c1-1,c2-1" {
		t.Errorf("in Europe there are %s", rows)
	}
}

func TestAVisitorChoosesFromRightToLeft(t *testing.T) {
	v := visits(t, hosted(t, offices(t, "ar")), "index.html", "2026-11-28T10:21:00Z")
	v.until("the page", `document.dir == "rtl" || document.documentElement.dir == "rtl"`)
	v.clicks("#_mine")
	v.until("each checkbox at the right end of its row", `[...document.querySelectorAll("[data-r]")].every(row => {
		const box = row.querySelector("input").getBoundingClientRect(), whole = row.getBoundingClientRect()
		return box.width > 15 && whole.right - box.right < 40 && whole.right >= box.right
	})`)
	v.until("no sideways scrolling", `document.documentElement.scrollWidth <= innerWidth`)
	v.clicks(`[data-c="c0-0"][data-r]`, `[data-c="c0-1"][data-r]`, "#_choose .main")
	v.says("خدمتاك تعملان")
	v.calm("index.html")
}
