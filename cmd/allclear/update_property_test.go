package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// fronts are an incident in each format of front matter, in the short form and as a list,
// and a maintenance window. %s stands for further keys.
var fronts = []struct{ kind, front string }{
	{"incidents", "---\ntitle: X # as customers say\ncomponents: [api]\nregions: [eu]\nstatus: partial\nstart: 2025-07-25 06:00\n---\n"},
	{"incidents", "---\ntitle: X\nimpacts:\n  - components: [api]\n    regions: [eu]\n    status: down\n    start: 2025-07-25 06:00\n" +
		"  - components: all\n    status: degraded\n    start: 2025-07-25 06:10\ntags: [a]\n---\n"},
	{"incidents", "+++\ntitle = \"X\"\nstart = 2025-07-25 06:00\ncomponents = [\"api\", \"web\"]\nstatus = \"down\"\n+++\n"},
	{"incidents", "+++\ntitle = \"X\"\n\n[[impacts]]\ncomponents = [\"api\"]\nregions = [\"eu\", \"us\"]\nstatus = \"down\"\n" +
		"start = 2025-07-25 06:00\n+++\n"},
	{"incidents",
		"{\n  \"title\": \"X\",\n  \"components\": [\"api\"],\n  \"start\": \"2025-07-25 06:00\",\n  \"status\": \"down\"\n}\n\n"},
	{"incidents", "{\n  \"title\": \"X\",\n  \"impacts\": [\n    {\"components\": [\"api\"], \"status\": \"down\", \"start\": " +
		"\"2025-07-25 06:00\"}\n  ]\n}\n\n"},
	{"incidents", "---\ntitle: X\ncomponents: [api, web]\nstatus: down\nstart: 2025-07-25 06:00\nend: 2025-07-25 06:25 # so it was\n---\n"},
	{"incidents", "{\n  \"end\": \"2025-07-25 06:25\",\n  \"title\": \"X\",\n  \"impacts\": [\n" +
		"    {\"components\": [\"api\"], \"status\": \"down\", \"start\": \"2025-07-25 06:00\"}\n  ]\n}\n\n"},
	{"maintenance", "---\ntitle: X\ncomponents: [api, web]\nstart: 2025-07-25 07:00\nduration: 2h\n---\n"},
	{"maintenance", "+++\ntitle = \"X\"\nstart = 2025-07-25 07:00\nend = 2025-07-25 09:00\n\n[[impacts]]\ncomponents = [\"api\"]\n+++\n"},
}

// Random updates of random entries, one after the other: an accepted update leaves a file
// without errors, with one more update (or none), and with the status that was asked for.
// A refused one leaves the file unchanged.
func TestAnAcceptedUpdateIsWhatWasAsked(t *testing.T) {
	accepted, refused := map[string]int{}, 0
	for seed := range 50 {
		r := rand.New(rand.NewPCG(uint64(seed), 14))
		f := newFolder(t)
		os.RemoveAll(filepath.Join(f.dir, "content"))
		f.put("content/site.yml", "title: S\nurl: https://status.acme.test\ntimezone: Europe/Berlin\n")
		f.put("content/components.yml", "regions: [{id: eu, name: Europe}, {id: us, name: America}]\ncomponents:\n"+
			"  - {id: api, name: API, regions: [eu, us]}\n  - {id: web, name: Website}\n")
		front := fronts[seed%len(fronts)]
		name := "content/" + front.kind + "/2025-07-25-x.md"
		body := "## Investigating — 2025-07-25 06:20\n\nA\n"
		if front.kind == "maintenance" {
			body = "## Scheduled — 2025-07-20 06:20\n\nA\n"
		}
		f.put(name, front.front+body)
		at := time.Date(2025, 7, 25, 6, 30, 0, 0, time.UTC)
		for range 14 {
			at = at.Add(time.Duration(1+r.IntN(40)) * time.Minute)
			args := someUpdate(r, front.kind, at)
			before, old := f.look(t, at), read(t, f.dir, name)
			said, ok := ran(append(args, "--source", f.dir)...)
			now := read(t, f.dir, name)
			if !ok {
				refused++
				if now != old {
					t.Fatalf("seed %d: %q was refused, and changed the file: %s", seed, args, said)
				}
				continue
			}
			accepted[args[2]]++
			if fault := f.asAsked(t, before, at, args); fault != "" {
				t.Fatalf("seed %d: %q: %s\n--- before\n%s\n--- after\n%s", seed, args, fault, old, now)
			}
		}
	}
	t.Logf("%v accepted, %d refused", accepted, refused)
	for _, word := range []string{"investigating", "identified", "monitoring", "update", "resolved", "in-progress", "completed",
		"--silent"} {
		if accepted[word] == 0 {
			t.Errorf("%s was never accepted", word)
		}
	}
}

// someUpdate returns random arguments for update.
func someUpdate(r *rand.Rand, kind string, at time.Time) []string {
	word := oneOfThese(r, "investigating", "identified", "monitoring", "update", "resolved", "resolved", "postmortem", "--silent",
		"completed")
	if kind == "maintenance" {
		word = oneOfThese(r, "scheduled", "in-progress", "verifying", "update", "completed", "completed", "canceled", "postmortem",
			"--silent", "resolved")
	}
	args := []string{"update", "2025-07-25-x", word, "--at", at.Format("2006-01-02T15:04Z07:00")}
	if word != "--silent" {
		args = append(args, "-m", "Some text.")
	}
	if works := word == "in-progress" || strings.HasSuffix(word, "ing") || word == "identified"; works && r.IntN(3) > 0 || r.IntN(20) == 0 {
		args = append(args, "--reopen")
	}
	for _, c := range []string{"api", "web", "api@eu", "api@us", "api@all"} {
		if r.IntN(6) == 0 {
			args = append(args, "-c", c+"="+oneOfThese(r, "ok", "degraded", "partial", "major"))
		}
	}
	for _, flag := range [][]string{
		{"--title", "Y: " + at.Format(time.TimeOnly)}, {"--next-update", "+30m"},
		{"--start", at.Add(time.Duration(r.IntN(200)-150) * time.Minute).Format("2006-01-02T15:04Z07:00")},
		{"--end", at.Add(time.Duration(r.IntN(200)-100) * time.Minute).Format("2006-01-02T15:04Z07:00")},
	} {
		if r.IntN(8) == 0 {
			args = append(args, flag...)
		}
	}
	return args
}

func (f folder) look(t *testing.T, at time.Time) snapshot {
	t.Helper()
	v, err := readFlags{source: f.dir, at: at.Format("2006-01-02T15:04Z07:00")}.read()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// asAsked reports how the site differs from what an accepted update asked for.
func (f folder) asAsked(t *testing.T, before snapshot, at time.Time, args []string) string {
	t.Helper()
	after := f.look(t, at)
	if after.problems.HasErrors() {
		return "the file has errors"
	}
	was, is := &before.site.Entries[0], &after.site.Entries[0]
	word, more := args[2], 1
	if word == "--silent" || word == "postmortem" {
		more = 0
	}
	if got := len(is.Updates) - len(was.Updates); got != more {
		return fmt.Sprintf("there are %d updates more", got)
	}
	asked, _ := parseWord(is.Kind, word, nil)
	if phase := is.Phase(at); more == 1 && asked != site.Note && phase != asked && phase != site.Postmortem {
		return fmt.Sprintf("it is %s", phase)
	}
	for minute := 3; minute < 200 && !slices.Contains(args, "--start") && !slices.Contains(args, "--end"); minute += 7 {
		then := at.Add(-time.Duration(minute) * time.Minute)
		for i := range after.site.Components {
			c := &after.site.Components[i]
			for _, r := range (&site.Impact{All: true}).RegionsOf(c) {
				if x, y := entryStatus(was, c, r, then), entryStatus(is, c, r, then); x != y {
					return fmt.Sprintf("%s@%s was %s at %s, and is %s then", c.ID, r, x, then, y)
				}
			}
		}
	}
	for n, a := range args {
		if a != "-c" || asked.Ends() && word != "--silent" {
			continue
		}
		target, status, _ := strings.Cut(args[n+1], "=")
		id, region, _ := strings.Cut(target, "@")
		want, _ := site.ParseStatus(status)
		c := after.site.Component(id)
		regions := (&site.Impact{Components: []site.Ref{{ID: id}}}).RegionsOf(c)
		if region == "eu" || region == "us" {
			regions = []string{region}
		}
		for _, r := range regions {
			// Without a region, a component changes in the regions that the entry affects.
			got := entryStatus(is, c, r, at)
			if region == "" && got == site.Operational && entryStatus(was, c, r, at) == site.Operational && len(regions) > 1 {
				continue
			}
			if said := slices.ContainsFunc(args[:n], func(s string) bool { return strings.HasPrefix(s, target+"=") }); !said &&
				got != want {
				return fmt.Sprintf("%s@%s is %s, not %s", id, r, got, want)
			}
		}
	}
	return ""
}
