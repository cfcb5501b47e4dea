package importer

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
)

// htmlConverter turns HTML into Markdown and leaves Markdown in its text alone.
var htmlConverter = converter.NewConverter(
	converter.WithEscapeMode(converter.EscapeModeDisabled),
	converter.WithPlugins(base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(), strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin()),
)

// knownTag is an element that people write into the texts of status pages.
var knownTag = regexp.MustCompile(`(?i)</?(a|abbr|article|b|big|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|font|` +
	`h[1-6]|hr|i|img|` +
	`ins|kbd|li|mark|ol|p|pre|q|s|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|var)` +
	`(\s[^<>]*)?/?>`)

// anyTag is what HTML would take for a tag.
var anyTag = regexp.MustCompile(`<[/!?]?[a-zA-Z][^<>]*>?|<[!?]`)

// code is a block or a span of code in Markdown, in which HTML is text.
var code = regexp.MustCompile("(?ms)^ {0,3}```.*?^ {0,3}```[^\n]*$|^ {0,3}~~~.*?^ {0,3}~~~[^\n]*$|``[^\n]+?``|`[^`\n]+`")

// mostTags is how many tags a text may have. Above that they are taken out, since
// converting takes time that grows faster than their number.
const mostTags = 4000

// These stand for what HTML would lose: line ends, spaces at the start of a line, code.
const (
	keptLine  = '\uE000'
	keptSpace = '\uE001'
	keptCode  = '\uE002'
)

// htmlToMarkdown returns a text in which HTML may be mixed with Markdown as Markdown. A
// text without HTML is returned as it is.
func htmlToMarkdown(text string) string {
	if !knownTag.MatchString(text) {
		return text
	}
	text = strings.Map(func(r rune) rune {
		if r >= keptLine && r <= keptCode {
			return -1
		}
		return r
	}, text)
	var kept []string
	text = code.ReplaceAllStringFunc(text, func(block string) string {
		kept = append(kept, block)
		return string(keptCode) + strconv.Itoa(len(kept)-1) + string(keptCode)
	})
	if strings.Count(text, "<") > mostTags {
		text = knownTag.ReplaceAllString(text, " ")
	} else {
		text = convertHTML(text)
	}
	for i, block := range kept {
		text = strings.Replace(text, string(keptCode)+strconv.Itoa(i)+string(keptCode), block, 1)
	}
	return text
}

var (
	outerSpaces = regexp.MustCompile(`(?i)\s*(</?(?:ul|ol|li|p|div|h[1-6]|table|thead|tbody|tfoot|tr|td|th|blockquote|hr|dl|dt|` +
		`dd)(?:\s[^<>]*)?/?>)\s*`)
	lineStart    = regexp.MustCompile(`(?m)^[ \t]+`)
	lineBreaks   = regexp.MustCompile(`(?i)(?:\s*<br(?:\s[^<>]*)?/?>\s*){2,}`)
	oneBreak     = regexp.MustCompile(`(?i)[ \t]*<br(?:\s[^<>]*)?/?>[ \t]*\n?`)
	emptyMarks   = regexp.MustCompile(`\*\*\s*\*\*`)
	manyNewlines = regexp.MustCompile(`\n{3,}`)
)

// convertHTML converts a text without code.
func convertHTML(text string) string {
	text = anyTag.ReplaceAllStringFunc(text, func(tag string) string {
		if knownTag.MatchString(tag) {
			return tag
		}
		return "&lt;" + tag[1:]
	})
	text = outerSpaces.ReplaceAllString(text, "$1")
	text = lineBreaks.ReplaceAllString(text, "\n\n")
	text = oneBreak.ReplaceAllString(text, "\n")
	text = lineStart.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat(string(keptSpace), len(s)) })
	text = strings.ReplaceAll(text, "\n", string(keptLine))
	text = strings.ReplaceAll(text, "&nbsp;", " ")
	converted, err := htmlConverter.ConvertString(text)
	if err != nil {
		converted = knownTag.ReplaceAllString(text, " ")
	}
	converted = strings.ReplaceAll(converted, string(keptLine), "\n")
	converted = strings.ReplaceAll(converted, string(keptSpace), " ")
	converted = emptyMarks.ReplaceAllString(converted, "")
	return strings.TrimSpace(manyNewlines.ReplaceAllString(converted, "\n\n"))
}
