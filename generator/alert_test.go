package generator_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// A quotation that begins with [!WARNING] stands under its word, on pages and in
// feeds, in the language of the text that it is part of.
func TestAnAlertSaysItsWordInEveryLanguage(t *testing.T) {
	const front, alert = "---\ntitle: X\nstart: 2026-11-27 01:00\nend: 2026-11-27 02:00\n---\n", "> [!WARNING]\n> Text\n"
	site := func(languages string, more map[string]string) made {
		folder := fstest.MapFS{
			"content/site.yml":       {Data: []byte("title: Status\nurl: https://x.example\nlanguages: [" + languages + "]\n")},
			"content/components.yml": {Data: []byte("components: [{id: api}]\n")},
			"content/incidents/x.md": {Data: []byte(front + alert)},
		}
		for name, text := range more {
			folder[name] = &fstest.MapFile{Data: []byte(text)}
		}
		files := built(t, folder, instant(t, "2026-11-27T12:00:00Z"))
		for name, data := range files {
			if !strings.HasSuffix(name, ".png") && bytes.Contains(data, []byte("\x04")) {
				t.Errorf("%s holds a mark in place of a word", name)
			}
		}
		return files
	}
	shows := func(file []byte, word string) bool {
		return strings.Contains(string(file), `<p class="alert-word">`+word+"</p>") || strings.Contains(string(file), `alert-word&#34;&gt;`+
			word+"&lt;")
	}
	files, err := os.ReadDir("../themes/default/languages")
	if err != nil || len(files) < 20 {
		t.Fatal(len(files), err)
	}
	seen := map[string]bool{}
	for _, f := range files {
		tag := strings.TrimSuffix(f.Name(), ".yml")
		page := string(site(tag, nil)["incidents/x/index.html"])
		_, after, _ := strings.Cut(page, `<p class="alert-word">`)
		word, _, _ := strings.Cut(after, "</p>")
		if word == "" || word == "warning" || strings.Contains(word, "<") || word == "Warning" && tag != "en" {
			t.Errorf("%s: the word is %q", tag, word)
		}
		seen[word] = true
	}
	if len(seen) < 18 {
		t.Errorf("only %d words in %d languages", len(seen), len(files))
	}

	both := site("en, de, fr", map[string]string{"content/incidents/x.de.md": "---\ntitle: X\n---\n" + alert})
	if !shows(both["incidents/x/index.html"], "Warning") || !shows(both["de/incidents/x/index.html"], "Warnung") {
		t.Error("a page and its translation do not say the word in their languages")
	}
	if !shows(both["fr/incidents/x/index.html"], "Warning") {
		t.Error("a text without a translation does not keep the word of its own language")
	}
	for name, want := range map[string]string{
		"api/v2/incidents.json": `"body":"Warning: Text"`, "search.json": `"text":"Warning: Text"`,
		"de/search.json": `"text":"Warnung: Text"`,
		"fr/search.json": `"text":"Warning: Text"`, "incidents/x/index.html": `<meta property="og:description" content="Warning: Text">`,
	} {
		if !strings.Contains(string(both[name]), want) || strings.Contains(string(both[name]), "[!") {
			t.Errorf("%s does not say %s", name, want)
		}
	}
	if !strings.Contains(string(both["history.atom"]), "Warning") || !strings.Contains(string(both["de/history.atom"]), "Warnung") {
		t.Error("the feeds do not say the word")
	}
}
