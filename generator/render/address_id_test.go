package render_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// Clients of Statuspage make an entry's address from its id in the API, however old an
// entry is that the API lists.
func TestAnEntryIsFoundByItsIDInTheAPI(t *testing.T) {
	for _, at := range []string{resolved, "2035-01-01T00:00:00Z"} {
		isFoundByID(t, publish(t, little, at))
	}
}

func isFoundByID(t *testing.T, out output) {
	t.Helper()
	found := 0
	for file, list := range map[string]string{"incidents": "incidents", "scheduled-maintenances": "scheduled_maintenances"} {
		for _, e := range objects(t, decode(t, out["api/v2/"+file+".json"])[list]) {
			found++
			id, page := e["id"].(string), strings.TrimPrefix(e["shortlink"].(string), address+"/")
			if !strings.Contains(string(out["incidents/"+id+"/index.html"]), `url=../../`+page+`index.html"`) {
				t.Errorf("incidents/%s/ does not lead to %s", id, page)
			}
			var alone map[string]any
			if err := json.Unmarshal(out["incidents/"+id+".json"], &alone); err != nil || !reflect.DeepEqual(alone, e) {
				t.Errorf("incidents/%s.json is %v, in the list %v", id, alone, e)
			}
			if strings.Contains(string(out["sitemap.xml"]), id) {
				t.Errorf("the sitemap names incidents/%s/, which is a mere redirection", id)
			}
		}
	}
	if found < 4 {
		t.Errorf("only %d entries are listed", found)
	}
}

// Entries that are in no list of the API have an address by id for a year.
func TestAnOldEntryThatIsNotListedIsNotFoundByItsID(t *testing.T) {
	many := little
	begin := time.Date(2024, 7, 29, 12, 0, 0, 0, time.UTC)
	for i := range 60 {
		name := "content/incidents/" + begin.AddDate(0, 0, i*3).Format(time.DateOnly) + ".md"
		many = many.with(name, "---\ntitle: Number "+begin.AddDate(0, 0, i*3).Format(time.DateOnly)+"\n---\n## Resolved — "+
			begin.AddDate(0, 0, i*3).Format("2006-01-02 15:04")+"\n")
	}
	for at, want := range map[string]bool{"2025-07-29T12:00:00Z": true, "2025-07-29T12:00:01Z": false} {
		out := publish(t, many, at)
		files, pages := 0, 0
		for path, data := range out {
			if id, found := strings.CutSuffix(path, ".json"); found && strings.HasPrefix(path, "incidents/") &&
				strings.Contains(string(data), `"name":"Number 2024-07-29"`) {
				files++
				pages += min(1, len(out[id+"/index.html"]))
			}
		}
		if found := files == 1 && pages == 1; found != want {
			t.Errorf("at %s it is found: %t", at, found)
		}
	}
}

// An entry whose alias is its own address by id is found there for ever; in any other
// way that changes nothing.
func TestAnAliasKeepsTheAddressByIDForEver(t *testing.T) {
	many := little
	begin := time.Date(2024, 7, 29, 12, 0, 0, 0, time.UTC)
	for i := range 60 {
		day := begin.AddDate(0, 0, i*3)
		many = many.with("content/incidents/"+day.Format(time.DateOnly)+".md", "---\ntitle: Number "+day.Format(time.DateOnly)+
			"\n---\n## Resolved — "+day.Format("2006-01-02 15:04")+"\n")
	}
	const oldest, early, late = "content/incidents/2024-07-29.md", "2025-07-29T12:00:00Z", "2026-11-27T12:00:00Z"
	address := "incidents/" + site.DerivedID("incident", "2024-07-29") + "/index.html"
	kept := many.with(oldest, strings.Replace(many[oldest], "\n---\n##", "\naliases: [/"+address+"]\n---\n##", 1))
	if got := publish(t, many, late); got[address] != nil {
		t.Error("it is found without the alias")
	}
	before, after := publish(t, many, early), publish(t, kept, early)
	if before[address] == nil || string(before[address]) != string(after[address]) ||
		len(before) != len(after)-1 || after["_redirects"] == nil {
		t.Errorf("the alias changes more than it should: %d files, %d before", len(after), len(before))
	}
	if got := publish(t, kept, late); string(got[address]) != string(before[address]) {
		t.Errorf("it is not found for ever: %s", got[address])
	}
}

// A slug wins over a derived id, and the operator's own file over both.
func TestAnIDThatIsASlugLeadsNowhereElse(t *testing.T) {
	id := objects(t, decode(t, publish(t, little, resolved)["api/v2/incidents.json"])["incidents"])[0]["id"].(string)
	out := publish(t, little.with("content/incidents/"+id+".md", "---\ntitle: An odd name\n---\n## Resolved — 2025-07-02 10:00\n"),
		resolved)
	if page := string(out["incidents/"+id+"/index.html"]); !strings.Contains(page, "<h1>An odd name") ||
		strings.Contains(page, "http-equiv=\"refresh\"") {
		t.Error("the page of the slug is gone")
	}
	if !strings.Contains(string(out["incidents/"+id+".json"]), "Errors & slow answers") {
		t.Error("what the API says of the id is not there")
	}
	if !strings.Contains(string(out["sitemap.xml"]), "incidents/"+id+"/") {
		t.Error("the sitemap leaves the page of the slug out")
	}
	out = publish(t, little.with("content/static/incidents/"+id+"/index.html", "my own"), resolved)
	if string(out["incidents/"+id+"/index.html"]) != "my own" {
		t.Error("the operator's file is gone")
	}
}

// Nobody learns of a window before it is announced, by its id neither.
func TestAWindowThatIsNotAnnouncedHasNoAddressByID(t *testing.T) {
	site := little.with("content/maintenance/secret.md", "---\ntitle: Secret\nid: abc123def456\nposted: 2025-07-28 08:00\n"+
		"start: 2025-08-02 02:00\nend: 2025-08-02 03:00\ncomponents: [api]\n---\nText.\n")
	for at, announced := range map[string]bool{incident: false, maintenance: true} {
		found := false
		for name := range publish(t, site, at) {
			found = found || strings.Contains(name, "abc123def456")
		}
		if found != announced {
			t.Errorf("at %s there is an address by id: %t", at, found)
		}
	}
}
