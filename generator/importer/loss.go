package importer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Place is a place in a file: a line, or in JSON a pointer (RFC 6901).
type Place struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Pointer string `json:"pointer,omitempty"`
}

// String returns "file:12" or "file#/incidents/3".
func (p Place) String() string {
	switch {
	case p.File == "":
		return "-"
	case p.Pointer != "":
		return p.File + "#" + p.Pointer
	case p.Line > 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return p.File
}

// Problem is something that keeps a file or an entry from being imported.
type Problem struct {
	Place
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// LossKind says what happened to a field.
type LossKind string

// What can happen to a field.
const (
	Dropped LossKind = "dropped" // it is not in the new site
	Guessed LossKind = "guessed" // the tool does not say it, and the new site has to
	Changed LossKind = "changed" // it is there, but not as it was
)

// Loss is one field that did not come over as it was.
type Loss struct {
	Kind    LossKind `json:"kind"`
	Rule    string   `json:"rule"`
	Field   string   `json:"field"`
	Value   string   `json:"value,omitempty"`
	Message string   `json:"message"`
	Entry   string   `json:"entry,omitempty"` // its path of content
	Source  Place    `json:"source"`
	Written Place    `json:"written"`

	entry *Entry
	mark  string // the written line that has it, as in [document]
}

// rule is a kind of loss: what happened, and the noun for its counts.
type rule struct {
	kind      LossKind
	one, many string
	message   string
}

// rules are all kinds of losses.
var rules = map[string]rule{
	"field": {Dropped, "field", "fields", "Allclear has no place for it"},
	"undated": {Dropped, "update without a time", "updates without a time",
		"it has no time that can be read, and an update needs one: write it into the file by hand"},
	"newest": {Dropped, "list of the newest 50 entries", "lists of the newest 50 entries",
		"the public API answers no more, so older ones are missing: import from the address of the page to have them"},
	"orphan": {Dropped, "update of an unknown entry", "updates of unknown entries",
		"the entry that it belongs to is in none of the files: save that, too"},
	"component-word": {Dropped, "status of a component", "statuses of components", "Allclear knows no such status"},
	"no-group":       {Dropped, "group", "groups", "no group has this name or id, so the component stands outside of groups"},
	"empty-group":    {Dropped, "group without components", "groups without components", "no component is in it"},
	"nested-group":   {Changed, "group in a group", "groups in groups", "groups have one level here, so it stands beside the other"},
	"outside": {Dropped, "status outside of incidents", "statuses outside of incidents",
		"no open incident says so, and here the status of a component follows from incidents: open one with allclear new"},
	"other-page":  {Dropped, "page", "pages", "it is no incident; copy it into content/pages/ if visitors need it"},
	"other-file":  {Dropped, "file", "files", "nothing in it is of the status page"},
	"other-issue": {Dropped, "issue", "issues", "it has neither of the labels status and maintenance, so it is no incident"},
	"language":    {Dropped, "text in another language", "texts in other languages", "names are written in the page's language"},
	"program":     {Dropped, "program", "programs", "it is not run; only plain texts are read from it"},
	"look":        {Dropped, "setting of the old look", "settings of the old look", "the new site has a look of its own"},
	"monitor": {Dropped, "setting of the monitor", "settings of the monitor",
		"Allclear shows what people write, and checks nothing by itself"},
	"hidden-entry": {Dropped, "entry that was not public", "entries that were not public",
		"it was not public, so it is not imported"},
	"secret":       {Dropped, "secret", "secrets", "it is a secret, which never goes into content"},
	"picture":      {Dropped, "picture", "pictures", "its file is not part of the text; put it into content/static/ and link it"},
	"link":         {Dropped, "link", "links", "it leads to no page of the new site, so only its text is kept"},
	"comment":      {Dropped, "comment", "comments", "a comment in the text is not for readers"},
	"script":       {Dropped, "script or style", "scripts and styles", "it is no text for readers"},
	"shortcode":    {Dropped, "shortcode", "shortcodes", "it was filled in by the other tool"},
	"no-component": {Dropped, "component", "components", "no component has this name or id, and none can be made of it"},
	"unaffected": {Dropped, "component that was named and stayed operational", "components that were named and stayed operational",
		"the entry names it, and no update says that it was affected"},
	"old-address": {Dropped, "old address", "old addresses", "the new site cannot have a page at this address"},
	"api-id":      {Dropped, "id", "ids", "another entry has it, or it is not made of letters, digits, - and _, as an id in the API is"},
	"after-end": {Dropped, "status after the end", "statuses after the end",
		"the component changed after the entry was over"},
	"before-start": {Changed, "status before the maintenance", "statuses before their maintenance",
		"the component changed before the work began; a window affects nothing before that"},
	"no-time":       {Dropped, "impact without a time", "impacts without a time", "the entry begins and ends at one instant"},
	"second-report": {Changed, "further report", "further reports", "an entry has one report, so it stands below the first"},

	"impact-status": {Guessed, "impact from `impact`", "impacts from `impact`",
		"no update says which status the components had, so it is taken from the severity of the whole"},
	"status": {Guessed, "status", "statuses", "the tool has no status for components here, so it follows from the severity"},
	"component-status": {Guessed, "component whose status was guessed", "components whose status was guessed",
		"the tool does not say how it was at each time, so one status holds for the whole entry"},
	"unknown-severity": {Guessed, "severity that the tool does not know", "severities that the tool does not know",
		"the tool ignores this word, so the entry touches no component (severity: none)"},
	"zone": {Guessed, "time without a zone read as UTC", "times without a zone read as UTC",
		"neither the time nor the settings say which zone it is in"},
	"day": {Guessed, "day without a time of day read as noon", "days without a time of day read as noon", "it is a day alone"},
	"end": {Guessed, "end that nobody wrote", "ends that nobody wrote",
		"the tool counts it as over and does not say since when"},
	"start":   {Guessed, "start that nobody wrote", "starts that nobody wrote", "the tool does not say when it began"},
	"planned": {Guessed, "planned end that nobody wrote", "planned ends that nobody wrote", "a window needs an end"},
	"word":    {Guessed, "update whose word was guessed", "updates whose words were guessed", "the tool has no such word for an update"},
	"pairing": {Guessed, "incident made of separate posts", "incidents made of separate posts",
		"the tool has single posts, which are joined in the order of their times"},
	"kind": {Guessed, "post whose kind was guessed", "posts whose kind was guessed",
		"the tool does not say whether it is an incident, a maintenance or an announcement"},
	"unlisted": {Guessed, "component that only old entries name", "components that only old entries name",
		"it is written as unlisted: true"},
	"title": {Guessed, "title that nobody wrote", "titles that nobody wrote", "the entry needs a title"},

	"unnamed": {Guessed, "name of a component", "names of components",
		"the files list no component with this id, so the id is its name: import the list of components too, or write the name"},
	"no-systems": {Guessed, "component that nobody wrote", "components that nobody wrote", "a site needs at least one"},
	"update-time": {Guessed, "update without a time of its own", "updates without a time of their own",
		"it has the time at which the entry began or ended"},

	"region": {Changed, "component that became a region", "components that became regions",
		"its group is a component here, and it is a region of that"},
	"same-second": {Changed, "update moved by a second", "updates moved by a second",
		"two updates of the entry have the same second, and each needs its own"},
	"severity": {Changed, "severity", "severities", "the statuses of the components say it otherwise, and they are kept"},
	"stays": {Changed, "status that lasted beyond its entry", "statuses that lasted beyond their entry",
		"the component was not set back when the entry ended; it ends with the entry"},
	"start-moved": {Changed, "start", "starts", "it is later than the first update or impact, so the earlier time is taken"},
	"no-length": {Changed, "end that is not after its start", "ends that are not after their start",
		"one minute is written, since an entry takes time"},
	"order": {Changed, "update out of order", "updates out of order", "updates are sorted by the time that visitors saw"},
	"heading": {Changed, "line that reads like an update", "lines that read like updates",
		"it is written as a quotation, so that it stays text"},
	"text": {Changed, "text shown as it is", "texts shown as they are",
		"the text would not be published as it is written, so it stands in a block of code"},
	"name":       {Changed, "name", "names", "it cannot be an id, or another has it"},
	"long-title": {Changed, "title", "titles", "it was longer than a title may be"},
	"ungrouped": {Changed, "component outside its group", "components outside their group",
		"components.yml has the group already; move the component into it"},
	"address": {Changed, "url", "urls", "it is no complete web address"},
	"canceled": {Changed, "maintenance completed before its start", "maintenances completed before their start",
		"no work had begun, so it was canceled"},
	"update-word": {Changed, "update", "updates", "its word belongs to the other kind of entry, so it is an Update"},
	"notice":      {Changed, "notice", "notices", "the tool lists it with its components, and it affects none (severity: none)"},
	"report-time": {Changed, "report", "reports", "updates without a time of their own are one text"},
}

// Tally counts losses of one rule and field.
type Tally struct {
	Kind  LossKind `json:"kind"`
	Rule  string   `json:"rule"`
	Field string   `json:"field,omitempty"`
	Count int      `json:"count"`
	What  string   `json:"what"` // "3 times without a zone read as UTC"
}

// Tallies counts losses, guesses first, then changes, then what was dropped, the most
// frequent first.
func Tallies(losses []Loss) []Tally {
	counts := map[[2]string]*Tally{}
	var list []*Tally
	for _, l := range losses {
		key := [2]string{l.Rule, ""}
		if l.Rule == "field" || l.Rule == "secret" {
			key[1] = l.Field
		}
		if counts[key] == nil {
			counts[key] = &Tally{Kind: l.Kind, Rule: l.Rule, Field: key[1]}
			list = append(list, counts[key])
		}
		counts[key].Count++
	}
	order := []LossKind{Guessed, Changed, Dropped}
	slices.SortStableFunc(list, func(a, b *Tally) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)), cmp.Compare(b.Count, a.Count),
			cmp.Compare(a.Field, b.Field))
	})
	var out []Tally
	for _, t := range list {
		noun := rules[t.Rule].many
		if t.Count == 1 {
			noun = rules[t.Rule].one
		}
		if t.What = fmt.Sprintf("%d %s", t.Count, noun); t.Field != "" {
			t.What = fmt.Sprintf("%d × %s", t.Count, t.Field)
		}
		out = append(out, *t)
	}
	return out
}

// Summary is the sentence for whoever decides about the move: "412 entries: 398 exact, 14
// with guesses (11 impacts from `impact`, 3 times without a zone read as UTC)".
func Summary(entries int, losses []Loss) string {
	guessed := map[string]bool{}
	var guesses []Loss
	for _, l := range losses {
		if l.Kind == Guessed && l.Entry != "" {
			guessed[l.Entry] = true
			guesses = append(guesses, l)
		}
	}
	text := fmt.Sprintf("%d entries", entries)
	if entries == 1 {
		text = "1 entry"
	}
	if entries == 0 {
		return text
	}
	if len(guessed) == 0 {
		return text + ": all exact"
	}
	text += fmt.Sprintf(": %d exact, %d with guesses", entries-len(guessed), len(guessed))
	var parts []string
	for _, t := range Tallies(guesses) {
		parts = append(parts, t.What)
	}
	return text + " (" + strings.Join(parts, ", ") + ")"
}
