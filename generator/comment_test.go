package generator_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator"
	"allclear/generator/diag"
)

// hiddenWord stands for what an operator hid in a comment.
const hiddenWord = "zqhiddenqz"

// commented is a site that has each of the texts, with a comment in it, in every
// place where Markdown may stand, and in those of the front matter that are shown.
// The word in the nth text ends in n.
func commented(texts ...string) fstest.MapFS {
	folder := content("-- site.yml --\ntitle: Status\nurl: https://status.example.com\nlanguages: [en, de]\n")
	for n, text := range texts {
		text = strings.ReplaceAll(text, hiddenWord, fmt.Sprintf("%s%dz", hiddenWord, n))
		line := yamlQuoted(strings.Join(strings.Fields("Words "+text), " "))
		for name, file := range map[string]string{
			"incidents/x%d.md": entryHead + text + "\n\n## Investigating — 2026-03-01 01:10\n\n" + text +
				"\n\n## Resolved — 2026-03-01 02:00\n\n" + text +
				"\n\n## Postmortem — 2026-03-01 02:10\n\n" + text + "\n",
			"incidents/z%d.md":    entryHead + "Text.\n",
			"incidents/z%d.de.md": "---\ntitle: Ärger\n---\n" + text + "\n",
			"maintenance/x%d.md": "---\ntitle: Work\nstart: 2026-03-02 01:00\nend: 2026-03-02 02:00\n---\n" + text +
				"\n\n## Plan\n\n- [ ] " + text + "\n",
			"pages/x%d.md": "---\ntitle: About\n---\n" + text + "\n",
			"incidents/y%d.md": strings.Replace(entryHead, "title: Trouble", "title: "+line+"\nauthor: "+line+"\ntags: ["+line+"]\nnote: "+
				line+"\nlabel: "+line, 1) + "Text.\n",
		} {
			folder["content/"+fmt.Sprintf(name, n)] = &fstest.MapFile{Data: []byte(file)}
		}
	}
	return folder
}

// keepHidden builds the site without the files that are refused, and wants the word
// in no file of what is built. It counts the files of content.
func keepHidden(t *testing.T, texts ...string) (taken, refused int) {
	t.Helper()
	folder := commented(texts...)
	_, problems := generator.Check(folder, nil, generator.Options{Now: instant(t, night)})
	for _, p := range problems {
		if _, there := folder[p.File]; p.Severity == diag.Error && there {
			delete(folder, p.File)
			refused++
		}
	}
	files, told, no := attempt(t, folder, instant(t, night))
	if no {
		t.Fatalf("%q: the rest is refused too:\n%s", texts, told)
	}
	for path, data := range files {
		if i := strings.Index(string(data), hiddenWord); i >= 0 {
			t.Errorf("%q: the hidden word is in %s: %.40q", texts, path, data[i:])
		}
	}
	return len(folder), refused
}

// commentForms are comments as people write them, and as nobody should.
var commentForms = []string{
	"<!-- zqhiddenqz -->", "<!--zqhiddenqz-->", "Text <!-- zqhiddenqz --> more", "Text <!--zqhiddenqz--> more", "<!--\nzqhiddenqz\n-->",
	"<!--\n\nzqhiddenqz\n\n-->",
	"Text <!--zqhiddenqz\n\nsecret --> more", "Text <!--secret\n\nzqhiddenqz --> more", "Text <!-- secret\n\nzqhiddenqz --> more",
	"Text <!--zqhiddenqz", "<!--zqhiddenqz", "<!-- zqhiddenqz\n\nmore",
	"<!--> zqhiddenqz -->", "<!---> zqhiddenqz -->", "<!----> <!-- zqhiddenqz -->", "Text <!--> zqhiddenqz -->",
	"Text <!---> zqhiddenqz -->", "<!--->zqhiddenqz<!--->",
	"- a <!-- zqhiddenqz --> b", "- a <!--zqhiddenqz\n- b --> c", "- <!-- zqhiddenqz\n\n  more -->", "- <!-- a\nzqhiddenqz -->",
	"1. a\n   <!-- zqhiddenqz -->\n2. b", "- [ ] a <!-- zqhiddenqz -->",
	"> a <!-- zqhiddenqz --> b", "> <!-- a\n> zqhiddenqz -->", "> <!-- a\nzqhiddenqz -->", "> - <!--zqhiddenqz\n\nx",
	"| a <!-- zqhiddenqz --> | b |\n|---|---|\n| <!-- zqhiddenqz --> | c |", "| a | b |\n|---|---|\n| <!--zqhiddenqz | --> |",
	"### a <!-- zqhiddenqz -->", "a <!-- zqhiddenqz -->\n---", "**a <!-- zqhiddenqz -->**", "*a <!--zqhiddenqz* -->",
	"[a <!-- zqhiddenqz -->](https://example.com)", "[a](<!--zqhiddenqz-->)",
	"[a](https://example.com \"<!-- zqhiddenqz -->\")", "[a](https://example.com '<!--zqhiddenqz-->')",
	"![a <!-- zqhiddenqz -->](https://example.com/x.png)", "<https://example.com/<!--zqhiddenqz-->>",
	"https://example.com/<!--zqhiddenqz-->", "[a]\n\n[a]: https://example.com \"<!-- zqhiddenqz -->\"", "[a]\n\n[a]: /<!--zqhiddenqz-->",
	"[a]: https://example.com <!-- zqhiddenqz -->",
	"a[^1]\n\n[^1]: b <!-- zqhiddenqz --> c", "a\n\n[^1]: unused <!-- zqhiddenqz --> c", "a[^1]\n\n[^1]: <!--zqhiddenqz",
	"a\n\n[b]: /x \"unused <!-- zqhiddenqz -->\"",
	"<div>\n<!-- zqhiddenqz\n\n-->\n</div>", "<div><!-- zqhiddenqz --></div>", "<div\ntitle=\"<!-- zqhiddenqz -->\">",
	"a <b title='<!--zqhiddenqz-->'>b</b>", "<script>\n<!-- zqhiddenqz -->\n</script>",
	"<![CDATA[ <!-- zqhiddenqz --> ]]>", "<?php <!-- zqhiddenqz --> ?>", "<!DOCTYPE <!-- zqhiddenqz -->>", "a <!X <!--zqhiddenqz-->",
	"\\\\<!-- zqhiddenqz -->", "a \\\\<!--zqhiddenqz", "!<!--zqhiddenqz", "[<!--zqhiddenqz](x",
	"```<!--zqhiddenqz-->\ncode\n```", "~~~ a <!-- zqhiddenqz -->\ncode\n~~~", "a `b` <!-- zqhiddenqz `c` -->", "a `b <!-- zqhiddenqz -->",
	"<!-- a ` zqhiddenqz --> b ` c", "~~a <!-- zqhiddenqz~~ -->", "a <!-- b <!-- zqhiddenqz --> c",
	"a\n    <!-- zqhiddenqz -->", "a  \n<!-- zqhiddenqz --> b", "<!-- zqhiddenqz --!>", "<!-- a --!> zqhiddenqz -->",
	"<!-- a -- zqhiddenqz -->", "&lt;!-- a --&gt; <!-- zqhiddenqz -->",
}

func TestNoCommentReachesAnyFile(t *testing.T) {
	taken, refused := keepHidden(t, commentForms...)
	t.Logf("%d comments: %d files of content built without the hidden words, %d refused", len(commentForms), taken, refused)
	if taken < 2*len(commentForms) || refused < len(commentForms) {
		t.Error("comments that end must not be published, and others must be refused")
	}
}

// A comment in code is code, and one with a backslash is text: what is shown was
// meant to be.
func TestACommentInCodeIsShown(t *testing.T) {
	for _, text := range []string{"`<!-- zqhiddenqz -->`", "```\n<!-- zqhiddenqz\n```", "    <!-- zqhiddenqz -->",
		"- a\n\n      <!-- zqhiddenqz", "\\<!-- zqhiddenqz -->", "> ~~~\n> <!-- zqhiddenqz -->\n> ~~~"} {
		files, told, refused := attempt(t, content("-- pages/x.md --\n---\ntitle: X\n---\n"+text+"\n"), instant(t, night))
		if page := string(files["pages/x/index.html"]); refused || !strings.Contains(page, "&lt;!-- "+hiddenWord) {
			t.Errorf("%q: refused %t, told %s", text, refused, told)
		}
	}
}

// FuzzComment puts a comment between any two texts, of which none can make it code.
func FuzzComment(f *testing.F) {
	for i, form := range commentForms {
		if i%6 > 0 {
			continue // the test above has all
		}
		before, after, _ := strings.Cut(form, "<!--")
		inside, after, _ := strings.Cut(after, "-->")
		f.Add(before, inside, after, true)
		f.Add(before, inside, after, false)
	}
	plain := strings.NewReplacer("`", "", "~~~", "", "\t", " ", "\\", "", hiddenWord, "")
	f.Fuzz(func(t *testing.T, before, inside, after string, closed bool) {
		text := plain.Replace(before) + "<!--" + strings.ReplaceAll(plain.Replace(inside), "-->", "") + hiddenWord
		if closed {
			text += "-->"
		}
		text += plain.Replace(after)
		for strings.Contains(text, "   ") { // no text is indented far enough to be code
			text = strings.ReplaceAll(text, "   ", "  ")
		}
		keepHidden(t, text)
	})
}
