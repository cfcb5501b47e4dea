package render

import (
	"slices"
	"sync"
	"time"

	"allclear/generator/language"
	"allclear/generator/parallel"
	"allclear/generator/site"
	"allclear/generator/tmpl"
)

// pagesIn returns all pages in a language.
func (b *build) pagesIn(l *language.Language, set *tmpl.Set) ([]File, error) {
	chooser, err := b.chooserFile(l, set)
	if err != nil {
		return nil, err
	}
	files := []File{chooser, b.homeFile(l, set), b.missingFile(l, set), b.unavailableFile(l, set)}
	files = append(files, b.entryFiles(func(e *site.Entry) File { return b.entryFile(l, set, e) })...)
	files = append(files, b.historyFiles(l, set)...)
	files = append(files, b.uptimeFiles(l, set)...)
	files = append(files, b.insightsFiles(l, set)...)
	files = append(files, b.reportFiles(l, set)...)
	files = append(files, b.announcementFiles(l, set)...)
	for i := range b.settings.site.Components {
		p := route{path: componentPath(b.settings.site.Components[i].ID)}
		files = append(files, page(l, set, indexFile(p.path), "component.html", func() (componentPage, error) {
			v := b.view(l, p)
			made, err := v.component(p, i)
			if err != nil {
				return made, err
			}
			made.Foreseen, err = v.futureFragments(set, func(then view) []fragment { return then.componentFragments(i) })
			return made, err
		}))
	}
	for i := range b.pageTexts {
		p := route{path: customPath(&b.pageTexts[i])}
		files = append(files, page(l, set, indexFile(p.path), "page.html", func() (freePage, error) {
			v := b.view(l, p)
			made, err := v.free(p, &b.pageTexts[i])
			if err == nil {
				made.Foreseen, err = v.futureHead(set, made.Heading)
			}
			return made, err
		}))
	}
	return files, nil
}

// entryFiles returns a file for each visible entry. It calls newFile on as many
// goroutines as there are processors.
func (x *index) entryFiles(newFile func(*site.Entry) File) []File {
	return slices.Concat(parallel.Parts(x.entries, func(part []site.Entry) []File {
		files := make([]File, 0, len(part))
		for i := range part {
			if part[i].Visible(x.now) {
				files = append(files, newFile(&part[i]))
			}
		}
		return files
	})...)
}

// homeFile returns the home page.
func (b *build) homeFile(l *language.Language, set *tmpl.Set) File {
	p := route{single: true}
	return page(l, set, "index.html", "home.html", func() (homePage, error) {
		v := b.view(l, p)
		made, err := v.home(p)
		if err != nil {
			return made, err
		}
		v.addChoosing(&made.layout)
		made.Foreseen, err = v.fragmentsAt(v.build.future.home, set, view.homeFragments)
		return made, err
	})
}

// homeFragments returns what the clock may change on the home page.
func (v view) homeFragments() []fragment {
	a := v.answer()
	full, short := v.openCards()
	fragments := []fragment{
		v.headFragment(a.Class, a.Sentence),
		{id: "_answer", class: "answer " + a.Class, template: "answer", value: a},
		{id: "_ongoing", children: append(children("", "card", full), children("", "slim", short)...)},
		{id: "_announcements", class: "announcements", children: v.announcementLines().children()},
		{id: "_coming", children: children("", "card", v.cards(v.coming(true)))},
		{id: "_later", children: children("", "later", v.later())},
		{id: "_days", class: "days", children: children("", "day", v.lastDays())},
	}
	for i, g := range v.site.Groups {
		if !v.state.GroupListed(g.ID) {
			continue
		}
		label := v.statusLabel(v.state.Groups[i], site.Text{})
		fragments = append(fragments, fragment{
			id: "g-" + g.ID, class: "now " + label.Class, template: "mood", value: label, open: label.Class != "ok",
		})
	}
	if jump := v.jump(); len(v.listedComponents()) > manyComponents {
		fragments = append(fragments, fragment{id: "_jump", class: "jump", children: children("", "jump", jump)})
	}
	return append(fragments, v.rowFragments()...)
}

// missingFile returns 404.html.
func (b *build) missingFile(l *language.Language, set *tmpl.Set) File {
	p := route{path: "404.html", single: true, fallback: true}
	return page(l, set, p.path, p.path, func() (made missingPage, err error) {
		v := b.view(l, p)
		if made, err = v.missing(p); err == nil {
			made.Foreseen, err = v.futureFragments(set, func(then view) []fragment {
				now := then.answerLine()
				return []fragment{
					then.headFragment(now.Class, then.say("missing.title")),
					{id: "_answer", class: "now " + now.Class, template: "mood", value: now},
				}
			})
		}
		return made, err
	})
}

// unavailableFile returns 503.html.
func (b *build) unavailableFile(l *language.Language, set *tmpl.Set) File {
	p := route{path: unavailablePath, single: true, fallback: true}
	return page(l, set, p.path, p.path, func() (unavailablePage, error) {
		v := b.view(l, p)
		made, err := v.unavailable(p)
		if err != nil {
			return made, err
		}
		made.Foreseen, err = v.futureFragments(set, func(then view) []fragment {
			o := then.outage()
			return []fragment{
				then.headFragment(o.Class, then.say("unavailable.title")),
				{id: "_outage", class: o.Class, template: "outage", value: o},
			}
		})
		return made, err
	})
}

// entryFile returns the page of an entry. It has a Key once nothing can change the entry.
func (b *build) entryFile(l *language.Language, set *tmpl.Set, e *site.Entry) File {
	p := route{path: entryPath(e)}
	file := page(l, set, indexFile(p.path), "entry.html", func() (entryPage, error) {
		made, err := b.entryPageView(l, e).fill(p)
		if err != nil || e.Settled(b.now) {
			return made, err // the clock cannot change it
		}
		v := b.view(l, p)
		v.addBuildInfo(&made.layout)
		made.Live, made.Dates = v.entryStatus(e), v.nextDates(e)
		if e.NoIndex {
			made.Until = b.until(e)
			return made, nil
		}
		made.Crumb.State = v.overallLabel()
		made.Foreseen, err = v.futureFragments(set, func(then view) []fragment {
			if known := then.find(e); known != nil {
				return then.entryFragments(known)
			}
			return nil
		})
		return made, err
	})
	file.Key = b.settledKey("page", func() any { return b.entryPageView(l, e) }, e)
	return file
}

// until returns when the page of an unlisted entry is out of date.
func (b *build) until(e *site.Entry) string {
	alone := *e
	alone.NoIndex = false
	own := site.Site{Zone: b.settings.site.Zone, Entries: []site.Entry{alone}}
	changes := []time.Time{own.NextChange(b.now)}
	if e.Series != "" { // the next dates of the series are on its page
		changes = append(changes, b.nextStarts(e)...)
	}
	return earliest(b.future.validUntil, changes...)
}

// historyFiles returns the history's overview and a page for each month.
func (b *build) historyFiles(l *language.Language, set *tmpl.Set) []File {
	months := b.months()
	nextChange := sync.OnceValue(func() time.Time { return b.future.nextHistoryChange(months) })
	one := func(p route, made func(siteView) (historyPage, error)) File {
		return page(l, set, indexFile(p.path), "history.html", func() (historyPage, error) {
			v := b.view(l, p)
			history, err := made(v)
			if err != nil {
				return history, err
			}
			history.Until = earliest(history.Until, nextChange())
			history.Foreseen, err = v.futureFragments(set, func(then view) []fragment { return then.historyFragments(history, b.now) })
			return history, err
		})
	}
	overview := route{path: historyPath()}
	files := []File{one(overview, func(v siteView) (historyPage, error) { return v.historyOverview(overview, months) })}
	years := sync.OnceValue(func() []year { // the same for all months, which are in folders side by side
		return b.view(l, route{path: monthPath(months[0].key)}).years(months, b.now)
	})
	for i, m := range months {
		p := route{path: monthPath(m.key)}
		files = append(files, one(p, func(v siteView) (historyPage, error) { return v.historyMonth(p, months, i, years()) }))
	}
	return files
}
