package render

import (
	"html"
	"runtime"
	"slices"
	"sync"

	"allclear/generator/site"
)

// pagesIn are all pages in a language.
func (b *build) pagesIn(l *Language, set *press) []File {
	files := []File{b.homeFile(l, set), b.missingFile(l, set), b.unavailableFile(l, set)}
	files = append(files, b.ofEntries(func(e *site.Entry) File { return b.entryFile(l, set, e) })...)
	files = append(files, b.historyFiles(l, set)...)
	for i := range b.site.Components {
		p := place{path: b.componentPath(b.site.Components[i].ID)}
		files = append(files, page(l, set, index(p.path), "component.html", func() (componentPage, error) {
			return b.view(l, p).component(p, i)
		}))
	}
	for i := range b.site.Pages {
		p := place{path: b.freePath(&b.site.Pages[i])}
		files = append(files, page(l, set, index(p.path), "page.html", func() (freePage, error) {
			return b.view(l, p).free(p, &b.site.Pages[i])
		}))
	}
	return files
}

// ofEntries are the files that each entry has which is known, made on as many
// processors as there are.
func (b *build) ofEntries(file func(*site.Entry) File) []File {
	parts := slices.Collect(slices.Chunk(b.site.Entries, len(b.site.Entries)/runtime.GOMAXPROCS(0)+1))
	files := make([][]File, len(parts))
	var wait sync.WaitGroup
	for n, part := range parts {
		wait.Go(func() {
			files[n] = make([]File, 0, len(part))
			for i := range part {
				if part[i].Visible(b.now) {
					files[n] = append(files[n], file(&part[i]))
				}
			}
		})
	}
	wait.Wait()
	return slices.Concat(files...)
}

func (b *build) homeFile(l *Language, set *press) File {
	p := place{single: true}
	return page(l, set, "index.html", "home.html", func() (homePage, error) {
		v := b.view(l, p)
		made, err := v.home(p)
		if err != nil {
			return made, err
		}
		made.Foreseen, err = v.foresee(set, view.homePieces)
		return made, err
	})
}

// homePieces are what the clock may change on the home page.
func (v view) homePieces() []piece {
	a := v.answer()
	pieces := []piece{
		v.headPiece(a.Class, a.Sentence),
		{id: "_answer", class: "answer " + a.Class, template: "answer", value: a},
		{id: "_ongoing", template: "open", value: append(v.cards(v.state.Open), v.cards(v.state.Active)...)},
		{id: "_coming", template: "coming", value: v.cards(v.state.Upcoming)},
	}
	for i, g := range v.site.Groups {
		m := v.mood(v.state.Groups[i], site.Text{})
		pieces = append(pieces, piece{id: "g-" + g.ID, class: "now " + m.Class, template: "mood", value: m, open: m.Class != "ok"})
	}
	for _, c := range v.inService() {
		s := v.standing(c)
		pieces = append(pieces, piece{id: "s-" + c.Component.ID, class: "now " + s.Class, template: "standing", value: s})
	}
	return pieces
}

func (b *build) missingFile(l *Language, set *press) File {
	p := place{path: "404.html", single: true, lost: true}
	return page(l, set, p.path, p.path, func() (missingPage, error) { return b.view(l, p).missing(p) })
}

func (b *build) unavailableFile(l *Language, set *press) File {
	p := place{path: "503.html", single: true, lost: true}
	return page(l, set, p.path, p.path, func() (unavailablePage, error) {
		v := b.view(l, p)
		made, err := v.unavailable(p)
		if err != nil {
			return made, err
		}
		made.Foreseen, err = v.foresee(set, func(then view) []piece {
			o := then.outage()
			return []piece{then.headPiece(then.overall(), then.say("unavailable.title")), {id: "_outage", class: o.Class, template: "outage", value: o}}
		})
		return made, err
	})
}

func (b *build) entryFile(l *Language, set *press, e *site.Entry) File {
	p := place{path: b.entryPath(e), entry: e}
	file := page(l, set, index(p.path), "entry.html", func() (entryPage, error) {
		v := b.by(e).view(l, p)
		made, err := v.entry(p, e)
		if err != nil || e.NoIndex || (!e.Open(b.now) && !e.Upcoming(b.now)) {
			return made, err // the clock alone changes nothing on it
		}
		made.Foreseen, err = v.foresee(set, func(then view) []piece {
			known := then.find(e)
			if known == nil {
				return nil
			}
			now := then.live(known)
			return []piece{then.headPiece(now.PhaseClass, v.text(e.Title)), {id: "_live", class: now.PhaseClass, template: "live", value: now}, {id: "_work", template: "work", value: now}}
		})
		return made, err
	})
	file.Key = b.keyOf("page "+l.Tag, e)
	return file
}

// find is an entry as the build knows it, or nil.
func (b *build) find(e *site.Entry) *site.Entry {
	for i := range b.site.Entries {
		if own := &b.site.Entries[i]; own.Kind == e.Kind && own.Slug == e.Slug {
			return own
		}
	}
	return nil
}

func (b *build) historyFiles(l *Language, set *press) []File {
	months := b.months()
	overview := place{path: b.historyPath()}
	files := []File{page(l, set, index(overview.path), "history.html", func() (historyPage, error) {
		return b.view(l, overview).historyOverview(overview, months)
	})}
	for i, m := range months {
		p := place{path: b.monthPath(m.key)}
		files = append(files, page(l, set, index(p.path), "history.html", func() (historyPage, error) {
			return b.view(l, p).historyMonth(p, months, i)
		}))
	}
	return files
}

// moved are tiny pages at the addresses that entries had elsewhere: the id in
// their front matter. A site that moves keeps its links.
func (b *build) moved() []File {
	var files []File
	for i := range b.site.Entries {
		e := &b.site.Entries[i]
		if e.ID == "" || e.ID == e.Slug || !e.Visible(b.now) {
			continue
		}
		to := html.EscapeString("../../" + index(b.entryPath(e)))
		files = append(files, fixed(index("incidents/"+e.ID+"/"), []byte("<!doctype html>\n<html lang=\""+b.languages[0].Tag+"\"><meta charset=\"utf-8\"><title>"+
			html.EscapeString(e.Title.Default)+"</title>\n<meta http-equiv=\"refresh\" content=\"0; url="+to+"\"><meta name=\"robots\" content=\"noindex\">\n<p><a href=\""+to+"\">"+
			html.EscapeString(e.Title.Default)+"</a></p>\n")))
	}
	return files
}
