package alerts

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// issueDecider is the state of decideIssue.
type issueDecider struct {
	decider
	issue *Issue
	time  time.Time
}

// decideIssue returns what an event of an issue changes.
func decideIssue(e Event, s *site.Site, now time.Time, words Words) Decision {
	d := issueDecider{decider: decider{event: e, site: s, now: now.Truncate(time.Second), words: words, ruling: ruling{s, e.Kind}},
		issue: e.Issue}
	d.find()
	for _, text := range e.Issue.At.unreadable {
		d.note("%s; the time of arrival is used", text)
	}
	d.time = d.own(e.Issue.At.Start, "was")
	switch e.Issue.Action {
	case "opened":
		d.opened()
	case "edited":
		d.edited()
	case "commented":
		d.commented()
	case "closed":
		d.closed()
	case "reopened":
		d.reopened()
	}
	return d.Decision
}

func (d *issueDecider) refuse(err error) { d.Refused = append(d.Refused, err) }

// opened opens an incident.
func (d *issueDecider) opened() {
	if e := d.either(); e != nil {
		d.note("nothing changes: %s is the incident of this issue already", e.Slug)
		return
	}
	m, err := d.meaning()
	if err == nil {
		err = checkText(d.site, m.message)
	}
	if err != nil {
		d.refuse(err)
		return
	}
	m.alert.Start = d.time
	d.New = d.newEntry(d.time, []meaning{m})
	for _, heading := range d.issue.LeftOut {
		d.detail("not published: what the issue says below the heading %s, which is no field of the form", quoted(heading))
	}
	d.note("opened: issue %s", d.issue.Number)
}

// edited opens the incident if it could not be opened before: somebody has corrected the
// issue. What is published already stays.
func (d *issueDecider) edited() {
	switch {
	case d.either() != nil:
		d.note("nothing changes: the issue was edited, and what is published stays. To change it: edit %s", d.either().Pos.File)
	case d.issue.Closed || !d.trusted(d.issue.Opened):
		d.note("nothing changes: the issue was edited, and is closed or more than 24 hours old")
	default:
		d.opened()
	}
}

// either returns the open incident of the issue, or else the last one.
func (d *issueDecider) either() *site.Entry {
	if d.open != nil {
		return d.open
	}
	return d.last
}

// meaning returns what the form says.
func (d *issueDecider) meaning() (meaning, error) {
	i := d.issue
	m := meaning{rule: &site.AlertRule{}, title: i.Title, message: i.Message}
	if m.title == "" {
		return m, errorf("give the issue a title", "the issue has no title")
	}
	for _, field := range []struct {
		key   string
		words []string
		ids   *[]string
	}{{"component", i.Components, &m.components}, {"region", i.Regions, &m.regions}} {
		for _, word := range field.words {
			ids, err := d.ruling.findChoice(field.key, word, "issue "+i.Number)
			if err != nil {
				return m, err
			}
			*field.ids = addNew(*field.ids, ids)
		}
	}
	if slices.Contains(m.components, "all") {
		m.components = []string{"all"}
	}
	if slices.Contains(m.regions, "all") {
		m.regions = nil
	}
	if word := strings.ToLower(i.Status); len(m.components) == 0 && slices.Contains([]string{"", "none", "notice"}, word) {
		return m, nil // an incident that affects none
	}
	if len(m.components) == 0 {
		return m, errorf("known: "+site.JoinNames(d.site.ComponentNames()), "issue %s: the field Components is empty", i.Number)
	}
	if err := d.ruling.checkRegions(m); err != nil {
		return m, err
	}
	var err error
	m.status, err = incidentStatus(i.Status, "issue "+i.Number)
	return m, err
}

// checkText returns an error if a person's text cannot be that of an update.
func checkText(s *site.Site, text string) error {
	if problem := source.CheckText(text, site.Incident, false, s.Languages); problem != nil && !problem.Empty {
		return errorf(problem.Hint, "%s; nothing was written", problem.Message)
	}
	return nil
}

// commented adds an update if a comment begins with a word for it, such as identified:.
func (d *issueDecider) commented() {
	word, text, found := strings.Cut(d.issue.Comment, ":")
	status, known := source.ParseUpdateStatus(site.Incident, word, d.site.Languages)
	if !found || !known || strings.Contains(word, "\n") {
		d.note("nothing changes: the comment does not begin with investigating:, identified:, monitoring:, update: or resolved:")
		return
	}
	d.add(status, strings.TrimSpace(text))
}

// closed resolves the incident.
func (d *issueDecider) closed() { d.add(site.Resolved, "") }

// reopened reopens the incident.
func (d *issueDecider) reopened() {
	if d.open == nil {
		d.add(site.Investigating, "")
		return
	}
	d.note("nothing changes: %s is open already", d.open.Slug)
}

// add adds an update to the incident of the issue.
func (d *issueDecider) add(status site.UpdateStatus, text string) {
	e := d.either()
	switch {
	case e == nil && d.overtakes():
		d.openLate(status, text)
		return
	case e == nil:
		d.note("nothing changes: no incident was opened for issue %s", d.issue.Number)
		return
	case slices.ContainsFunc(e.Updates, func(u site.Update) bool {
		return u.Status == status && (u.Time.Equal(d.time) || u.Time.Equal(d.time.Add(time.Second)))
	}):
		d.note("nothing changes: %s has this update already", e.Slug)
		return
	case e == d.last && status == site.Resolved:
		d.note("nothing changes: %s is over already", e.Slug)
		return
	}
	if err := checkText(d.site, text); err != nil {
		d.refuse(err)
		return
	}
	if begin := e.Begin(); !d.time.After(begin) {
		d.time = begin.Add(time.Second)
	}
	d.Entry, d.Updates = e, []source.Update{{Time: d.time, Status: status, Text: text}}
	d.note("updated: issue %s", d.issue.Number)
}

// overtaking is how long after its opening a comment on an issue, or its closing, may be
// read first: the runs of a workflow start in any order.
const overtaking = 15 * time.Minute

// overtakes reports whether the event may have been read before the opening of its issue.
func (d *issueDecider) overtakes() bool {
	return !d.issue.Opened.IsZero() && d.time.Sub(d.issue.Opened) <= overtaking && !d.issue.Opened.After(d.time)
}

// openLate opens the incident of an issue and adds the update of the event. If the issue
// cannot be used, it leaves that to the opening, which says why.
func (d *issueDecider) openLate(status site.UpdateStatus, text string) {
	event := d.time
	if d.time = d.own(d.issue.Opened, "was opened"); !event.After(d.time) {
		event = d.time.Add(time.Second)
	}
	d.opened()
	if d.New == nil {
		d.Refused = nil
		d.note("nothing changes: no incident was opened for issue %s", d.issue.Number)
		return
	}
	if err := checkText(d.site, text); err != nil {
		d.refuse(err)
		return
	}
	d.Updates = []source.Update{{Time: event, Status: status, Text: text}}
}
