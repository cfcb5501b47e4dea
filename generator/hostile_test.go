package generator_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// Content may be written by somebody careless or malicious. Whatever it is, it
// meets a clear error or becomes safe output, in bounded time and memory.

// night is an instant of the stories below.
const night = "2026-03-01T03:00:00Z"

const entryHead = "---\ntitle: Trouble\ncomponents: [api]\nstatus: partial_outage\nstart: 2026-03-01 01:00\n---\n"

// survives builds a hostile site within bounds. What was built must be sound;
// what was not must have been refused in these words.
func survives(t *testing.T, folder fstest.MapFS, refusal string) made {
	t.Helper()
	var files made
	within(t, time.Minute, 2000, func() {
		f, text, refused := attempt(t, folder, instant(t, night))
		if refused != (refusal != "") || !strings.Contains(text, refusal) {
			t.Errorf("told:\n%.2000s\nwant a refusal with %q", text, refusal)
		}
		if _, bad := firstControl(text, false); bad {
			t.Errorf("a message would command a terminal: %q", text)
		}
		if len(text) > 1<<20 {
			t.Errorf("%d bytes of messages", len(text))
		}
		files = f
	})
	sound(t, files)
	return files
}

func TestHostileFrontMatter(t *testing.T) {
	for name, c := range map[string]struct{ front, refusal string }{
		"an alias bomb": {"title: &a [x,x,x,x,x,x,x,x]\ntags: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nauthor: [*b,*b,*b,*b,*b,*b,*b,*b]",
			"anchors and aliases"},
		"an alias of itself":      {"title: &a [*a]", "error:"},
		"a merge key":             {"title: X\n<<: {draft: true}", "merge keys"},
		"a tag":                   {"title: !!binary aGVsbG8=", "tags"},
		"a foreign tag":           {"title: !ruby/object:Gem::Requirement x", "tags"},
		"a key that is a list":    {"title: X\n? [a, b]\n: c", "a key must be text"},
		"a key with a script":     {"title: X\n\"<script>alert(1)</script>\": 1", "unknown key"},
		"a key of another script": {"title: X\nstаrt: 2026-03-01", "unknown key"},
		"deep lists":              {"title: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000), "error:"},
		"deep tables":             {"title: X\nimpacts: " + strings.Repeat("{a: ", 3000) + "1" + strings.Repeat("}", 3000), "error:"},
		"deep indentation":        {"title:\n" + stairs(400), "error:"},
		"an escape for terminals": {`title: "\e[2J\e[31mowned"`, "control character"},
		"an escape for a null":    {`title: "a\0b"`, "control character"},
		"an escape for marks":     {`title: "a\x01b\x02c"`, "control character"},
		"an escape in a list":     {"title: X\ntags: [\"a\\u009b31mb\"]", "control character"},
		"a line break in a title": {`title: "a\r\nBEGIN:VALARM\nX-Evil: 1"`, "error:"},
		"a number as a title":     {"title: 0x10", "must be text"},
		"a year beyond all years": {"title: X\nstart: 99999-01-01 00:00", "error:"},
		"the last year there is":  {"title: X\ncomponents: [api]\nstatus: major\nstart: 9999-12-31 23:59:59", "error:"},
		"the year nought":         {"title: X\ncomponents: [api]\nstatus: major\nstart: 0000-01-01 00:00", "error:"},
		"an endless duration": {"title: X\ncomponents: [api]\nstatus: major\nstart: 2026-03-01 00:00\nend: 2026-03-01 01:00\n" +
			"downtime: 9999999999999h", "error:"},
		"ten thousand tags": {"title: X\nstart: 2026-03-01 00:00\ntags: [" + strings.Repeat("x, ", 10000) + "y]", "error:"},
		"a long title":      {"title: " + strings.Repeat("long ", 200_000), "error:"},
		"a JSON bomb":       {"title: X\n" + strings.Repeat("{\"a\":", 3000), "error:"},
	} {
		t.Run(name, func(t *testing.T) {
			survives(t, content("-- incidents/x.md --\n---\n"+c.front+"\n---\nText.\n"), c.refusal)
		})
	}
}

// stairs is a table in a table in a table.
func stairs(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i+1) + "a:\n")
	}
	return b.String()
}

func TestHostileBytes(t *testing.T) {
	for name, c := range map[string]struct{ text, refusal string }{
		"invalid UTF-8":            {entryHead + "caf\xe9\n", "not UTF-8"},
		"a null byte":              {entryHead + "a\x00b\n", "control character"},
		"UTF-16":                   {"\xff\xfe-\x00-\x00-\x00\n\x00", "error:"},
		"mixed encodings":          {entryHead + "größe gr\xf6\xdfe\n", "not UTF-8"},
		"an overlong encoding":     {entryHead + "\xc0\xbcscript>\n", "not UTF-8"},
		"half a surrogate":         {entryHead + "\xed\xa0\x80\n", "not UTF-8"},
		"a byte-order mark":        {"\ufeff" + entryHead + "Text.\n", ""},
		"two byte-order marks":     {"\ufeff\ufeff" + entryHead + "Text.\n", "error:"},
		"carriage returns":         {strings.ReplaceAll(entryHead+"a\n\n## Update — 2026-03-01 02:00\nb\n", "\n", "\r\n"), ""},
		"lone carriage returns":    {strings.ReplaceAll(entryHead+"a\n", "\n", "\r"), "error:"},
		"a terminal escape":        {entryHead + "\x1b]0;owned\x07\n", "control character"},
		"a C1 control":             {entryHead + "\u009b31m\n", "control character"},
		"a bidirectional override": {entryHead + "see \u202egnp.exe\u202c now\n", ""},
		"isolates left open":       {entryHead + "\u2066\u2067\u2068 text\n", ""},
		"invisible characters":     {entryHead + "a\u200b\u200e\u2060\ufeffb\n", ""},
		"line separators":          {entryHead + "a\u2028b\u2029c\n", ""},
		"a thousand marks":         {entryHead + "z" + strings.Repeat("\u0300", 5000) + "\n", ""},
		"noncharacters":            {entryHead + "\uffff\ufdd0\U0010ffff\n", ""},
		"nothing at all":           {"", "no front matter"},
		"a fence and no more":      {"---", "never ends"},
		"only fences":              {"---\n---\n---\n---\n", "error:"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := content("")
			folder["content/incidents/x.md"] = &fstest.MapFile{Data: []byte(c.text)}
			survives(t, folder, c.refusal)
		})
	}
}

func TestHostileSizes(t *testing.T) {
	for name, c := range map[string]struct{ files, refusal string }{
		"a file of 100 MB": {"-- incidents/x.md --\n" + entryHead + strings.Repeat("0123456789abcde\n", 100<<16),
			"larger than 4 MB"},
		"a site.yml of 100 MB": {"-- site.yml --\ntitle: X\n" + strings.Repeat("# 3456789abcdef\n", 100<<16), "larger than 4 MB"},
		"a million headings":   {"-- incidents/x.md --\n" + entryHead + strings.Repeat("#\n", 1_000_000), "more than 1000 headings"},
		"a hundred thousand updates": {"-- incidents/x.md --\n" + entryHead + strings.Repeat("## Update - 2026-03-01 02:00\n", 100_000),
			"error:"},
		"a hundred thousand impacts": {"-- incidents/x.md --\n---\ntitle: X\nstart: 2026-03-01 00:00\nimpacts:\n" +
			strings.Repeat(" - {components: [api], status: up}\n", 100_000) + "---\n", "error:"},
		"fifty thousand components": {"-- components.yml --\ncomponents:\n" + numbered(" - {id: c%d, name: C}\n", 50_000), "error:"},
		"fifty thousand languages": {"-- site.yml --\ntitle: X\nurl: https://x.example\nlanguages: [en" + numbered(", aa-a%d", 50_000) +
			"]\n", "error:"},
		"fifty thousand regions": {"-- components.yml --\nregions:\n" + numbered(" - {id: r%d}\n", 50_000) + "components: [{id: api}]\n",
			"error:"},
		"a long line":           {"-- incidents/x.md --\n" + entryHead + strings.Repeat("a", 1<<20) + "\n", ""},
		"a long word in a name": {"-- components.yml --\ncomponents: [{id: api, name: " + strings.Repeat("a", 1<<20) + "}]\n", "error:"},
		"a wide table": {"-- incidents/x.md --\n" + entryHead + "|" + strings.Repeat("a|", 50_000) + "\n|" +
			strings.Repeat("-|", 50_000) + "\n" + strings.Repeat("|b|\n", 5_000), "too many cells"},
		"quotes in quotes":     {"-- incidents/x.md --\n" + entryHead + strings.Repeat(">", 100_000) + "\n", "nested too deeply"},
		"lists in lists":       {"-- incidents/x.md --\n" + entryHead + strings.Repeat("- ", 100_000) + "\n", "nested too deeply"},
		"emphasis without end": {"-- incidents/x.md --\n" + entryHead + strings.Repeat("*a **b ", 200_000) + "\n", "error:"},
	} {
		t.Run(name, func(t *testing.T) { survives(t, content(c.files), c.refusal) })
	}
}

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func TestHostileNames(t *testing.T) {
	for name, c := range map[string]struct{ path, refusal string }{
		"capital letters":         {"content/incidents/Outage.md", "cannot be an address"},
		"dots that lead out":      {"content/incidents/a..%2f..%2fx.md", "cannot be an address"},
		"dots only":               {"content/incidents/...md", ""}, // hidden, so left alone
		"a backslash":             {`content/incidents/a\..\..\x.md`, "cannot be an address"},
		"a device of Windows":     {"content/incidents/con.md", "reserved by Windows"},
		"a device with an ending": {"content/incidents/nul.de.md", "error:"},
		"a script":                {"content/incidents/<script>alert(1)<script>.md", "cannot be an address"},
		"a space":                 {"content/incidents/a b.md", "cannot be an address"},
		"a line break":            {"content/incidents/a\nb.md", "error:"},
		"a terminal escape":       {"content/incidents/\x1b[31m.md", "error:"},
		"invalid UTF-8":           {"content/incidents/caf\xe9.md", "error:"},
		"a look-alike":            {"content/incidents/оutage.md", "cannot be an address"},
		"a very long name":        {"content/incidents/" + strings.Repeat("a", 240) + ".md", "longer than 100"},
		"no name":                 {"content/incidents/.md", ""},
		"a page like a device":    {"content/pages/aux.md", "reserved by Windows"},
		"an unknown language":     {"content/incidents/x.xx.md", "not one of the site's languages"},
		"a folder like a file":    {"content/incidents/x.md/y.md", "folder has the name of a Markdown file"},
		"a file like our page":    {"content/static/index.html", "content/static/index.html"},
		"a file over our API":     {"content/static/api/v2/summary.json", "content/static/api/v2/summary.json"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := content("")
			folder[c.path] = &fstest.MapFile{Data: []byte(entryHead + "Text.\n")}
			survives(t, folder, c.refusal)
		})
	}
}

func TestHostileSites(t *testing.T) {
	for name, c := range map[string]struct{ files, refusal string }{
		"an address that runs":       {"-- site.yml --\ntitle: X\nurl: javascript:alert(1)\n", "error:"},
		"an address with a password": {"-- site.yml --\ntitle: X\nurl: https://a:b@x.example\n", "error:"},
		"an address with a quote":    {"-- site.yml --\ntitle: X\nurl: 'https://x.example/\"><script>alert(1)</script>'\n", "error:"},
		"a homepage that runs": {"-- site.yml --\ntitle: X\nurl: https://x.example\n" +
			"homepage: 'data:text/html,<script>alert(1)</script>'\n", "error:"},
		"support that runs": {"-- site.yml --\ntitle: X\nurl: https://x.example\nsupport: \"java\\tscript:alert(1)\"\n",
			"error:"},
		"a component's address": {"-- components.yml --\ncomponents: [{id: api, url: 'vbscript:x'}]\n", "error:"},
		"an accent that leaves its CSS": {"-- site.yml --\ntitle: X\nurl: https://x.example\nbrand: {accent: 'red}*{display:none'}\n",
			"not a color"},
		"a theme outside": {"-- site.yml --\ntitle: X\nurl: https://x.example\ntheme: ../../etc\n", "cannot be a theme"},
		"a logo outside":  {"-- site.yml --\ntitle: X\nurl: https://x.example\nbrand: {logo: ../site.yml}\n", "error:"},
		"a logo elsewhere": {"-- site.yml --\ntitle: X\nurl: https://x.example\nbrand: {logo: 'https://evil.example/x.svg'}\n",
			"error:"},
		"a logo that is no picture": {"-- site.yml --\ntitle: X\nurl: https://x.example\nbrand: {logo: x.html}\n-- static/x.html --\n" +
			"<script>alert(1)</script>\n", "error:"},
		"a language that is a path": {"-- site.yml --\ntitle: X\nurl: https://x.example\nlanguages: [en, ../x]\n",
			"not a language tag"},
		"a language twice":           {"-- site.yml --\ntitle: X\nurl: https://x.example\nlanguages: [en, de, DE]\n", "error:"},
		"a component called api":     {"-- components.yml --\ncomponents: [{id: index.html}]\n", "error:"},
		"a component called overall": {"-- components.yml --\ncomponents: [{id: overall, name: O}]\n", "error:"},
		"two components of one name": {"-- components.yml --\ncomponents: [{id: Api, name: A}, {id: api, name: B}]\n", "error:"},
		"a zone that is a path": {"-- site.yml --\ntitle: X\nurl: https://x.example\ntimezone: ../../../etc/passwd\n",
			"unknown time zone"},
		"strings that nobody asked for": {"-- site.yml --\ntitle: X\nurl: https://x.example\n" +
			"strings: {no.such.key: '<script>alert(1)</script>'}\n", "no text has the key"},
		"a weight beyond all": {"-- site.yml --\ntitle: X\nurl: https://x.example\nuptime: {weights: {major_outage: 1e300}}\n",
			"error:"},
		"no number": {"-- site.yml --\ntitle: X\nurl: https://x.example\nuptime: {weights: {major_outage: .nan}}\n",
			"error:"},
		"days without end":   {"-- site.yml --\ntitle: X\nurl: https://x.example\nhome: {days: 100000000}\n", "error:"},
		"an id with a slash": {"-- incidents/x.md --\n---\ntitle: X\nid: ../../x\nstart: 2026-03-01 00:00\n---\n", "error:"},
		"an id of another entry": {"-- incidents/x.md --\n---\ntitle: X\nid: y\nstart: 2026-03-01 00:00\n---\n-- incidents/y.md --\n" +
			entryHead, "error:"},
		"a link out of the site":    {"-- incidents/x.md --\n" + entryHead + "[a](../../../../etc/passwd.md)\n", "error:"},
		"a picture out of the site": {"-- incidents/x.md --\n" + entryHead + "![a](../../../../etc/passwd)\n", "error:"},
	} {
		t.Run(name, func(t *testing.T) { survives(t, content(c.files), c.refusal) })
	}
}
