package site

import "allclear/generator/diag"

// What multiplies is bounded by its product: each number alone may be one that some
// site has, and together they would make one that takes hours to build.
const (
	maxPlaces   = 20_000  // components, each as often as it has regions
	maxPages    = 10_000  // components, each as often as the site has languages
	maxHits     = 50_000  // places that the impacts of one entry name
	maxMoments  = 10_000  // of one entry: updates, each as often as it has impacts
	maxTouches  = 200_000 // of one entry: updates, each as often as its impacts name places
	maxReadings = 400_000 // places that the impacts of one entry name, as often as the site has languages
)

// checkSize reports components that are too many for their regions and languages.
func (s *Site) checkSize(list *diag.List) bool {
	places := 0
	for i := range s.Components {
		c := &s.Components[i]
		places += max(1, len(c.Regions))
		switch {
		case places > maxPlaces:
			list.Error(c.Pos, "too-many", "leave components or regions out",
				"with this component, the site has more than %d components and regions", maxPlaces)
			return false
		case (i+1)*len(s.Languages) > maxPages:
			list.Error(c.Pos, "too-many", "leave components or languages out",
				"with this component, the site has more than %[2]d component pages in its %[1]d languages", len(s.Languages), maxPages)
			return false
		}
	}
	return true
}

// checkEntrySize reports impacts of an entry that name too many places, or are too
// many for its updates.
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

// reach is in how many places an impact may hold, at most.
func (s *Site) reach(impact *Impact, declared map[string]*Component) int {
	n := 0
	if impact.All {
		for i := range s.Components {
			n += max(1, len(s.Components[i].Regions), len(impact.Regions))
		}
		return n
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

// hinted is how many mistakes of an entry get a hint that looks through all names.
const hinted = 100

// nearest is the hint for a name that is unknown, beside the mistakes so far.
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
