package source

import (
	"path"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// maxMenu is how many items links, footer and subscribe may have each.
const maxMenu = 12

// menuSchemes are the schemes of links in the header and the footer; channelSchemes, of
// ways to subscribe.
var (
	menuSchemes    = []string{"https", "http", "mailto", "tel"}
	channelSchemes = []string{"https", "http", "mailto", "sms", "tel"}
)

// menu reads the links of the header or of the footer.
func (d decoder) menu(p pair, s *site.Site) []site.NamedLink {
	var list []site.NamedLink
	for _, v := range d.menuItems(p) {
		var one site.NamedLink
		d.each(v, menuKeys, "an item of "+p.name, func(p pair) { d.namedLink(p, &one, s, menuSchemes) })
		if d.complete(v, p.name) && one.Markup != "" {
			list = append(list, one)
		}
	}
	d.repeatedLinks(list)
	return list
}

// channels reads the operator's ways to subscribe.
func (d decoder) channels(p pair, s *site.Site) []site.Channel {
	var list []site.Channel
	var links []site.NamedLink
	for _, v := range d.menuItems(p) {
		one := site.Channel{Kind: "other"}
		if u, ok := v.get("url"); ok { // without a kind, the scheme says it
			switch scheme, _ := schemeOf(strings.TrimSpace(u.text)); scheme {
			case "mailto":
				one.Kind = "email"
			case "sms":
				one.Kind = "sms"
			}
		}
		d.each(v, channelKeys, "an item of "+p.name, func(p pair) {
			if p.name == "kind" {
				one.Kind = d.channelKind(p, one.Kind)
				return
			}
			d.namedLink(p, &one.NamedLink, s, channelSchemes)
		})
		if d.complete(v, p.name) && one.Markup != "" {
			list, links = append(list, one), append(links, one.NamedLink)
		}
	}
	d.repeatedLinks(links)
	return list
}

// menuItems returns the items of a list of links.
func (d decoder) menuItems(p pair) []value {
	if p.shape != list {
		d.wrong(p, "a list", "write - {name: …, url: …} for each link")
		return nil
	}
	if len(p.items) > maxMenu {
		d.problems.Error(p.items[maxMenu].pos, "too-many", "keep the most important ones", "%q has more than %d items", p.name, maxMenu)
		return p.items[:maxMenu]
	}
	return p.items
}

// namedLink reads the name or the url of a link. It adds an address of the site to the
// links that are checked.
func (d decoder) namedLink(p pair, l *site.NamedLink, s *site.Site, schemes []string) {
	if p.name == "name" {
		l.Name = d.texts(p)
		return
	}
	written, ok := d.text(p)
	if !ok {
		return
	}
	l.Pos = p.value.pos
	if strings.HasPrefix(written, "/") && !strings.HasPrefix(written, "//") {
		l.Markup = d.ownAddress(p, written, s)
		return
	}
	if problem := urlProblem(written, schemes); problem != "" {
		d.problems.Error(p.value.pos, "bad-url", addressHint(written), "%q: %s %s", p.name, quoted(written), problem)
		return
	}
	l.Markup = percent(written)
}

// ownAddress returns a path of the site, with site.RootMark and site.IndexMark.
func (d decoder) ownAddress(p pair, written string, s *site.Site) string {
	name, suffix := written, ""
	if i := strings.IndexAny(written, "?#"); i >= 0 {
		name, suffix = written[:i], written[i:]
	}
	decoded, problem, hint := decodedPath(name)
	if problem != "" {
		d.problems.Error(p.value.pos, "bad-url", hint, "%q: %s %s", p.name, quoted(written), problem)
		return ""
	}
	clean, folder := strings.TrimPrefix(path.Clean(decoded), "/"), strings.HasSuffix(decoded, "/")
	address := clean
	if folder && clean != "" {
		address += "/"
	}
	s.Links = append(s.Links, site.Link{Address: address, Pos: p.value.pos})
	if folder {
		return folderLink(clean, suffix)
	}
	return fromRoot(clean + suffix)
}

// addressHint returns the hint for an address that cannot be used.
func addressHint(written string) string {
	_, hasScheme := schemeOf(written)
	switch {
	case !hasScheme && strings.Contains(written, "@") && !strings.ContainsAny(written, "/ "):
		return "write mailto:" + written
	case !hasScheme && strings.HasPrefix(written, "www."):
		return "write https://" + written
	}
	return "write it in full, such as https://www.example.com, or as a path of the site, such as /pages/imprint/"
}

// channelKind reads the kind of a way to subscribe.
func (d decoder) channelKind(p pair, otherwise string) string {
	word, ok := d.text(p)
	if !ok {
		return otherwise
	}
	kind := strings.ToLower(word)
	switch kind {
	case "mail", "e-mail":
		kind = "email"
	}
	if !slices.Contains(site.ChannelKinds, kind) {
		d.problems.Error(p.value.pos, "unknown-kind", diag.DidYouMean(kind, site.ChannelKinds), "unknown kind %s", quoted(word))
		return otherwise
	}
	return kind
}

// complete reports a link without a name or an address, and returns whether it has both.
func (d decoder) complete(v value, list string) bool {
	if v.shape != table {
		return false
	}
	for _, key := range []string{"name", "url"} {
		if !has(v, key) {
			d.problems.Error(v.pos, "incomplete-link", "write {name: Imprint, url: /pages/imprint/}", "an item of %q needs %q", list, key)
			return false
		}
	}
	return true
}

// repeatedLinks warns of two links of one list with the same address.
func (d decoder) repeatedLinks(links []site.NamedLink) {
	seen := map[string]bool{}
	for _, l := range links {
		if seen[l.Markup] {
			d.problems.Warn(l.Pos, "repeated-item", "remove one of the two", "a link to this address stands above already")
		}
		seen[l.Markup] = true
	}
}
