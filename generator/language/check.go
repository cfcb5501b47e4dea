package language

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// Check reports the mistakes in a site's own language files and in the strings of
// site.yml. A missing text is a warning, since it is shown in English. An unknown key is
// an error, and so is a text whose {placeholders} are not those of the English one. The
// built-in files of the theme are not checked. Files are named from the site's folder,
// where those of a theme are in themes/<name>/.
func Check(theme fs.FS, s *site.Site) diag.List {
	builtIn, _ := base(theme)
	english, err := readFile(builtIn, "en")
	if err != nil {
		return nil // Open fails with the same error
	}
	c := checker{theme: theme, site: s, english: english}
	for _, tag := range s.Languages {
		c.checkFile(tag)
	}
	for key, text := range s.Strings {
		c.checkString(key, text)
	}
	c.problems.Sort()
	return c.problems
}

// checker collects the problems of one site.
type checker struct {
	theme    fs.FS
	site     *site.Site
	english  languageFile
	problems diag.List
}

// checkFile checks the operator's own file for a language, if there is one.
func (c *checker) checkFile(tag string) {
	builtIn, hasOwn := base(c.theme)
	_, known := nearest(builtIn, tag)
	own := ""
	if hasOwn {
		own = ownFile(c.theme, tag)
	}
	if own == "" {
		if !known {
			hint := "write themes/" + c.site.Theme + "/languages/" + tag + ".yml; missing texts are shown in English"
			c.problems.Warn(c.site.LanguagePos[tag], "missing-words", hint, "there are no words in %q", tag)
		}
		return
	}
	path := "themes/" + c.site.Theme + "/" + filePath(own)
	file, err := readFile(c.theme, own)
	if err != nil {
		hint := "write keys and texts, as the built-in language files do"
		c.problems.Error(diag.Pos{File: path}, "bad-words", hint, "this is not a language file: %v", err)
		return
	}
	l, _ := parseLocale(tag)
	for _, f := range file.mistakes(c.english, l) {
		if !f.missing {
			c.problems.Error(diag.Pos{File: path, Line: f.line, Column: 1, EndColumn: 2}, "bad-words", f.hint, "%s", f.message)
		}
	}
	if missing := file.missing(c.english); len(missing) > 0 && !known {
		hint := "translate " + someOf(missing)
		c.problems.Warn(diag.Pos{File: path}, "missing-words", hint, "%d texts are missing here and shown in English", len(missing))
	}
}

// ownFile returns the tag of the operator's own file for a language, or "" if there
// is none, or it is a copy of the built-in one.
func ownFile(theme fs.FS, tag string) string {
	name, ok := nearest(theme, tag)
	if !ok {
		return ""
	}
	from, _ := base(theme)
	builtIn, err := fs.ReadFile(from, filePath(name))
	own, ownErr := fs.ReadFile(theme, filePath(name))
	if ownErr == nil && err == nil && string(builtIn) == string(own) {
		return ""
	}
	return name
}

// checkString checks one string of site.yml.
func (c *checker) checkString(key string, text site.Text) {
	at := c.site.StringPos[key]
	model, known := c.english.messages[key]
	whole, category := cutLast(key)
	if !known && isPluralForm(category) {
		if model, known = c.english.messages[whole]; known && model.forms == nil {
			known = false
		}
	}
	switch {
	case len(renamed[key]) > 0:
		c.problems.Error(at, "unknown-string", "write "+strings.Join(renamed[key], " and "), "the text %q has a new name", key)
	case !known && !(isOptional(key) && calendarLists[key] == 0) || model.list != nil:
		c.problems.Error(at, "unknown-string", diag.DidYouMean(key, c.english.keys), "no text has the key %q", key)
	default:
		if text.Default != "" {
			c.checkText(c.site.Languages[0], key, text.Default, model, at)
		}
		for _, tag := range slices.Sorted(maps.Keys(text.Other)) {
			c.checkText(tag, key, text.Other[tag], model, at)
		}
	}
}

// checkText checks one string of site.yml in one language. It replaces a whole
// message or one of its plural forms.
func (c *checker) checkText(tag, key, own string, model message, at diag.Pos) {
	l, err := openOne(c.theme, tag, nil)
	if err != nil {
		return // Open fails with the same error
	}
	needsNumber := true
	whole, form := cutLast(key)
	if model.forms != nil && isPluralForm(form) {
		needsNumber = form != exactlyOne && !l.locale.single(form)
		if form != exactlyOne && !slices.Contains(l.locale.plurals(), form) {
			hint := "this language has " + strings.Join(l.locale.plurals(), ", ")
			c.problems.Error(at, "bad-words", hint, "%q is a form that %s does not have", key, tag)
			return
		}
	}
	for _, f := range (message{by: l.messages[whole].by}).textMistakes(key, model, own, needsNumber) {
		c.problems.Error(at, "bad-words", f.hint, "%s", f.message)
	}
}
