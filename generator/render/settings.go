package render

import (
	"crypto/sha256"
	"encoding/json"
	"io/fs"
	"reflect"
	"slices"
	"sync"

	"allclear/generator/language"
	"allclear/generator/memo"
	"allclear/generator/site"
)

// settings are what every file may depend on, even the page of an entry that is over: the
// site's texts and components, the theme and the program. Nothing in them depends on an
// entry or on the time.
type settings struct {
	site      *site.Site           // without entries, series, announcements, static files and the texts of pages
	languages []*language.Language // in the site's order; the first one is at the root
	url       string               // the site's absolute URL, ending in a slash, or ""
	version   string               // the program's version
	program   site.Hash            // a hash of the program; if it is zero, no file has a Key
	theme     fs.FS
	assets    assets
	logoWidth int                    // of the logo on pages, in CSS pixels; 0: unknown
	cardLogo  string                 // the content of the logo's file, for cards; "" if they cannot show it
	sum       func() site.Hash       // returns a hash of all of the above; zero if it is not known
	frame     func(frameKind) layout // returns what newFrame does, made once for each kind
}

// newSettings reads the theme. The error says what is wrong with it.
func newSettings(s *site.Site, theme fs.FS, opt Options) (*settings, error) {
	own := *s
	own.Entries, own.Series, own.Announcements, own.Static = nil, nil, nil, nil
	own.Pages = slices.Clone(own.Pages)
	for i := range own.Pages {
		own.Pages[i].Body = site.Prose{} // pages show only the titles of others
	}
	st := &settings{site: &own, version: opt.Version, program: opt.Program, theme: theme}
	st.logoWidth, st.cardLogo = logoWidth(s), cardLogo(s)
	if s.URL != "" {
		st.url = s.URL + "/"
	}
	var err error
	if st.languages, err = language.Open(theme, s); err != nil {
		return nil, err
	}
	if st.assets, err = newAssets(theme, s.Brand, innerStyles(s), st.neededStyles(s)...); err != nil {
		return nil, err
	}
	st.sum, st.frame = sync.OnceValue(st.findSum), memo.Once(st.newFrame)
	return st, nil
}

// neededStyles returns the names of the style sheets that not every site needs: many.css
// for a large one, and languages.css for one with several languages, or with letters that
// need rules of their own.
func (s *settings) neededStyles(full *site.Site) (names []string) {
	if isLarge(full) {
		names = append(names, "many")
	}
	if hasSparks(full) {
		names = append(names, "spark")
	}
	first := s.languages[0]
	if len(s.languages) > 1 || first.Dir == "rtl" || slices.Contains([]string{"hi", "ja", "ko"}, first.Tag) {
		names = append(names, "languages")
	}
	return names
}

// innerStyles returns the names of the style sheets that not every site needs, and no home
// page does: chart.css for pages with charts, report.css for reports, and measurements.css for
// charts of measurements.
func innerStyles(s *site.Site) (names []string) {
	if s.Insights || len(s.Measurements) > 0 {
		names = append(names, "chart")
	}
	if s.Reports {
		names = append(names, "report")
	}
	if len(s.Measurements) > 0 {
		names = append(names, "measurements")
	}
	return names
}

// findSum returns a hash of the settings. It is zero if the program is not known or the
// theme cannot be read.
func (s *settings) findSum() (sum site.Hash) {
	if s.program == (site.Hash{}) {
		return sum
	}
	words, err := json.Marshal(s.site)
	if err != nil {
		return sum
	}
	e := encoder{settings: s}
	for _, part := range []any{s.program, s.version, s.url, s.assets, s.logoWidth, s.cardLogo, s.languages, words,
		site.ZoneRules(s.site.Zone)} {
		e.value(reflect.ValueOf(part))
	}
	err = fs.WalkDir(s.theme, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(s.theme, name)
		e.string(name)
		e.value(reflect.ValueOf(sha256.Sum256(data)))
		return err
	})
	if err != nil {
		return sum
	}
	return sha256.Sum256(e.text)
}
