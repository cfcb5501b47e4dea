package main

import (
	"path"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

const (
	reopenable = 48 * time.Hour      // for this long after its end, part of its slug is enough to reopen an entry
	recent     = 14 * 24 * time.Hour // for this long it is enough to add an update
)

// parseArgs sets the slug and the status from the arguments, in either order. Without
// arguments it asks.
func (u *updateFlags) parseArgs(v snapshot, args []string) error {
	if u.silent {
		args = u.trimNoteWord(v, args)
	}
	switch {
	case u.silent && len(args) > 1, u.silent && u.isSet("message"):
		return usageErrorf("leave --silent out to write an update", "--silent changes the front matter and writes no update")
	case u.silent && !u.changesFrontMatter() && !u.edit:
		return usageErrorf("add --title, --start, --end, --next-update or -c", "--silent changes nothing by itself")
	case u.silent:
		u.slug = strings.Join(args, "")
	case len(args) == 0:
		if !canAsk() {
			return usageErrorf(`allclear update resolved -m "Mail flows again.", or allclear update smtp identified -m "A disk is full."`,
				usageOfUpdate)
		}
		return u.ask(v)
	case len(args) == 1:
		u.word = args[0]
		return u.parseSingleArg(v)
	case !isWord(&v.site, args[1]) && isWord(&v.site, args[0]):
		u.word, u.slug = args[0], args[1]
	default:
		u.slug, u.word = args[0], args[1]
	}
	return nil
}

// trimNoteWord removes the word "update", which means nothing with --silent.
func (u *updateFlags) trimNoteWord(v snapshot, args []string) []string {
	if len(args) == 0 || len(args) == 1 && len(matchSlug(v, args[0])) > 0 {
		return args
	}
	last := args[len(args)-1]
	if word, ok := parseWord(site.Incident, last, v.site.Languages); ok && word == site.Note {
		return args[:len(args)-1]
	}
	return args
}

// parseSingleArg handles a single argument that is a slug and not a status. It asks for
// the status, or returns an error if it cannot ask.
func (u *updateFlags) parseSingleArg(v snapshot) error {
	if isWord(&v.site, u.word) || len(matchEntries(v, u.word)) == 0 {
		return nil
	}
	u.slug, u.word = u.word, ""
	named := matchSlug(v, u.slug)
	if len(named) == 0 {
		return u.unknownSlugError(v)
	}
	if len(named) == 1 && (named[0].Upcoming(v.now) || named[0].Repeated && named[0].Start.After(v.now)) && u.timeFlags() != "" {
		u.word = typedWord(site.Scheduled) // a new time for an announced maintenance is an update
		return nil
	}
	if canAsk() {
		return u.ask(v)
	}
	return usageErrorf(u.suggest(named[0], typedWord(site.Note))+u.timeFlags(), "the update word is missing; %s", usageOfUpdate)
}

// changesFrontMatter reports whether a flag changes the front matter.
func (u updateFlags) changesFrontMatter() bool {
	return slices.ContainsFunc([]string{"start", "end", "duration", "next-update", "title", "component", "region"}, u.isSet)
}

// matchEntries does what matchSlug does, but returns each occurrence of a series.
func matchEntries(v snapshot, slug string) []*site.Entry {
	slug = strings.ToLower(strings.TrimSuffix(path.Base(strings.ReplaceAll(slug, `\`, "/")), ".md"))
	var parts, like []*site.Entry
	for i := range v.site.Entries {
		e := &v.site.Entries[i]
		switch own := strings.ToLower(e.Slug); {
		case own == slug:
			return []*site.Entry{e}
		case strings.Contains(own, slug):
			parts = append(parts, e)
		case site.FoldName(slug) != "" && strings.Contains(site.FoldName(own), site.FoldName(slug)):
			like = append(like, e)
		}
	}
	if len(parts) > 0 {
		return parts
	}
	return like
}

// findEntry returns the entry that is meant, and the status of its kind.
func (u *updateFlags) findEntry(v snapshot) (*site.Entry, site.UpdateStatus, error) {
	named := v.entries()
	if u.slug != "" {
		if named = matchSlug(v, u.slug); len(named) == 0 {
			return nil, 0, u.unknownSlugError(v)
		}
	}
	if u.silent {
		e, err := u.choose(v, named, site.Note)
		return e, site.Note, err
	}
	var fitting []*site.Entry
	for _, e := range named {
		if _, ok := parseWord(e.Kind, u.word, v.site.Languages); ok {
			fitting = append(fitting, e)
		}
	}
	if len(fitting) == 0 {
		if len(named) == 0 || u.slug == "" && isWord(&v.site, u.word) {
			return nil, 0, u.nothingOpenError(v, named)
		}
		return nil, 0, u.unknownWordError(&v.site, u.bestGuess(v, named))
	}
	e, err := u.choose(v, fitting, 0)
	if err != nil {
		return nil, 0, err
	}
	word, _ := parseWord(e.Kind, u.word, v.site.Languages)
	return e, word, u.checkWord(v, e, word)
}

// entries returns pointers to all entries of the site, but of each series only to the
// occurrence that its name stands for.
func (v snapshot) entries() []*site.Entry {
	return v.withoutOtherOccurrences(v.allEntries(), func(string) bool { return true })
}

// allEntries returns pointers to all entries of the site.
func (v snapshot) allEntries() []*site.Entry {
	var all []*site.Entry
	for i := range v.site.Entries {
		all = append(all, &v.site.Entries[i])
	}
	return all
}

// bestGuess returns the newest open entry of list or, if none is open, the newest one.
func (u *updateFlags) bestGuess(v snapshot, list []*site.Entry) *site.Entry {
	return slices.MaxFunc(list, func(a, b *site.Entry) int {
		if x, y := a.Open(v.now), b.Open(v.now); x != y {
			return map[bool]int{true: 1, false: -1}[x]
		}
		return a.Begin().Compare(b.Begin())
	})
}

// choose returns the one entry that the update can go to. If there are several, it asks,
// or returns an error if it cannot ask.
func (u *updateFlags) choose(v snapshot, named []*site.Entry, word site.UpdateStatus) (*site.Entry, error) {
	var first, then []*site.Entry // then is used if first is empty
	for _, e := range named {
		if !u.silent {
			word, _ = parseWord(e.Kind, u.word, v.site.Languages)
		}
		whole := u.slug != "" && len(named) == 1 && strings.EqualFold(cleanSlug(u.slug), e.Slug)
		switch u.rank(v, e, word, whole) {
		case 1:
			first = append(first, e)
		case 2:
			then = append(then, e)
		}
	}
	if len(first) == 0 {
		first = then
	}
	switch {
	case len(first) == 1:
		return first[0], nil
	case len(first) > 1 && canAsk():
		return u.askWhich(v, first)
	case len(first) > 1:
		return nil, usageErrorf("name one of them: "+slugs(first), "%d entries are %s", len(first), u.sharedState(v, first))
	case u.slug == "":
		return nil, u.nothingOpenError(v, named)
	case len(named) > 1 && !slices.ContainsFunc(named, func(e *site.Entry) bool { return u.endedRecently(v, e) }):
		return nil, usageErrorf("name one of them: "+slugs(named),
			"%q matches %d entries, and none of them is open; %s", u.slug, len(named), u.describeOpen(v))
	}
	e := u.bestGuess(v, named)
	return nil, u.wrongEntryError(v, e, word)
}

// cleanSlug returns a slug without the folder and the extension of a path.
func cleanSlug(slug string) string {
	return strings.TrimSuffix(path.Base(strings.ReplaceAll(slug, `\`, "/")), ".md")
}

// rank returns how well the update fits an entry: 1 is best, 2 is used if no entry has 1,
// and 0 does not fit. whole says that the slug was given in full.
func (u *updateFlags) rank(v snapshot, e *site.Entry, word site.UpdateStatus, whole bool) int {
	open, over := e.Open(v.now), source.Ended(e, v.now)
	upcoming := !open && !over && e.Kind == site.Maintenance
	recently := u.slug != "" && over && (whole || v.now.Sub(endOf(e, v.now)) <= recent)
	switch {
	case word.Reopens() && u.reopen:
		return map[bool]int{true: 1, false: boolInt(open)}[over && (whole || v.now.Sub(endOf(e, v.now)) <= reopenable)]
	case word == site.Postmortem && !u.silent:
		return max(boolInt(over && (whole || v.now.Sub(endOf(e, v.now)) <= recent)), 2*boolInt(open && u.slug != ""))
	case open:
		return 1
	case upcoming && (u.slug != "" || word == site.Canceled || word == site.Scheduled):
		return 1
	case upcoming && (word == site.InProgress || word == site.Verifying || word == site.Completed):
		return 2
	case word == site.Note, word == site.Scheduled && u.isSet("start"):
		return 2 * boolInt(recently)
	case word == site.Resolved, word == site.Completed:
		return 2 * boolInt(recently && !closedByUpdate(e, v.now))
	case word == site.Canceled:
		return 2 * boolInt(over && whole)
	}
	return 0
}

func boolInt(is bool) int {
	if is {
		return 1
	}
	return 0
}

// closedByUpdate reports whether the last update by t that ends or reopens the entry ends it.
func closedByUpdate(e *site.Entry, t time.Time) bool {
	is := false
	for _, u := range e.Updates {
		if u.Time.After(t) {
			break
		}
		is = u.Status.Ends() || is && !u.Status.Reopens()
	}
	return is
}

// endOf returns when an entry that is over ended or was canceled.
func endOf(e *site.Entry, t time.Time) time.Time {
	end := e.Interval(t).End
	for _, u := range e.Updates {
		if u.Status == site.Canceled && !u.Time.After(t) && end.After(t) {
			end = u.Time
		}
	}
	return end
}

// endedRecently reports whether an entry ended so recently that it may be meant.
func (u *updateFlags) endedRecently(v snapshot, e *site.Entry) bool {
	return source.Ended(e, v.now) && v.now.Sub(endOf(e, v.now)) <= recent
}

func slugs(entries []*site.Entry) string {
	var list []string
	for _, e := range entries {
		list = append(list, e.Slug)
	}
	return strings.Join(list, ", ")
}

// sharedState describes the state of several entries.
func (u *updateFlags) sharedState(v snapshot, list []*site.Entry) string {
	all := func(is func(*site.Entry) bool) bool {
		return !slices.ContainsFunc(list, func(e *site.Entry) bool { return !is(e) })
	}
	switch {
	case all(func(e *site.Entry) bool { return e.Open(v.now) }):
		return "open"
	case all(func(e *site.Entry) bool { return source.Ended(e, v.now) }):
		return "over"
	case all(func(e *site.Entry) bool { return !e.Open(v.now) && !source.Ended(e, v.now) }):
		return "announced"
	}
	return "open or announced"
}
