package generator_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// secret is a planted word, and the one folder of the output that may hold it.
type secret struct{ word, home string }

// planter plants words that are nowhere else.
type planter struct {
	secrets []secret
	home    string
}

// word is a new word. It looks like text to every reader of content.
func (p *planter) word() string {
	word := fmt.Sprintf("zq%03dqz", len(p.secrets))
	p.secrets = append(p.secrets, secret{word, p.home})
	return word
}

// entry is a whole entry of which every text is a planted word.
func (p *planter) entry(head, body string) string {
	return "---\n" + p.fill("title: {en: §, de: §}\nauthor: §\ntags: [§]\n# §\n"+head) + "---\n" +
		p.fill("§ **§** [§](https://example.com/§ \"§\") `§`\n\n| § |\n|---|\n| § |\n\n"+body)
}

// fill puts a word in each place of a text.
func (p *planter) fill(text string) string {
	for strings.Contains(text, "§") {
		text = strings.Replace(text, "§", p.word(), 1)
	}
	return text
}

const impactWithWords = "impacts:\n  - {components: [api], status: major_outage, label: {en: §, de: §}, note: {en: §, de: §}, start: " +
	"2026-03-01 01:00, end: 2026-03-01 02:00}\n"

// secretive is a site full of what nobody may read yet, or ever, at night.
func secretive() (fstest.MapFS, []secret) {
	p := &planter{}
	files := map[string]string{
		"incidents/draft.md": p.entry("draft: true\nstart: 2026-03-01 01:00\n"+impactWithWords,
			"## Investigating — 2026-03-01 01:10\n§\n\n## Postmortem — 2026-03-01 02:30\n### §\n§\n"),
		"maintenance/draft-window.md": p.entry("draft: true\nheadline: §\nstart: 2026-03-02 01:00\nend: 2026-03-02 02:00\nimpacts:\n"+
			"  - {components: [web], label: §}\n",
			"## Plan\n- [ ] §\n\n## Scheduled — 2026-02-20 10:00\n§\n"),
		"pages/draft-page.md":   p.entryOfPage("draft: true\n"),
		"incidents/draft.de.md": p.fill("---\ntitle: §\n---\n§\n\n## Investigating — 2026-03-01 01:10\n§\n"),
		"incidents/later.md": p.entry("start: 2026-03-01 04:00\ncomponents: [api]\nstatus: major_outage\nnote: §\nlabel: §\n",
			"## Investigating — 2026-03-01 04:10\n§\n"),
		"incidents/later.de.md": p.fill("---\ntitle: §\n---\n§\n\n## Investigating — 2026-03-01 04:10\n§\n"),
		"maintenance/unsaid.md": p.entry("posted: 2026-03-01 05:00\nheadline: §\nstart: 2026-03-05 01:00\n"+
			"end: 2026-03-05 02:00\ncomponents: [web]\n", "## Plan\n- [ ] § 3 of 7\n\n## Scheduled — 2026-03-01 05:00\n§\n"),
		"incidents/.hidden.md":    p.entry("start: 2026-03-01 01:00\n", ""),
		"incidents/left-over.md~": p.entry("start: 2026-03-01 01:00\n", ""),
		"incidents/.swap.md.swp":  p.entry("start: 2026-03-01 01:00\n", ""),
		"incidents/open.md":       openWithSecrets(p),
		"incidents/open.de.md": p.fill("---\ntitle: Offen\n---\nText <!-- § --> hier.\n\n## Investigating — 2026-03-01 01:10\n" +
			"Gut <!-- § -->.\n\n## Resolved — 2026-03-01 05:00\n§\n\n## Postmortem — 2026-03-01 06:00\n§\n"),
		"incidents/retold.md": "---\ntitle: Told again\nstart: 2026-02-01 01:00\nend: 2026-02-01 02:00\nposted: 2026-03-01 06:00\n" +
			"components: [api]\nstatus: major_outage\n---\n" + p.fill("§ and **§**\n"),
		"maintenance/under-way.md": p.fill("---\ntitle: Under way\nstart: 2026-03-01 02:00\nend: 2026-03-01 06:00\ncomponents: [web]\n" +
			"---\nText.\n\n## Plan\n- [x] Step <!-- § -->\n- [ ] Step\n\n## Completed — 2026-03-01 04:30\n§\n"),
		"components.yml": p.fill("# §\nregions: [{id: eu, name: Europe}]\ncomponents:\n" +
			"  - {id: api, name: API, regions: [eu]} # §\n  - {id: web, name: Website}\n"),
		"site.yml":                  p.fill("# §\ntitle: Example Status # §\nurl: https://status.example.com\nlanguages: [en, de]\n"),
		"notes.md":                  p.fill("§\n"),
		"incidents/readme.markdown": p.fill("§\n"),
	}
	p.home = "incidents/rehearsal/"
	files["incidents/rehearsal.md"] = p.entry("noindex: true\nstart: 2026-03-01 01:00\n"+
		strings.ReplaceAll(impactWithWords, ", end: 2026-03-01 02:00", ""),
		"## Investigating — 2026-03-01 01:10\n§\n\n## Postmortem — 2026-03-01 02:30\n### §\n§\n")
	files["incidents/rehearsal.de.md"] = p.fill("---\ntitle: §\n---\n§\n\n## Investigating — 2026-03-01 01:10\n§\n")
	p.home = "maintenance/exercise/"
	files["maintenance/exercise.md"] = p.entry("noindex: true\nheadline: §\nstart: 2026-03-01 02:00\nend: 2026-03-01 06:00\nimpacts:\n"+
		"  - {components: [web], label: §, note: §}\n", "## Plan\n- [ ] §\n\n## Scheduled — 2026-02-20 10:00\n§\n")
	folder := fstest.MapFS{}
	for name, text := range files {
		folder["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder, p.secrets
}

func (p *planter) entryOfPage(head string) string {
	return "---\n" + p.fill("title: §\n"+head) + "---\n" + p.fill("§ **§**\n")
}

// openWithSecrets is an open incident, with comments in every place where a
// comment can stand, and words and definitions that are set for later.
func openWithSecrets(p *planter) string {
	return p.fill(`---
title: Open # §
# §
impacts:
  - {components: [api], status: partial_outage, start: 2026-03-01 01:00} # §
---
<!-- § -->
Seen <!-- § --> and <!--§--> told.
<!--
§
-->

- a <!-- § -->
- b
  <!-- § -->

> quoted <!-- § -->

| a <!-- § --> | b |
|---|---|
| c | d <!-- § --> |

Note[^1].

[^1]: A note <!-- § -->

[^later]: A note for later: §

    and its second paragraph: §

[^nobody]: §

[later]: https://later.example/§ "§"

### Heading <!-- § -->

## Investigating — 2026-03-01 01:10
Text. <!-- § -->

<!-- § -->

## Update — 2026-03-01 03:00:01
§

## Resolved — 2026-03-01 05:00
§ <!-- § -->[^later] [§][later]

## Postmortem — 2026-03-01 06:00
### §
§

- §
`)
}

func TestNothingSecretIsInAnyFile(t *testing.T) {
	folder, secrets := secretive()
	files := built(t, folder, instant(t, night))
	sound(t, files)
	found, homes := 0, map[string]bool{}
	for name, data := range files {
		for _, s := range secrets {
			if !bytes.Contains(data, []byte(s.word)) && !strings.Contains(name, s.word) {
				continue
			}
			if s.home != "" && strings.HasPrefix(strings.TrimPrefix(name, "de/"), s.home) {
				homes[s.home] = true
				continue
			}
			found++
			t.Errorf("%s holds %s, which was planted in %s", name, s.word, planting(folder, s.word))
		}
		for _, slug := range []string{"draft", "later.", "later/", "unsaid", "hidden", "left-over", "swap", "readme"} {
			if strings.Contains(name, slug) {
				t.Errorf("%s was built", name)
			}
		}
	}
	for _, home := range []string{"incidents/rehearsal/", "maintenance/exercise/"} {
		if !homes[home] {
			t.Errorf("%s does not say what it is about: the search would find nothing anywhere", home)
		}
	}
	t.Logf("%d planted words, %d files, %d found", len(secrets), len(files), found)
}

// The same words are there when their time has come, so that the search above
// is one that can find.
func TestWhatWasSecretIsThereWhenItsTimeHasCome(t *testing.T) {
	folder, secrets := secretive()
	files := built(t, folder, instant(t, "2026-03-01T07:00:00Z"))
	var all []byte
	for _, data := range files {
		all = append(all, data...)
	}
	for _, name := range []string{"incidents/later.md", "incidents/later.de.md", "maintenance/unsaid.md", "incidents/retold.md"} {
		i := slices.IndexFunc(secrets, func(s secret) bool { return planting(folder, s.word) == "content/"+name })
		if i < 0 || !bytes.Contains(all, []byte(secrets[i].word)) {
			t.Errorf("nothing of %s was published", name)
		}
	}
	twin := string(files["incidents/open/index.md"])
	for _, definition := range []string{"[^1]: A note", "[^later]: A note for later: ", "    and its second paragraph: ",
		"[later]: https://later.example/"} {
		if strings.Count(twin, definition) != 1 {
			t.Errorf("the Markdown page has %q %d times", definition, strings.Count(twin, definition))
		}
	}
	if strings.Contains(twin, "[^nobody]") {
		t.Error("the Markdown page defines what nothing uses")
	}
}

// planting is the file in which a word was planted.
func planting(folder fstest.MapFS, word string) string {
	for name, f := range folder {
		if bytes.Contains(f.Data, []byte(word)) {
			return name
		}
	}
	return "no file"
}
