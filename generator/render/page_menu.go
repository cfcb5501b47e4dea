package render

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"allclear/generator/site"
)

// link is a name and an address.
type link struct {
	Name string    // the text of the link
	Href string    // relative address
	In   *langAttr // the language of the name, if it is not the page's
}

// menuLink is a link of the operator's own in the header or the footer.
type menuLink struct {
	Name string       // the text of the link
	Href template.URL // its address
	In   *langAttr    // the language of the name, if it is not the page's
}

// channel is a way to subscribe that the operator offers.
type channel struct {
	menuLink
	Kind string // email, slack, teams, discord, mastodon, sms or other
	Icon string // its shape: an SVG path in a square of 20, drawn as a line
	Me   bool   // whether the address is an account of the site's own, which links back to it
}

// channelIcons are the icons of channels, by their kind: an envelope, a speech bubble, a
// phone, and else a bell.
var channelIcons = map[string]string{
	"email": "M2.5 5H17.5V15H2.5ZM3 5.5L10 11L17 5.5", "sms": "M6 2H14V18H6ZM9 15.5H11",
	"slack": bubble, "teams": bubble, "discord": bubble,
	"mastodon": bell, "other": bell,
}

const (
	bubble = "M3 4H17V13H9L5.5 16.5V13H3Z"
	bell   = "M4 14C5.5 12.5 5 10 5.5 7.5C6 5 8 4 10 4C12 4 14 5 14.5 7.5C15 10 14.5 12.5 16 14ZM8.5 16.5H11.5"
)

// menu returns links of the operator's own. The URL was checked when it was read.
func (v pageView) menu(links []site.NamedLink) []menuLink {
	var list []menuLink
	for _, l := range links {
		list = append(list, menuLink{v.text(l.Name), template.URL(l.Href(v.root, v.lang.Path(""))), v.untranslated(l.Name)})
	}
	return list
}

// channels returns the operator's ways to subscribe.
func (v pageView) channels() []channel {
	var list []channel
	for _, c := range v.site.Subscribe {
		list = append(list, channel{v.menu([]site.NamedLink{c.NamedLink})[0], c.Kind, channelIcons[c.Kind], c.Kind == "mastodon"})
	}
	return list
}

// menu returns links of the header or the footer without those that lead to what is not
// public. Pages in every language show the same link to an address that only one language
// has, such as an old address or a folder of content/static/.
func (l *unlinker) menu(s *site.Site, links []site.NamedLink) []site.NamedLink {
	var list []site.NamedLink
	for _, one := range links {
		address, own := strings.CutPrefix(one.Markup, site.RootMark)
		if own && l.isHidden(address) {
			continue
		}
		if own && l.once(s, unescaped(entryIn(address))) {
			one.Markup = strings.Replace(one.Markup, site.IndexMark, "index.html", 1)
		}
		list = append(list, one)
	}
	return list
}

// channels is menu for ways to subscribe.
func (l *unlinker) channels(s *site.Site) []site.Channel {
	var list []site.Channel
	for _, c := range s.Subscribe {
		if links := l.menu(s, []site.NamedLink{c.NamedLink}); len(links) > 0 {
			list = append(list, site.Channel{NamedLink: links[0], Kind: c.Kind})
		}
	}
	return list
}

// once reports whether only one language has an address: it is in the folder of a language,
// or no page that is made from content.
func (l *unlinker) once(s *site.Site, address string) bool {
	return slices.Contains(l.folders, address) || l.inFirstLanguage(address) != address ||
		slices.ContainsFunc(s.Static, func(own site.Static) bool { return own.Path == address+"/index.html" }) ||
		slices.ContainsFunc(oldAddresses(s), func(old string) bool { return entryIn(old[1:]) == address })
}

// menuWords returns what pages show of links, for the id of a build.
func menuWords(links []site.NamedLink) (words []string) {
	for _, l := range links {
		words = append(words, fmt.Sprint(l.Name, l.Markup))
	}
	return words
}

// channelWords is menuWords for ways to subscribe.
func channelWords(channels []site.Channel) (words []string) {
	for _, c := range channels {
		words = append(words, fmt.Sprint(c.Name, c.Markup, c.Kind))
	}
	return words
}

// addOptionalPages adds to a layout the addresses of the pages that not every site has.
func (v pageView) addOptionalPages(f *layout) {
	if v.site.Uptime.Show {
		f.UptimePage = v.href(uptimePath())
	}
	if v.site.Reports {
		f.Reports = v.href(reportsPath())
	}
	if v.site.Insights {
		f.Insights = v.href(insightsPath())
	}
}
