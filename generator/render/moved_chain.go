package render

import "allclear/generator/site"

// chains are the redirects of a site, of which one may lead to another.
type chains struct {
	next map[string]site.Redirect // by the old address
	last map[string]site.Redirect // the end of the chain from an old address, once found; zero: a circle
}

// end returns the last redirect of the chain that begins with one, or false if the chain
// leads in a circle. Each redirect is followed once, however many lead to it.
func (c chains) end(r site.Redirect) (last site.Redirect, ends bool) {
	passed := map[string]bool{}
	for last = r; ; {
		if known, found := c.last[last.From.ID]; found {
			last = known
			break
		}
		if passed[last.From.ID] {
			last = site.Redirect{}
			break
		}
		passed[last.From.ID] = true
		to, _ := cutFragment(last.To.ID)
		further, found := c.next[asAlias(to)]
		if external(to) || !found {
			break
		}
		last = further
	}
	for id := range passed {
		c.last[id] = last
	}
	return last, last.From.ID != ""
}
