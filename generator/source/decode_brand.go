package source

import (
	"path"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// brand reads a key of brand.
func (d decoder) brand(p pair, b *site.Brand) {
	s, ok := d.text(p)
	if !ok {
		return
	}
	switch p.name {
	case "accent":
		if !hexColor(s) {
			d.problems.Error(p.value.pos, "bad-colour", `write it as "#2457d6", in quotes`, "%s is not a color", quoted(s))
			return
		}
		b.Accent, b.AccentPos = s, p.value.pos
	case "logo":
		b.Logo, b.LogoPos = strings.TrimPrefix(s, "/"), p.value.pos
	case "logo_dark":
		b.LogoDark, b.LogoDarkPos = strings.TrimPrefix(s, "/"), p.value.pos
	case "scheme":
		n := slices.Index(site.Schemes, strings.ToLower(s))
		if n < 0 {
			d.problems.Error(p.value.pos, "unknown-scheme", diag.DidYouMean(s, site.Schemes), "unknown scheme %s", quoted(s))
			return
		}
		b.Scheme = site.Scheme(n)
	}
}

// hexColor reports whether s is a CSS hex color of three or six digits.
func hexColor(s string) bool {
	if len(s) != 4 && len(s) != 7 || s[0] != '#' {
		return false
	}
	return strings.Trim(s[1:], "0123456789abcdefABCDEF") == ""
}

// hours reads the clock key: 12 or 24, or 0 for anything else.
func (d decoder) hours(p pair) int {
	if p.shape == number || p.shape == text {
		switch strings.TrimSpace(p.value.text) {
		case "12":
			return 12
		case "24":
			return 24
		}
	}
	if p.shape == nothing || p.shape == refused {
		d.wrong(p, "12 or 24", "")
		return 0
	}
	d.problems.Error(p.value.pos, "out-of-range", "write 24 for 14:30, or 12 for 2:30 pm",
		"%q must be 12 or 24, not %s", p.name, p.describe())
	return 0
}

// pictures are the file extensions that a logo may have.
var pictures = []string{".svg", ".png", ".webp", ".avif", ".gif", ".jpg", ".jpeg", ".ico"}

// checkLogos reports logos that are not pictures or do not exist, and a logo for dark
// pages only, if there are light ones too.
func (d decoder) checkLogos(b site.Brand, found contentFiles) {
	d.checkLogo(b.Logo, b.LogoPos, found)
	d.checkLogo(b.LogoDark, b.LogoDarkPos, found)
	if found.has(b.LogoDark) && b.Logo == "" && b.Scheme != site.SchemeDark {
		d.problems.Error(b.LogoDarkPos, "bad-logo", "add logo: with the picture for light pages",
			"there is a logo for dark pages, but none for light ones")
	}
}

// checkLogo reports a logo that is not a picture or does not exist.
func (d decoder) checkLogo(name string, at diag.Pos, found contentFiles) {
	switch {
	case name == "":
	case !slices.Contains(pictures, strings.ToLower(path.Ext(name))):
		d.problems.Error(at, "bad-logo", "use a picture: "+strings.Join(pictures, ", "), "%s is not a picture", quoted(name))
	case !found.has(name):
		d.problems.Error(at, "missing-static", "put the file in content/static/", "there is no content/static/%s", name)
	}
}
