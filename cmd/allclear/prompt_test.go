package main

import (
	"path/filepath"
	"strings"
	"testing"
)

const askedFor = "---\ntitle: Mail is slow\ncomponents: [api]\nstatus: partial_outage\n---\n\n" +
	"## Investigating — 2026-01-02 03:04\n\nWe look into it.\n"

func askedFolder(t *testing.T) folder {
	f := newFolder(t)
	f.put("content/components.yml", "components:\n  - {id: web, name: Website}\n  - {id: api, name: Public API}\n")
	return f
}

func TestOnATerminalWhatIsMissingIsAskedFor(t *testing.T) {
	f := askedFolder(t)
	out, err := f.onTerminal("xterm-256color", []exchange{
		{"What is it about, in a few words?", enter},
		{"a title is needed", "Mail is slow" + enter},
		{"[ ] Public API", down + " " + enter},
		{"major outage", down + enter},
		{"did it begin? (UTC)", enter},
		{"ctrl+j", enter},
		{"a text is needed", "We look into it." + enter},
	}, "new", "incident", "--at", "2026-01-02 03:04")
	f.must(err)
	const name = "content/incidents/2026-01-02-mail-is-slow.md"
	if !strings.Contains(out, name) {
		t.Errorf("the terminal shows\n%s", out)
	}
	if got := read(t, f.dir, name); got != strings.Replace(askedFor, "partial_outage", "partial", 1) {
		t.Errorf("got\n%s", got)
	}
	_, err = f.onTerminal("xterm-256color", []exchange{{"Mail is slow: what should your customers know?", "It is fast again." + enter}},
		"update", "resolved", "--at", "2026-01-02 04:00")
	f.must(err)
	if got := read(t, f.dir, name); !strings.HasSuffix(got, "\n## Resolved — 2026-01-02 04:00\n\nIt is fast again.\n") {
		t.Errorf("got\n%s", got)
	}
}

func TestASimpleTerminalAsksInPlainText(t *testing.T) {
	f := askedFolder(t)
	out, err := f.onTerminal("dumb", []exchange{
		{"What is it about, in a few words?", "Mail is slow" + enter},
		{"Enter a number between 0 and 4", "0" + enter},
		{"choose at least one", "2" + enter},
		{"Enter a number between 0 and 4", "0" + enter},
		{"Enter a number between 1 and 3", "2" + enter},
		{"When did it begin?", "now" + enter},
		{"What should your customers know?", "We look into it." + enter},
	}, "new", "incident", "--at", "2026-01-02 03:04")
	f.must(err)
	if got := read(t, f.dir, "content/incidents/2026-01-02-mail-is-slow.md"); got != strings.Replace(askedFor, "partial_outage", "partial",
		1) {
		t.Errorf("got\n%s\nthe terminal shows\n%s", got, out)
	}
}

func TestAnAnswerThatIsBrokenOffWritesNothing(t *testing.T) {
	for name, talk := range map[string][]exchange{
		"xterm":      {{"What is it", "Mail is" + stop}},
		"xterm-mono": {{"What is it", "Mail is slow" + enter}, {"[ ] Public API", stop}},
		"dumb":       {{"What is it", "Mail is slow" + enter}, {"Enter a number", end}},
	} {
		f := askedFolder(t)
		if out, err := f.onTerminal(name, talk, "new", "incident"); err == nil {
			t.Errorf("%s: it ended well:\n%s", name, out)
		}
		if files, _ := filepath.Glob(filepath.Join(f.dir, "content", "incidents", "*")); len(files) != 1 {
			t.Errorf("%s: %v", name, files)
		}
	}
}

func TestAMaintenanceIsAskedForItsWindow(t *testing.T) {
	f := newFolder(t)
	_, err := f.onTerminal("xterm", []exchange{
		{"When does it start? (UTC)", "tomorrow" + enter},
		{"is a day without a time", strings.Repeat("\b", 8) + "2026-02-03 02:00" + enter},
		{"90m, 2h", "90m" + enter},
	}, "new", "maintenance", "Upgrade", "--component", "web", "-m", "New disks.", "--at", "2026-01-02 03:04")
	f.must(err)
	if got := read(t, f.dir, "content/maintenance/2026-02-03-upgrade.md"); !strings.Contains(got,
		"start: 2026-02-03 02:00\nend: 2026-02-03 03:30\n") {
		t.Errorf("got\n%s", got)
	}
}

const enteredOnce = "---\ntitle: Mail is slow\ncomponents: [api]\nregions: [eu]\nstatus: degraded\nstart: 2026-01-01 23:50\n---\n\n" +
	"## Investigating — 2026-01-02 00:10\n\nWe look into it.\n"

// Pressing Enter on a line chooses it. Regions are asked for if a component has some, and
// 23:50 at ten past midnight means yesterday.
func TestEnterTakesTheLineUnderTheCursor(t *testing.T) {
	f := newFolder(t)
	f.put("content/components.yml", "regions: [{id: us, name: America}, {id: eu, name: Europe}]\ncomponents:\n"+
		"  - {id: web, name: Website}\n  - {id: api, name: Public API, regions: [us, eu]}\n")
	out, err := f.onTerminal("xterm-256color", []exchange{
		{"[ ] Public API", down + enter},
		{"Europe", down + down + enter},
		{"major outage", enter},
		{"When did it begin? (UTC)", "23:50" + enter},
		{"ctrl+j", "We look into it." + enter},
	}, "new", "incident", "Mail is slow", "--at", "2026-01-02 00:10")
	f.must(err)
	if got := read(t, f.dir, "content/incidents/2026-01-01-mail-is-slow.md"); got != enteredOnce {
		t.Errorf("got\n%s\nthe terminal shows\n%s", got, out)
	}
	if !strings.Contains(out, "Public API (Europe): operational → degraded performance") {
		t.Errorf("the terminal shows\n%s", out)
	}
}

func TestANoticeIsALineOfTheList(t *testing.T) {
	f := askedFolder(t)
	out, err := f.onTerminal("xterm-256color", []exchange{
		{"none: this is a notice", down + down + down + enter},
		{"did it begin? (UTC)", enter},
		{"ctrl+j", "Calls may fail." + enter},
	}, "new", "incident", "Trouble elsewhere", "--at", "2026-01-02 03:04")
	f.must(err)
	const want = "---\ntitle: Trouble elsewhere\nseverity: none\n---\n\n## Update — 2026-01-02 03:04\n\nCalls may fail.\n"
	if got := read(t, f.dir, "content/incidents/2026-01-02-trouble-elsewhere.md"); got != want {
		t.Errorf("got\n%s\nthe terminal shows\n%s", got, out)
	}
}

// Two people notice the same outage.
func TestAnOpenIncidentIsOfferedBeforeASecondIsWritten(t *testing.T) {
	f := askedFolder(t)
	f.put("content/incidents/outage.md", "---\ntitle: Outage\ncomponents: [api]\nstatus: down\n---\n"+
		"## Investigating — 2026-01-02 03:00\nA\n")
	args := []string{"new", "incident", "API down", "-c", "api", "--status", "down", "-m", "x", "--at", "2026-01-02 03:04"}
	out, err := f.onTerminal("xterm-256color", []exchange{{"open already: Outage (outage), on Public API", enter}}, args...)
	if err == nil || !strings.Contains(out, "allclear update outage update") {
		t.Errorf("it ended well:\n%s", out)
	}
	if files, _ := filepath.Glob(filepath.Join(f.dir, "content", "incidents", "*api-down*")); len(files) != 0 {
		t.Errorf("%v", files)
	}
	_, err = f.onTerminal("xterm-256color", []exchange{{"open already: Outage (outage), on Public API", down + enter}}, args...)
	f.must(err)
	if files, _ := filepath.Glob(filepath.Join(f.dir, "content", "incidents", "*api-down*")); len(files) != 1 {
		t.Errorf("%v", files)
	}
}

// At three in the morning someone types "update", and only has to answer questions.
func TestUpdateAsksWhichEntryWhichWordWhatChangesAndWhatToSay(t *testing.T) {
	f := askedFolder(t)
	const file = "---\ntitle: Outage\ncomponents: [api]\nstatus: down\n---\n\n## Investigating — 2026-01-02 03:00\n\nA\n"
	f.put("content/incidents/outage.md", file)
	f.put("content/incidents/slow.md", strings.NewReplacer("Outage", "Slow mail", "03:00", "02:00").Replace(file))
	out, err := f.onTerminal("xterm-256color", []exchange{
		{"Slow mail: investigating (slow)", down + enter},
		{"Slow mail: which update?", down + enter},
		{"Which components change?", down + " " + enter},
		{"How are they now?", down + enter},
		{"What should your customers know?", "A disk is full." + enter},
	}, "update", "--at", "2026-01-02 03:04")
	f.must(err)
	got := read(t, f.dir, "content/incidents/slow.md")
	for _, want := range []string{"\n  - components: [web]\n    status: degraded_performance\n    start: 2026-01-02 03:04\n",
		"\n## Identified — 2026-01-02 03:04\n\nA disk is full.\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %q:\n%s\nthe terminal shows\n%s", want, got, out)
		}
	}
	if got := read(t, f.dir, "content/incidents/outage.md"); got != file {
		t.Errorf("the other one was changed:\n%s", got)
	}
}

// Entries that are over are offered too. They are reopened only by an answer that says
// so.
func TestUpdateOffersToOpenAgainWhatIsOver(t *testing.T) {
	f := askedFolder(t)
	const file = "---\ntitle: Outage\ncomponents: [api]\nstatus: down\n---\n\n## Investigating — 2026-01-02 03:00\n\nA\n\n" +
		"## Resolved — 2026-01-02 04:00\n\nB\n"
	f.put("content/incidents/outage.md", file)
	out, err := f.onTerminal("dumb", []exchange{
		{"investigating: reopen it", "3" + enter},
		{"Which components change?", "1" + enter},
		{"Enter a number", "0" + enter},
		{"What should your customers know?", "It is back." + enter},
	}, "update", "--at", "2026-01-02 04:30")
	f.must(err)
	if got := read(t, f.dir, "content/incidents/outage.md"); got != file+"\n## Investigating — 2026-01-02 04:30\n\nIt is back.\n" {
		t.Errorf("got\n%s\nthe terminal shows\n%s", got, out)
	}
	if !strings.Contains(out, "Public API: operational → major outage") {
		t.Errorf("the terminal shows\n%s", out)
	}
}

// If several entries are open, update resolved asks for one.
func TestAWordAloneAsksWhichEntryIsMeant(t *testing.T) {
	f := askedFolder(t)
	const file = "---\ntitle: Outage\ncomponents: [api]\nstatus: down\n---\n\n## Investigating — 2026-01-02 03:00\n\nA\n"
	f.put("content/incidents/outage.md", file)
	f.put("content/incidents/slow.md", strings.ReplaceAll(file, "Outage", "Slow mail"))
	_, err := f.onTerminal("xterm-256color", []exchange{{"Outage: investigating (outage)", enter}}, "update", "resolved", "-m", "Over.",
		"--at", "2026-01-02 03:04")
	f.must(err)
	if got := read(t, f.dir, "content/incidents/outage.md"); !strings.HasSuffix(got, "\n## Resolved — 2026-01-02 03:04\n\nOver.\n") {
		t.Errorf("got\n%s", got)
	}
}
