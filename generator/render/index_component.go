package render

import (
	"allclear/generator/site"
)

// byComponent are the listed entries that touch each component, the last to begin
// first: found once, since every component's page asks.
func (b *build) byComponent() map[*site.Component][]*site.Entry {
	found := map[*site.Component][]*site.Entry{}
	for _, e := range b.newest {
		for _, c := range b.affected(e) {
			found[c] = append(found[c], e)
		}
	}
	return found
}
