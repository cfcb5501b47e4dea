package main

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// recipe is the start and the expected result of a section of docs/cookbook.md.
type recipe struct {
	path   string // of the file that the section shows
	before string // a shell script to run before the section
	editor string // a sed script that $EDITOR applies to the file
	says   string // regular expression for the output of allclear status afterwards
	file   string // regular expression for the entry's file afterwards
}

const (
	saving  = `allclear new incident "Errors when saving" -c website --status partial --start -10m --at -170m -m "We see errors."`
	over    = saving + ` && allclear update resolved --at -90m -m "All is well."`
	api     = `allclear new incident "API errors" -c api --region eu --status partial --start -10m --at -170m -m "We see errors."`
	upgrade = `allclear new maintenance "Database upgrade" -c website,api --start "tomorrow 02:00" --duration 90m -m "Two short pauses."`
	weekly  = `printf -- '---\ntitle: Weekly restart\nstart: 2026-12-06 03:00\nduration: 20m\nrepeat: {every: week}\nannounce: 14d\n` +
		`components: [website]\n---\nThe website restarts.\n' >content/maintenance/weekly.md`
	late = `allclear new maintenance "Database upgrade" -c website --start -80m --duration 90m --at -100m -m "Two short pauses." --force`
)

var recipes = map[string]recipe{
	"An incident from start to end": {says: "All services are operational",
		file: `(?s)status: degraded_performance.*## Resolved — .*must be entered again\.\n$`},
	"Wrong component": {before: saving, editor: `s/\[website\]/[api]/`, says: "Partial outage: API\n", file: `components: \[api\]`},
	"Wrong start":     {before: saving, says: "Partial outage: Website"},
	"Wrong end": {before: over, says: "All services are operational", file: `
end: `},
	"Wrong status": {before: strings.ReplaceAll(saving, "-c website", "-c api"), says: "Major outage: API",
		file: `status: major_outage`},
	"A typo":                      {before: saving, says: "Errors when saving contacts", file: `title: Errors when saving contacts`},
	"More is affected":            {before: api, says: "Partial outage: API\n", file: `components: \[website, email\]`},
	"Another component after all": {before: saving, says: "Partial outage: API\n", file: `components: \[website\]\n.*\n    end: `},
	"It is back after Resolved":   {before: strings.ReplaceAll(over, "yesterday", "today"), says: "Partial outage: Website"},
	"It came and went": {before: over, editor: `s/^status: partial/&\ndowntime: 12m/`, says: "All services are operational",
		file: `downtime: 12m`},
	"An incident recorded afterwards": {says: "All services are operational", file: `end: .* 07:10\n`},
	"Someone else's trouble":          {says: "All services are operational", file: `severity: none`},
	"A report": {before: over + "; printf '### Cause\\nA disk was full.\\n' > report.md",
		says: "All services are operational", file: `(?s)## Postmortem — .*### Cause`},
	"Maintenance from start to end": {says: "All services are operational", file: `## Scheduled — `},
	"Move or lengthen":              {before: upgrade, says: "04:00–07:00 UTC", file: `start: .* 04:00\n`},
	"Cancel":                        {before: upgrade, says: "All services are operational", file: `## Canceled — `},
	"It runs late":                  {before: late, says: `Maintenance until ([0-9]+ [A-Z][a-z]+, )?[0-9:]+ UTC: Website`},
	"One region after the other":    {says: "All services are operational"},
	"Every week":                    {path: "weekly.md", says: `Weekly restart`},
	"Several nights":                {path: "network.md", says: `(?s)(New network equipment.*){3}`},
	"One night is different": {before: weekly, says: `(?s)MAINTENANCE.*Weekly restart\n    [-0-9]* 03:00`,
		file: `(?s)## Scheduled — .*duration: "?2h.*## Update — `},
	"An announcement":           {says: "All services are operational", file: `components: \[api\]`},
	"A rehearsal":               {says: "All services are operational", file: `draft: true`},
	"Texts prepared in advance": {path: "../templates/api-down.md", says: "Degraded performance: API", file: `title: API requests fail`},
	"Undo": {before: "git init -q . && git add -A && git -c user.name=a -c user.email=a@example.com commit -qm " +
		"start && echo x >>content/site.yml", says: "All services are operational"},
	"Look at another time": {before: over, says: "All services are operational"},
}

// sections returns the level-2 sections of a page, by heading.
func sections(page string) map[string]string {
	found, title, fenced := map[string]string{}, "", false
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if name, ok := strings.CutPrefix(line, "## "); ok && !fenced {
			title = strings.TrimSpace(name)
		}
		found[title] += line
	}
	delete(found, "")
	return found
}

var shellBlock = regexp.MustCompile("(?s)\n```sh\n(.*?)```\n")

// TestTheCookbookWorks runs the commands of each section of docs/cookbook.md in a new
// site with the components of that page. Afterwards the content must have no mistakes.
func TestTheCookbookWorks(t *testing.T) {
	page, err := os.ReadFile("../../docs/cookbook.md")
	if err != nil {
		t.Fatal(err)
	}
	_, components, _ := strings.Cut(string(page), "\n```yaml\n")
	components, _, _ = strings.Cut(components, "```\n")
	cooked := 0
	for title, text := range sections(string(page)) {
		var commands strings.Builder
		for _, block := range shellBlock.FindAllStringSubmatch(text, -1) {
			commands.WriteString(block[1])
		}
		if commands.Len() == 0 {
			continue
		}
		cooked++
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			r, known := recipes[title]
			if !known {
				t.Fatal("the table of recipes does not have it")
			}
			cook(t, r, components, text, commands.String())
		})
	}
	if cooked != len(recipes) {
		t.Errorf("%d recipes were run, and there are %d", cooked, len(recipes))
	}
}

func cook(t *testing.T, r recipe, components, text, commands string) {
	dir := t.TempDir()
	binary := filepath.Dir(program(t))
	sh := func(script string) string {
		cmd := exec.Command("sh", "-ec", script)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PATH="+binary+":"+os.Getenv("PATH"), "EDITOR="+filepath.Join(dir, "editor"))
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s\n%v\n%s", script, err, out)
		}
		return string(out)
	}
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	put("editor", "#!/bin/sh\nsed '"+r.editor+"' \"$1\" >\"$1.new\" && mv \"$1.new\" \"$1\"\n")
	sh(`allclear init --url https://status.acme.com && mkdir content/maintenance content/templates`)
	put("content/components.yml", components)
	ago := func(minutes time.Duration) string {
		return time.Now().UTC().Add(-minutes * time.Minute).Format("15:04")
	}
	in := func(days int) string { return time.Now().UTC().AddDate(0, 0, days).Format(time.DateOnly) }
	today := strings.NewReplacer("06:20", ago(200), "07:05", ago(100), "2026-12-06", in(7), "2026-12-13", in(14), "2026-12-14", in(15),
		"2026-12-20", in(21), "/tmp/rehearsal", "rehearsal")
	if _, file, found := strings.Cut(text, "\n```markdown\n---\n"); found {
		file, _, _ = strings.Cut(file, "```\n")
		if r.path != "" {
			file = today.Replace(file)
		}
		put(filepath.Join("content/maintenance", cmp.Or(r.path, "2026-12-05-network.md")), "---\n"+file)
	}
	if r.before != "" {
		sh(today.Replace(r.before))
	}
	commands = today.Replace(commands)
	commands = regexp.MustCompile(`(?m)^allclear status.*$`).ReplaceAllString(commands, "$0 || [ $$? = 3 ]")
	out := sh(commands + "\nallclear check --strict")
	status := sh("allclear status || [ $? = 3 ]")
	if !regexp.MustCompile(r.says).MatchString(status) {
		t.Errorf("it does not end as it should:\n%s\n%s", out, status)
	}
	files := sh("cat content/incidents/*.md content/maintenance/*.md content/announcements/*.md 2>/dev/null || :")
	if !regexp.MustCompile(r.file).MatchString(files) {
		t.Errorf("the file is\n%s", files)
	}
}
