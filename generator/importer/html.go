package importer

import (
	"html"
	"strconv"
	"strings"

	"allclear/generator/memo"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
)

// htmlConverter turns HTML into Markdown and leaves Markdown in its text alone.
var htmlConverter = converter.NewConverter(
	converter.WithEscapeMode(converter.EscapeModeDisabled),
	converter.WithPlugins(base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false)),
		strikethrough.NewStrikethroughPlugin(), table.NewTablePlugin()),
)

// knownTag is an element that people write into the texts of status pages.
var knownTag = memo.Regexp(`(?i)</?(a|abbr|article|b|big|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|font|` +
	`h[1-6]|hr|i|img|` +
	`ins|kbd|li|mark|ol|p|pre|q|s|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|var)` +
	`(\s[^<>]*)?/?>`)

// anyTag is what HTML would take for a tag.
var anyTag = memo.Regexp(`<[/!?]?[a-zA-Z][^<>]*>?|<[!?]`)

// code is a block or a span of code in Markdown, in which HTML is text.
var code = memo.Regexp("(?ms)^ {0,3}```.*?^ {0,3}```[^\n]*$|^ {0,3}~~~.*?^ {0,3}~~~[^\n]*$|``[^\n]+?``|`[^`\n]+`")

// mostTags is how many tags a text may have. Above that they are taken out, since
// converting takes time that grows faster than their number.
const mostTags = 4000

// These stand for what HTML would lose: line ends, spaces at the start of a line, code, and
// the mark of a quotation.
const (
	keptLine  = '\uE000'
	keptSpace = '\uE001'
	keptCode  = '\uE002'
	keptQuote = '\uE003'
)

// htmlToMarkdown returns a text in which HTML may be mixed with Markdown as Markdown. Code
// must not be in it. A text without HTML only has its entities replaced by characters.
func htmlToMarkdown(text string) string {
	switch {
	case !knownTag().MatchString(text):
		return plainEntities(text)
	case strings.Count(text, "<") > mostTags:
		return knownTag().ReplaceAllString(text, " ")
	}
	return convertHTML(text)
}

// entity is a character as HTML writes it, or an ampersand with what would be one behind it.
var entity = memo.Regexp(`&amp;#?[a-zA-Z0-9]+;|&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});`)

// plainEntities replaces the entities of a text that need not be written so: those of
// characters that mean nothing in HTML and Markdown.
func plainEntities(text string) string {
	return entity().ReplaceAllStringFunc(text, func(written string) string {
		plain := html.UnescapeString(written)
		switch {
		case plain == "\u00a0":
			return " "
		case plain == "&", plain == "'", plain == `"`, plain > "\u00a0":
			return plain
		}
		return written
	})
}

// takeCode replaces each block and span of code by a mark, and returns them for [putCode].
func takeCode(text string) (string, []string) {
	text = strings.Map(func(r rune) rune {
		if r >= keptLine && r <= keptQuote {
			return -1
		}
		return r
	}, text)
	var kept []string
	return code().ReplaceAllStringFunc(text, func(block string) string {
		kept = append(kept, block)
		return string(keptCode) + strconv.Itoa(len(kept)-1) + string(keptCode)
	}), kept
}

// putCode puts code back in its place.
func putCode(text string, kept []string) string {
	return codeMark().ReplaceAllStringFunc(text, func(mark string) string {
		i, err := strconv.Atoi(strings.Trim(mark, string(keptCode)))
		if err != nil || i >= len(kept) {
			return ""
		}
		return kept[i]
	})
}

var codeMark = memo.Regexp(string(keptCode) + `\d+` + string(keptCode))

var (
	outerSpaces = memo.Regexp(`(?i)\s*(</?(?:ul|ol|li|p|div|h[1-6]|table|thead|tbody|tfoot|tr|td|th|blockquote|hr|dl|dt|` +
		`dd|details)(?:\s[^<>]*)?/?>)\s*`)
	summaryTag = memo.Regexp(`(?i)<(/?)summary(?:\s[^<>]*)?>`)
	quoteMarks = memo.Regexp(`(?m)^[ \x{E001}]{0,3}(?:> ?)+`)
	// A sign that can begin no tag and no quotation.
	needlessEntity = memo.Regexp(`[^\n>]&gt;|&lt;[ \d=]`)
	lineStart      = memo.Regexp(`(?m)^[ \t]+`)
	lineBreaks     = memo.Regexp(`(?i)(?:\s*<br(?:\s[^<>]*)?/?>\s*){2,}`)
	oneBreak       = memo.Regexp(`(?i)[ \t]*<br(?:\s[^<>]*)?/?>[ \t]*\n?`)
	emptyMarks     = memo.Regexp(`\*\*\s*\*\*`)
	manyNewlines   = memo.Regexp(`\n{3,}`)
)

// convertHTML converts a text without code.
func convertHTML(text string) string {
	text = anyTag().ReplaceAllStringFunc(text, func(tag string) string {
		if knownTag().MatchString(tag) {
			return tag
		}
		return "&lt;" + tag[1:]
	})
	text = summaryTag().ReplaceAllString(text, "<${1}p>")
	text = outerSpaces().ReplaceAllString(text, "$1")
	text = lineBreaks().ReplaceAllString(text, "\n\n")
	text = oneBreak().ReplaceAllString(text, "\n")
	text = lineStart().ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat(string(keptSpace), len(s)) })
	text = quoteMarks().ReplaceAllStringFunc(text, func(s string) string { return strings.ReplaceAll(s, ">", string(keptQuote)) })
	text = strings.ReplaceAll(text, "\n", string(keptLine))
	text = strings.ReplaceAll(text, "&nbsp;", " ")
	converted, err := htmlConverter.ConvertString(text)
	if err != nil {
		converted = knownTag().ReplaceAllString(text, " ")
	}
	converted = strings.ReplaceAll(converted, string(keptLine), "\n")
	converted = strings.ReplaceAll(converted, string(keptSpace), " ")
	converted = strings.ReplaceAll(converted, string(keptQuote), ">")
	converted = needlessEntity().ReplaceAllStringFunc(converted, html.UnescapeString)
	converted = emptyMarks().ReplaceAllString(converted, "")
	return strings.TrimSpace(manyNewlines().ReplaceAllString(converted, "\n\n"))
}
