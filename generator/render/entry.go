package render

import (
	"slices"
	"sync"
	"time"

	"allclear/generator/language"
	"allclear/generator/site"
)

// entryAt is an entry at an instant.
type entryAt struct {
	entry *site.Entry
	now   time.Time
	site  *site.Site // the site without entries
	memo  *entryMemo
}

// entryMemo holds what many outputs ask about an entry at an instant, computed once.
type entryMemo struct {
	publishing sync.Once
	updates    []*site.Update
	naming     sync.Once
	named      []*site.Component
	affecting  sync.Once
	affected   []*site.Component
	judging    sync.Once
	severity   site.Severity
	worst      site.Status
}

// published returns what the entry has published so far, newest first. The list must not
// be changed.
func (a *entryAt) published() []*site.Update {
	a.memo.publishing.Do(func() { a.memo.updates = a.entry.Published(a.now) })
	return a.memo.updates
}

// named returns the components that the entry names, in the manifest's order. The list
// must not be changed.
func (a *entryAt) named() []*site.Component {
	a.memo.naming.Do(func() { a.memo.named = slices.Clip(a.site.NamedBy(a.entry)) })
	return a.memo.named
}

// affected returns the components that the entry has affected so far, in the manifest's
// order. The list must not be changed.
func (a *entryAt) affected() []*site.Component {
	a.memo.affecting.Do(func() { a.memo.affected = a.entry.AffectedOf(a.named(), a.now) })
	return a.memo.affected
}

// severity returns the severity of the entry: the operator's, or that of what it did so far.
func (a *entryAt) severity() site.Severity {
	a.judge()
	return a.memo.severity
}

// worstStatus returns the worst status that the entry causes, or caused once it is over.
func (a *entryAt) worstStatus() site.Status {
	a.judge()
	return a.memo.worst
}

// judge finds the severity and the worst status of the entry, once.
func (a *entryAt) judge() {
	a.memo.judging.Do(func() {
		a.memo.severity, a.memo.worst = a.site.SeverityAt(a.entry, a.now), a.site.WorstAt(a.entry, a.now)
	})
}

// entryView is one entry at an instant, in a language. It has neither the state of the
// site nor its history, so nothing made from it alone can depend on them.
type entryView struct {
	pageView
	*entryAt
}

// entryPageView is an entry with its neighbors, for its page. What the page of an open
// entry shows of the site's state comes from a view.
type entryPageView struct {
	entryView
	older, newer *site.Entry // the neighbors of the same kind, or nil
	hasCard      bool
}

// at returns an entry at the view's instant, for lists and cards.
func (v view) at(e *site.Entry) entryView { return entryView{v.pageView, &v.factsOf(e).entryAt} }

// final returns an entry for its own files. An entry that nothing can change any more is
// shown at the last instant that it mentions, so that its files stay the same from build
// to build; any other, at the view's instant.
func (v view) final(e *site.Entry) entryView { return entryView{v.pageView, v.index.final(e)} }

// final returns an entry at the instant described at view.final. After that one it
// publishes and affects nothing more, so what the memo holds is the same at both.
func (x *index) final(e *site.Entry) *entryAt {
	if !x.settledAt(e).IsZero() {
		return &x.facts[e].settled
	}
	return &x.factsOf(e).entryAt
}

// settledAt returns the last instant that an entry mentions, or the zero time if the
// clock can still change something about the entry.
func (x *index) settledAt(e *site.Entry) time.Time {
	f := x.facts[e]
	if f == nil {
		return time.Time{}
	}
	f.settling.Do(func() {
		if last := e.LastEvent(x.now); !last.IsZero() && e.Visible(last) && e.Settled(last) {
			f.settled = entryAt{entry: e, now: last, site: x.settings.site, memo: f.memo}
		}
	})
	return f.settled.now
}

// entryPageView returns an entry in a language, for its page.
func (x *index) entryPageView(l *language.Language, e *site.Entry) entryPageView {
	v := entryPageView{entryView: entryView{x.settings.page(l, route{path: entryPath(e)}), x.final(e)}}
	v.older, v.newer = x.neighbors(e)
	v.hasCard = slices.Contains(x.withCard, e)
	return v
}

// neighbors returns the entries of the same kind that began just before and after this
// one, or nil.
func (x *index) neighbors(e *site.Entry) (older, newer *site.Entry) {
	at := x.place(e) - 1
	if at < 0 {
		return nil, nil
	}
	next := func(step int) *site.Entry {
		for i := at + step; i >= 0 && i < len(x.newest); i += step {
			if x.newest[i].Kind == e.Kind {
				return x.newest[i]
			}
		}
		return nil
	}
	return next(1), next(-1)
}
