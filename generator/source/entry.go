package source

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// entryReader reads the front matter of one incident or maintenance window.
type entryReader struct {
	decoder
	f     file
	front value
	entry site.Entry

	repeats bool // the file has the key repeat: it is a series
	series  *site.MaintenanceSeries
}

// readEntry reads one file into s. s.OK is false if its front matter cannot be read;
// then only its mistakes are used.
func readEntry(s *parsedFile, f file, kind site.Kind, slug string, d decoder, links linkTable) {
	d.day = f.likelyDay()
	e := entryReader{decoder: d, f: f}
	e.entry = site.Entry{Kind: kind, Slug: slug, Pos: f.whole()}
	front, start, ok := readFrontMatter(f, d.problems)
	e.front = front
	e.repeats = kind == site.Maintenance && has(front, "repeat")
	if ok {
		e.readKeys()
	}
	b := readBody(f, start, kind, d, links)
	e.entry.Summary, e.entry.Plan, e.entry.Updates, e.entry.Report = b.summary, b.plan, b.updates, b.report
	if ok {
		e.check(b)
	}
	e.entry.FileDate = e.fileDate()
	e.entry.Finalize()
	s.Entry, s.Series, s.Links, s.OK = e.entry, e.series, b.links, ok
}

// keysOf returns the top-level keys that the front matter of a kind may have.
func keysOf(kind site.Kind) []key {
	if kind == site.Maintenance {
		return windowTopKeys
	}
	return incidentTopKeys
}

var (
	shortTopKeys    = shortKeys()
	incidentTopKeys = slices.Concat(entryKeys, incidentKeys, shortTopKeys)
	windowTopKeys   = slices.Concat(entryKeys, maintenanceKeys, shortTopKeys)
)

// shortKeys returns the keys of an impact that may be at the top level in the short
// form. start and end are not among them: there they are the entry's own.
func shortKeys() []key {
	return slices.DeleteFunc(slices.Clone(impactKeys), func(k key) bool { return k.Name == "start" || k.Name == "end" })
}

// readKeys reads all keys of the front matter.
func (e *entryReader) readKeys() {
	keys, foreign := keysOf(site.Incident), maintenanceKeys
	if e.entry.Kind == site.Maintenance {
		keys, foreign = keysOf(site.Maintenance), incidentKeys
	}
	short := shortTopKeys
	for _, p := range e.front.keys {
		switch {
		case known(short, p.name):
		case known(keys, p.name):
			e.readKey(p)
		case known(foreign, p.name):
			e.foreignKey(p)
		default:
			e.unknownKey(p, keys)
		}
	}
	e.readImpacts(short)
}

// foreignKey reports a key of the other kind of entry.
func (e *entryReader) foreignKey(p pair) {
	other := "an incident"
	if e.entry.Kind == site.Incident {
		other = "a maintenance window"
	}
	e.problems.Error(p.pos, "foreign-key", "remove it", "%q is a key of %s", p.name, other)
}

// readKey reads a key of the entry.
func (e *entryReader) readKey(p pair) {
	entry := &e.entry
	switch p.name {
	case "title":
		entry.Title, entry.Pos = e.texts(p), p.value.pos
	case "start", "end":
		e.readTimes(p)
	case "posted":
		entry.Posted = e.moment(p, parseDay)
	case "author":
		entry.Author, _ = e.text(p)
	case "tags":
		for _, tag := range e.list(p) {
			entry.Tags = append(entry.Tags, tag.ID)
		}
	case "draft":
		entry.Draft = e.boolean(p, false)
	case "pinned":
		entry.Pinned = e.boolean(p, false)
	case "next_update":
		entry.NextUpdate = e.time(p)
	case "id":
		entry.ID = e.apiID(p)
	case "source":
		entry.Source, _ = e.text(p)
	case "aliases":
		entry.Aliases = e.aliases(p)
	case "noindex":
		entry.NoIndex = e.boolean(p, true)
	case "severity":
		e.severity(p)
	case "headline":
		entry.Headline = e.texts(p)
	case "auto_complete":
		entry.ManualEnd = !e.boolean(p, true)
	}
}

// readTimes reads start or end, which a series reads in its own way.
func (e *entryReader) readTimes(p pair) {
	switch {
	case e.repeats:
	case p.name == "start":
		e.entry.Start = e.time(p)
	default:
		e.entry.End = e.time(p)
	}
}

// severity reads the severity key.
func (e *entryReader) severity(p pair) {
	word, ok := e.text(p)
	if !ok {
		return
	}
	severity, ok := site.ParseSeverity(word)
	if !ok {
		hint := diag.DidYouMean(word, site.SeverityWords)
		if status, known := severitiesElsewhere[strings.ToLower(strings.TrimSpace(word))]; known {
			hint = "write status: " + status + "; the severity follows from it"
		}
		e.problems.Error(p.value.pos, "unknown-severity", hint, "unknown severity %s", quoted(word))
		return
	}
	e.entry.Severity, e.entry.SeverityPos = severity, p.value.pos
}

// check reports what is missing, and checks the times of a window.
func (e *entryReader) check(b body) {
	if !has(e.front, "title") {
		e.problems.Error(e.f.at(0, e.f.lineEnd(0)), "missing-title", "add a line title: … to the front matter",
			"the %s has no title", e.entry.Kind)
	}
	if e.repeats {
		e.readSeries(b)
	} else if e.entry.Kind == site.Maintenance {
		e.refuseAnnounce()
		e.checkWindow()
	} else if !b.broken && !e.hasNearUpdates(b) && !e.hasTime() {
		e.problems.Error(e.entry.Pos, "no-time", "add start: 2025-07-25 06:40, or an update with its time",
			"nothing says when the incident was")
	}
	e.entry.Unclear = e.entry.Unclear || b.broken
}

// time reads a time of the entry or of one of its impacts.
func (e *entryReader) time(p pair) site.Moment {
	m := e.decoder.time(p)
	e.entry.Unclear = e.entry.Unclear || m.IsZero()
	return m
}

// hasNearUpdates reports lines that look like updates in an incident without updates:
// its text would be a report, and the incident would stay open. That is an error if
// nothing else gives the incident a time (then it returns true), and a warning if
// nothing ends it.
func (e *entryReader) hasNearUpdates(b body) (refused bool) {
	ended := func(i site.Impact) bool { return !i.End.IsZero() }
	refused = len(b.near) > 0 && !e.hasTime()
	over := has(e.front, "end") || len(e.entry.Impacts) > 0 &&
		!slices.ContainsFunc(e.entry.Impacts, func(i site.Impact) bool { return !ended(i) })
	for _, n := range b.near {
		if refused {
			e.problems.Error(n.at, "near-update", n.hint, "%s", n.message)
		} else if !over {
			e.problems.Warn(n.at, "near-update", n.hint, "%s", n.message)
		}
	}
	return refused
}

// hasTime reports whether anything in an incident gives it a time, even one that cannot
// be read.
func (e *entryReader) hasTime() bool {
	if has(e.front, "start") || len(e.entry.Updates) > 0 {
		return true
	}
	impacts, _ := e.front.get("impacts")
	return slices.ContainsFunc(impacts.items, func(v value) bool { return has(v, "start") })
}

// checkWindow checks that a maintenance window has a start and exactly one end, and
// reads its duration.
func (e *entryReader) checkWindow() {
	if !has(e.front, "start") {
		e.problems.Error(e.entry.Pos, "missing-start", "add start: 2025-08-01 02:00", "the maintenance has no start")
	}
	p, short := e.front.get("duration")
	_, long := e.front.get("end")
	switch {
	case short && long:
		e.problems.Error(p.pos, "two-ends", "keep one of the two", `"end" and "duration" both say when the maintenance ends`)
	case short:
		length, ok := e.duration(p)
		if ok && !e.entry.Start.IsZero() {
			e.entry.End = site.Moment{Time: e.entry.Start.Add(length), Pos: p.value.pos}
		}
	case !long:
		e.problems.Error(e.entry.Pos, "missing-end", "add end: 2025-08-01 03:30 or duration: 90m", "the maintenance has no end")
	}
}

// fileDate returns the day at the start of a window's file name if that is before the
// day on which the window starts: then it is the day on which the file was written.
// Otherwise it returns zero.
func (e *entryReader) fileDate() time.Time {
	start := e.entry.Start.Time
	if e.entry.Kind == site.Incident || start.IsZero() {
		return time.Time{}
	}
	at := slugDate(e.entry.Slug, e.zone)
	if at.IsZero() || e.entry.Slug[:len(time.DateOnly)] >= start.In(e.zone).Format(time.DateOnly) {
		return time.Time{}
	}
	return at
}
