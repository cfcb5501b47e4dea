package render

import (
	"html/template"
	"net/url"
	"strings"

	"allclear/generator/site"
)

// ways are the ways to learn of news, for the whole site or for a component.
type ways struct {
	Doors      []channel    // the operator's own ways to subscribe
	Slack      string       // the command that subscribes a Slack channel; "" without a site URL
	Feeds      []feedLink   // RSS, Atom and JSON Feed; none without a site URL
	Calendar   template.URL // address of the calendar, which calendar programs subscribe to; "" without a site URL
	Developers []feedLink   // what programs read: API, badge, metrics
	Embed      string       // the HTML that shows the status on another site; "" without a site URL
}

// feedLink is a feed, a badge, or another address for programs.
type feedLink struct {
	Name    string // "RSS"
	Href    string // relative address
	Picture string // the alternative text, if it is an image to show
}

// ways returns the ways to subscribe to the whole site.
func (v pageView) ways() ways {
	w := v.waysOf("")
	w.Doors = v.channels()
	w.Developers = []feedLink{ // the API and the metrics are only in English
		{Name: v.say("feeds.api"), Href: v.root + "api/v2/summary.json"}, v.badgeOf("overall", ""),
		{Name: v.say("feeds.metrics"), Href: v.root + "metrics"},
	}
	if v.url != "" {
		w.Embed = `<script src="` + v.base() + `embed.js" async crossorigin></script>`
	}
	return w
}

// waysOf returns the feeds and the calendar in a folder: "", or that of a component.
func (v pageView) waysOf(folder string) (w ways) {
	if v.url == "" {
		return w
	}
	here := v.lang.Path(folder)
	for _, f := range [][2]string{{"rss", "history.rss"}, {"atom", "history.atom"}, {"json", "feed.json"}} {
		w.Feeds = append(w.Feeds, feedLink{Name: v.say("feeds." + f[0]), Href: v.root + here + f[1]})
	}
	// The command of Slack's RSS app (https://slack.com/help/articles/218688467).
	w.Slack = "/feed subscribe " + v.url + here + "history.rss"
	_, rest, _ := strings.Cut(v.url, "://")
	w.Calendar = template.URL("webcal://" + rest + here + "maintenance.ics")
	return w
}

// badgeOf returns the badge of a component, or "overall"; with a text, it is shown.
func (v pageView) badgeOf(id, text string) feedLink {
	return feedLink{Name: v.say("feeds.badge"), Href: v.root + v.lang.Path("badges/") + id + ".svg", Picture: text}
}

// acts are what a reader can do at the end of the page of an entry that is not over.
type acts struct {
	Follow    string       // "Follow this incident"; "" once it is over
	Subscribe string       // address of the ways to subscribe
	Support   template.URL // where visitors say what they see; "" for maintenance
}

// acts returns what a reader can do at the end of the page of the entry.
func (v entryView) acts() acts {
	e := v.entry
	if !e.Open(v.now) && !e.Upcoming(v.now) {
		return acts{}
	}
	if e.Kind == site.Maintenance {
		return acts{Follow: v.say("entry.follow_maintenance"), Subscribe: v.href("") + "#subscribe"}
	}
	return acts{v.say("entry.follow"), v.href("") + "#subscribe", template.URL(v.site.Support)}
}

// hostOf returns the name of a web address: example.com of https://www.example.com/en.
func hostOf(address string) string {
	if address == "" {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return address
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
