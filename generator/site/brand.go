package site

import "allclear/generator/diag"

// Brand is the appearance of the site, from site.yml.
type Brand struct {
	Accent      string // a CSS hex color: #2457d6; "" for the theme's own
	AccentPos   diag.Pos
	Logo        string // a path under content/static/, or ""
	LogoPos     diag.Pos
	LogoDark    string // the logo for dark pages: a path under content/static/, or ""
	LogoDarkPos diag.Pos
	Scheme      Scheme
}

// Scheme says whether pages are light or dark. The names are those of CSS's color-scheme.
type Scheme int

const (
	SchemeAuto Scheme = iota // as each visitor prefers
	SchemeLight
	SchemeDark
)

// Schemes are the words for a Scheme, in its order.
var Schemes = []string{"auto", "light", "dark"}

// CSS returns the value of CSS's color-scheme, which is also that of the meta element
// with this name.
func (s Scheme) CSS() string {
	if s == SchemeAuto {
		return "light dark"
	}
	return Schemes[s]
}
