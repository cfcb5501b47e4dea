package render

import (
	"io/fs"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/memo"
	"allclear/generator/site"
)

// CheckPolicy warns about parts of the operator's own templates that browsers ignore, because
// the Content-Security-Policy of the pages allows only the site's own script and style files:
// inline scripts, scripts of other hosts, and attributes that handle events or set a style.
func CheckPolicy(own fs.FS, s *site.Site) diag.List {
	var problems diag.List
	names, _ := fs.Glob(own, "*.html") // an unreadable theme is reported when it is rendered
	for _, name := range names {
		if text, err := fs.ReadFile(own, name); err == nil {
			t := templateText{file: "themes/" + s.Theme + "/" + name, text: string(text), origin: originOf(s.URL), problems: &problems}
			t.checkPolicy()
		}
	}
	return problems
}

// templateText is a template that is searched for what the policy blocks.
type templateText struct {
	file     string
	text     string
	origin   string // of the site: https://status.example.com, or ""
	problems *diag.List
}

// originOf returns the scheme and host of a URL.
func originOf(url string) string { return strings.TrimSuffix(url, basePath(url)) }

var (
	templateAction = memo.Regexp(`(?s)\{\{.*?\}\}|<!--.*?-->`)
	htmlTag        = memo.Regexp(`<([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>`)
	htmlAttribute  = memo.Regexp(`([^\s=>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?`)
	eventAttribute = memo.Regexp(`^on[a-z]+$`)
	ownInline      = memo.Regexp(`^\s*\{\{-?\s*\$?\.(Script|Style)\s*-?\}\}\s*$`)
)

// inlineTypes are the types of script elements that browsers run.
var inlineTypes = []string{"", "text/javascript", "application/javascript", "module"}

// checkPolicy reports every tag of which the policy blocks a part. Comments and what the
// template fills in are blanked, so that all offsets stay.
func (t templateText) checkPolicy() {
	plain := templateAction().ReplaceAllStringFunc(t.text, func(s string) string { return strings.Repeat(" ", len(s)) })
	for _, tag := range htmlTag().FindAllStringSubmatchIndex(plain, -1) {
		name, from := strings.ToLower(plain[tag[2]:tag[3]]), tag[4]
		values := map[string]string{}
		for _, a := range htmlAttribute().FindAllStringSubmatchIndex(plain[from:tag[5]], -1) {
			key, value := strings.ToLower(plain[from+a[2]:from+a[3]]), ""
			if a[4] >= 0 {
				value = strings.TrimSpace(strings.Trim(plain[from+a[4]:from+a[5]], `"'`))
			}
			values[key] = value
			t.checkAttribute(key, value, from+a[2], from+a[3])
		}
		t.checkElement(name, values, plain, tag[0], tag[1])
	}
}

// checkAttribute reports an attribute that the policy blocks.
func (t templateText) checkAttribute(key, value string, from, to int) {
	switch {
	case eventAttribute().MatchString(key):
		t.warn(from, to, `remove it, and write in script.js: element.addEventListener("`+key[2:]+`", …)`,
			"browsers ignore %s: the policy of the pages allows scripts only in files of the site", key)
	case key == "style":
		t.warn(from, to, "give the element a class, and put the style into extra.css",
			"browsers ignore style=: the policy of the pages allows styles only in files of the site")
	case (key == "href" || key == "action") && strings.HasPrefix(strings.ToLower(value), "javascript:"):
		t.warn(from, to, "write a script in script.js, and use a <button>",
			"browsers do not run a javascript: address: the policy of the pages allows scripts only in files of the site")
	}
}

// checkElement reports a script or style element that the policy blocks.
func (t templateText) checkElement(name string, values map[string]string, plain string, from, to int) {
	if name != "script" && name != "style" || name == "script" && !slices.Contains(inlineTypes, strings.ToLower(values["type"])) {
		return
	}
	if src, linked := values["src"]; linked && name == "script" {
		low := strings.ToLower(src)
		own := t.origin != "" && (low == t.origin || strings.HasPrefix(low, strings.ToLower(t.origin)+"/"))
		if address := strings.HasPrefix(low, "//") || strings.Contains(low, ":"); address && !own {
			t.warn(from, to, `copy the file to content/static/, and write src="{{.Root}}NAME.js"`,
				"browsers do not load this script: the policy of the pages allows scripts only from the site itself")
		}
		return
	}
	end := strings.Index(strings.ToLower(plain[to:]), "</"+name)
	if end < 0 || ownInline().MatchString(t.text[to:to+end]) || strings.TrimSpace(t.text[to:to+end]) == "" {
		return
	}
	if name == "style" {
		t.warn(from, to, "move it to extra.css",
			"browsers ignore this style: the policy of the pages allows styles only in files of the site")
		return
	}
	t.warn(from, to, `move it to a file in content/static/, and write <script src="{{.Root}}NAME.js" defer></script>`,
		"browsers do not run this script: the policy of the pages allows scripts only in files of the site")
}

// warn adds a warning about a part of the template.
func (t templateText) warn(from, to int, hint, format string, args ...any) {
	t.problems.Warn(t.position(from, to), "blocked-by-policy", hint, format, args...)
}

// position returns the place of a part of the template, from its offsets.
func (t templateText) position(from, to int) diag.Pos {
	line := strings.LastIndexByte(t.text[:from], '\n') + 1
	column := 1 + len([]rune(t.text[line:from]))
	length := len([]rune(strings.SplitN(t.text[from:to], "\n", 2)[0]))
	return diag.Pos{
		File: t.file, Line: 1 + strings.Count(t.text[:from], "\n"), Column: column, EndColumn: column + length,
	}
}
