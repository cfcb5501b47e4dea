package render

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"

	"allclear/generator/memo"
	"allclear/generator/site"
)

// assets are the theme's style sheet and scripts.
type assets struct {
	Style      string       // the style sheet inside the home page and 404.html, minified
	Sheet      string       // the style sheet of all other pages, minified
	Script     string       // the script of every page, minified
	StylePath  string       // the path of Sheet: assets/style.HASH.css
	ScriptPath string       // its path: assets/script.HASH.js
	Find       string       // the script of the search, which only history pages load, minified
	FindPath   string       // its path: assets/find.HASH.js
	Bars       string       // the script of the bars of days, which home pages load when one is used, minified
	BarsPath   string       // its path: assets/bars.HASH.js
	Choose     chooseAssets // what the home page loads on demand to choose services
	MovedPath  string       // the path of the script of pages that only redirect: assets/moved.HASH.js
	Policy     policies     // the Content-Security-Policies
}

// policies are Content-Security-Policies. They differ in the style sheet that a page may
// have inside it.
type policies struct {
	all  string // allows both style sheets, for _headers
	page string // allows Style
	down string // allows Sheet, for 503.html
}

// newAssets reads the theme's style sheets and scripts. The operator's accent color and
// the theme's extra.css, if there is one, come after both style sheets. The style sheet of
// the home page has only those optional ones that the site needs, by their names without
// .css; the other one, which visitors keep, has all, and the inner ones, which no home page
// needs. The error is one of reading or of syntax.
func newAssets(theme fs.FS, brand site.Brand, inner []string, needed ...string) (a assets, err error) {
	extra, err := fs.ReadFile(theme, "extra.css")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return a, err
	}
	pages := ""
	for _, name := range append([]string{"pages"}, inner...) {
		text, err := fs.ReadFile(theme, name+".css")
		if err != nil {
			return a, err
		}
		pages += string(text)
	}
	last := brandStyle(brand) + "\n" + string(extra)
	some, all, err := readStyles(theme, needed)
	if err != nil {
		return a, err
	}
	if a.Style, err = minifyFile(theme, "style.css", "text/css", some+last); err != nil {
		return a, err
	}
	if a.Sheet, err = minifyFile(theme, "style.css", "text/css", pages+all+last); err != nil {
		return a, err
	}
	a.Style, a.Sheet = inScheme(a.Style, brand.Scheme), inScheme(a.Sheet, brand.Scheme)
	if a.Script, err = minifyFile(theme, "script.js", "text/javascript", ""); err != nil {
		return a, err
	}
	if a.Find, err = minifyFile(theme, "find.js", "text/javascript", ""); err != nil {
		return a, err
	}
	if a.Bars, err = minifyFile(theme, "bars.js", "text/javascript", ""); err != nil {
		return a, err
	}
	if a.Choose, err = newChooseAssets(theme, brand.Scheme); err != nil {
		return a, err
	}
	a.StylePath = "assets/style." + fingerprint(a.Sheet) + ".css"
	a.ScriptPath = "assets/script." + fingerprint(a.Script) + ".js"
	a.FindPath = "assets/find." + fingerprint(a.Find) + ".js"
	a.BarsPath = "assets/bars." + fingerprint(a.Bars) + ".js"
	a.MovedPath = "assets/moved." + fingerprint(movedScript) + ".js"
	a.Policy = policies{csp(a.Script, a.Style, a.Sheet), csp(a.Script, a.Style), csp(a.Script, a.Sheet)}
	return a, nil
}

// assetFiles returns the style sheet and the scripts as files.
func (b *build) assetFiles() ([]File, error) {
	a := b.settings.assets
	return []File{
		fixed(a.StylePath, []byte(a.Sheet)),
		fixed(a.ScriptPath, []byte(a.Script)),
		fixed(a.FindPath, []byte(a.Find)),
		fixed(a.BarsPath, []byte(a.Bars)),
		fixed(a.Choose.Path, []byte(a.Choose.Script)),
		fixed(a.MovedPath, []byte(movedScript)),
	}, nil
}

// minifyFile returns a file of the theme, with more text after it, minified.
func minifyFile(theme fs.FS, name, kind, more string) (string, error) {
	source, err := fs.ReadFile(theme, name)
	if err != nil {
		return "", err
	}
	small, err := minifyCode(code{kind, string(source) + more})
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return small, nil
}

// code is a style sheet or a script, with its media type.
type code struct{ kind, text string }

// minifyCode minifies code. It remembers results, since a preview builds the same theme
// again and again.
var minifyCode = memo.Func(func(c code) (string, error) {
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/javascript", js.Minify)
	return m.String(c.kind, c.text)
})

// fingerprint returns a short hash of a file's content for its name, so that browsers may
// cache the file forever.
func fingerprint(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:5])
}

// optionalStyles are the style sheets that only some sites need, by their names without
// .css.
var optionalStyles = []string{"many", "languages", "spark"}

// readStyles returns the text of the optional style sheets that are needed, and that of all.
func readStyles(theme fs.FS, needed []string) (some, all string, err error) {
	for _, name := range optionalStyles {
		text, err := fs.ReadFile(theme, name+".css")
		if err != nil {
			return "", "", err
		}
		all += string(text)
		if slices.Contains(needed, name) {
			some += string(text)
		}
	}
	return some, all, nil
}

// csp returns a Content-Security-Policy. It allows the site's own files, this script and
// these styles inside a page, and nothing else; images may come from any https address,
// since the operator's texts may include them.
func csp(script string, styles ...string) string {
	policy := "default-src 'none'; style-src 'self'"
	for _, style := range styles {
		policy += " " + integrity(style)
	}
	return policy + "; script-src 'self' " + integrity(script) +
		"; img-src 'self' data: https:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
}

// integrity returns the source expression that allows exactly this style or script
// (Content Security Policy Level 3).
func integrity(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// buildID returns a hash that tells builds apart: it changes with the instant, the
// program, the theme and anything published. measured is what the charts of measurements
// show, in any form.
func (x *index) buildID(measured []byte) string {
	sum := sha256.New()
	h := bufio.NewWriter(sum)
	s, a := x.settings.site, x.settings.assets
	fmt.Fprintln(h, x.now.Unix(), x.settings.version, a.StylePath, a.ScriptPath, a.FindPath, a.BarsPath, a.Choose.Path, a.Choose.Style)
	fmt.Fprintf(h, "%q %q %q %q %q %s %d %v\n", s.Title, s.Description, s.Strings, s.Homepage, s.Support, s.Zone, s.HomeDays, s.Uptime)
	fmt.Fprintf(h, "%d %v %q %q %q\n", s.Clock, s.Brand.Scheme, menuWords(s.Menu), menuWords(s.Footer), channelWords(s.Subscribe))
	for _, m := range s.Mirrors {
		fmt.Fprintf(h, "%q\n", m.ID)
	}
	for _, r := range s.Regions {
		fmt.Fprintf(h, "%q %q\n", r.ID, r.Name)
	}
	for _, g := range s.Groups {
		fmt.Fprintf(h, "%q %q %q %q %t\n", g.ID, g.Name, g.Description, g.OwnID.ID, g.Collapsed)
	}
	for _, c := range s.Components {
		fmt.Fprintf(h, "%q %q %q %q %q %v %d\n", c.ID, c.Name, c.Description, c.URL, c.Group, c.Target, c.Since.Unix())
		fmt.Fprintf(h, "%d %t %q\n", c.Until.Unix(), c.Unlisted, c.OwnID.ID)
		for _, r := range c.Regions {
			fmt.Fprintf(h, "%q\n", r.ID)
		}
	}
	for i := range x.entries {
		e := &x.entries[i]
		if !e.Visible(x.now) {
			continue
		}
		published := e.ContentHash(x.now)
		h.Write(published[:])
	}
	for _, a := range x.announcements {
		published := a.ContentHash(x.now)
		h.Write(published[:])
	}
	for _, m := range s.Measurements {
		fmt.Fprintf(h, "%q %q %q %q %t\n", m.ID, m.Name, m.Unit, m.Component.ID, m.Home)
	}
	h.Write(measured)
	h.Flush()
	return hex.EncodeToString(sum.Sum(nil)[:6])
}
