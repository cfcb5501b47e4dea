package site

import "allclear/generator/diag"

// These limits are on products: each number alone may be fine, but together they would
// make a site that takes hours to build.
const (
	maxPlaces   = 20_000  // components × their regions
	maxPages    = 10_000  // components × languages
	maxHits     = 50_000  // places named by the impacts of one entry
	maxMoments  = 10_000  // of one entry: updates × impacts
	maxTouches  = 200_000 // of one entry: updates × places named by its impacts
	maxReadings = 400_000 // places named by the impacts of one entry, as often as the site has languages
)

// checkSize reports too many components for the number of regions and languages. It
// returns false if there are.
func (s *Site) checkSize(list *diag.List) bool {
	places := 0
	for i := range s.Components {
		c := &s.Components[i]
		places += max(1, len(c.Regions))
		switch {
		case places > maxPlaces:
			list.Error(c.Pos, "too-many", "remove components or regions",
				"with this component, the site has more than %d components and regions", maxPlaces)
			return false
		case (i+1)*len(s.Languages) > maxPages:
			list.Error(c.Pos, "too-many", "remove components or languages",
				"with this component, the site has more than %[2]d component pages in its %[1]d languages", len(s.Languages), maxPages)
			return false
		}
	}
	return true
}

// checkEntrySize reports impacts of an entry that name too many places, or that are too
// many for its updates. It returns false if there are.
func (s *Site) checkEntrySize(list *diag.List, e *Entry, declared map[string]*Component) bool {
	hits := 0
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		hits += s.reach(impact, declared)
		switch {
		case hits > maxHits || hits*len(s.Languages) > maxReadings:
			list.Error(impact.Pos, "too-many", "name fewer components and regions, or write fewer impacts",
				"with this impact, the file's impacts name %d components and regions, too many for a site in %d languages",
				hits, len(s.Languages))
			return false
		case (i+1)*len(e.Updates) > maxMoments, hits*len(e.Updates) > maxTouches:
			list.Error(impact.Pos, "too-many", "write fewer impacts, or split the file",
				"with this impact, the file has too many impacts for its %d updates", len(e.Updates))
			return false
		}
	}
	return true
}

// reach returns in how many places an impact may hold, at most.
func (s *Site) reach(impact *Impact, declared map[string]*Component) int {
	n := 0
	if impact.All || len(impact.Groups) > 0 {
		for i := range s.Components {
			if c := &s.Components[i]; impact.All || named(impact.Groups, c.Group) {
				n += max(1, len(c.Regions), len(impact.Regions))
			}
		}
	}
	for _, ref := range impact.Components {
		own := 0
		if c := declared[ref.ID]; c != nil {
			own = len(c.Regions)
		}
		n += max(1, own, len(impact.Regions))
	}
	return n
}

// hinted is how many mistakes of one entry get a hint. Looking for a similar name takes
// time.
const hinted = 100

// nearest returns the hint for an unknown name: a similar one, or the names that exist.
// It returns "" once the list has many mistakes.
func nearest[T any](list diag.List, name string, all []T, id func(T) string) string {
	if len(list) >= hinted {
		return ""
	}
	known := make([]string, 0, len(all))
	for _, one := range all {
		known = append(known, id(one))
	}
	return diag.DidYouMean(name, known)
}
