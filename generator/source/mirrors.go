package source

import (
	"strings"

	"allclear/generator/site"
)

// maxMirrors is how many mirrors a site may have. Every page names them.
const maxMirrors = 5

// mirrors reads the mirrors key: addresses as that of url.
func (d decoder) mirrors(p pair) []site.Ref {
	var list []site.Ref
	seen := map[string]bool{}
	for _, ref := range d.list(p) {
		item := pair{name: "an item of mirrors", value: value{shape: text, text: ref.ID, pos: ref.Pos}}
		address := d.siteURL(item)
		switch {
		case address == "":
		case seen[strings.ToLower(address)]:
			d.problems.Warn(ref.Pos, "repeated-item", "remove one of the two", "%q is in %q twice", address, p.name)
		case len(list) == maxMirrors:
			d.problems.Error(ref.Pos, "too-many", "keep those that visitors should try first", "a site has at most %d mirrors", maxMirrors)
			return list
		default:
			list = append(list, site.Ref{ID: address, Pos: ref.Pos})
		}
		seen[strings.ToLower(address)] = true
	}
	return list
}
