package render_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"allclear/generator/render"
	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

// A page that lists a component says until when that is right. What is gone, or was never
// listed, can be chosen nowhere.
func TestPagesKnowWhenAComponentLeavesThem(t *testing.T) {
	listed := publish(t, comings, comingInstants["listed"])
	if !bytes.Contains(listed["index.html"], []byte(`data-until="2026-06-29T22:00:00Z"`)) {
		t.Error("the home page does not say that it changes when the fax gateway is retired")
	}
	out := publish(t, comings, comingInstants["gone"])
	for _, path := range []string{"index.html", "history/index.html"} {
		for _, id := range []string{"fax", "relay", "old-cluster", "search"} {
			row := path == "index.html" && bytes.Contains(out[path], []byte(`class="row" data-c="`+id+`"`))
			if row || bytes.Contains(out[path], []byte(`value="`+id+`"`)) {
				t.Errorf("%s offers %s", path, id)
			}
		}
	}
	home := string(out["index.html"])
	if strings.Contains(home, "Telephony") {
		t.Error("the home page shows a group without components")
	}
	for _, path := range []string{"components/fax/history.rss", "components/telephony/feed.json", "badges/fax.svg", "badges/telephony.svg",
		"components/old-cluster/history.atom", "components/fax/maintenance.ics"} {
		if len(out[path]) == 0 {
			t.Errorf("%s is gone", path)
		}
	}
	if !strings.Contains(string(out["components/telephony/feed.json"]), "Nobody can send faxes") {
		t.Error("the feed of the group has lost its incidents")
	}
}

// A collapsed group is unfolded only while something in it is wrong.
func TestACollapsedGroupIsFoldedUnlessSomethingIsWrong(t *testing.T) {
	folded := func(at, id string) bool {
		home := string(publish(t, comings, at)["index.html"])
		before, _, found := strings.Cut(home, `id="g-`+id+`"`)
		if !found {
			t.Fatalf("there is no group %s at %s", id, at)
		}
		return !strings.Contains(before[strings.LastIndex(before, "<details"):], " open>")
	}
	if !folded("2026-06-25T10:00:00Z", "telephony") {
		t.Error("it is unfolded, and nothing is wrong")
	}
	if folded("2026-06-25T10:00:00Z", "platform") {
		t.Error("a group that is not collapsed is folded")
	}
	if folded("2026-06-20T10:00:00Z", "telephony") {
		t.Error("it is folded, and something is wrong")
	}
}

// A component that is retired changes the files that show what is listed, and no page of
// an incident that is over. Files of one key have the same bytes.
func TestARetirementRemakesWhatShowsIt(t *testing.T) {
	build := func(at string) map[string]render.File {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		s, problems := source.Read(comings.folder(), source.Options{Cache: &source.Cache{}})
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		files, err := render.Files(&s, themes.Open(nil), render.Options{Now: now, Version: "1.0", Program: site.Hash{1}})
		if err != nil {
			t.Fatal(err)
		}
		byPath := map[string]render.File{}
		for _, f := range files {
			byPath[f.Path] = f
		}
		return byPath
	}
	before, after := build(comingInstants["listed"]), build(comingInstants["gone"])
	key := func(files map[string]render.File, path string) render.Key {
		if f, ok := files[path]; ok && f.Key != nil {
			return f.Key()
		}
		t.Fatalf("%s has no key", path)
		return render.Key{}
	}
	const page = "incidents/2026-06-20-telephony/index.html"
	if key(before, page) != key(after, page) || key(before, page) == (render.Key{}) {
		t.Error("the page of an incident that is over is made again")
	}
	api := "incidents/" + site.DerivedID("incident", "2026-06-20-telephony") + ".json"
	if key(before, api) == key(after, api) {
		t.Error("the API's incident keeps its key, although it shows the component with another group")
	}
	same := 0
	for path, f := range before {
		g, ok := after[path]
		if !ok || f.Key == nil || g.Key == nil || f.Key() == (render.Key{}) || f.Key() != g.Key() {
			continue
		}
		same++
		was, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if is, err := g.Bytes(); err != nil || !bytes.Equal(was, is) {
			t.Errorf("%s: one key, but other bytes (%v)", path, err)
		}
	}
	if same == 0 {
		t.Error("no file keeps its key")
	}
}

// Statuspage's updated_at is the time of a component's last change, which is its retirement.
func TestTheAPISaysWhenAComponentWasRetired(t *testing.T) {
	for at, want := range map[string]string{"2026-06-29T12:00:00Z": "2026-06-20T14:00:00", "2026-07-10T12:00:00Z": "2026-06-29T22:00:00"} {
		var list struct {
			Incidents []struct {
				Components []struct {
					Name    string `json:"name"`
					Updated string `json:"updated_at"`
				} `json:"components"`
			} `json:"incidents"`
		}
		if err := json.Unmarshal(publish(t, comings, at)["api/v2/incidents.json"], &list); err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, incident := range list.Incidents {
			for _, c := range incident.Components {
				if c.Name == "Fax gateway" {
					found++
					if !strings.HasPrefix(c.Updated, want) {
						t.Errorf("at %s, it was updated at %s, not %s", at, c.Updated, want)
					}
				}
			}
		}
		if found == 0 {
			t.Errorf("at %s, no incident names the component", at)
		}
	}
}
