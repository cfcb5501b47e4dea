package source

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	reader "github.com/yuin/goldmark/text"
)

// shapeOf writes a document with its texts. Texts that follow one another are one.
func shapeOf(p parser.Parser, text string) string {
	var out strings.Builder
	source := []byte(text)
	ast.Walk(p.Parse(reader.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				fmt.Fprintf(&out, "%s", n.Segment.Value(source))
				if n.SoftLineBreak() || n.HardLineBreak() {
					fmt.Fprintf(&out, "[break %t]", n.HardLineBreak())
				}
			}
		case *ast.AutoLink:
			fmt.Fprintf(&out, "[auto %s]", n.URL(source))
		case *ast.Link:
			fmt.Fprintf(&out, "[link %t %s %s]", entering, n.Destination, n.Title)
		default:
			fmt.Fprintf(&out, "[%s %t]", n.Kind(), entering)
		}
		return ast.WalkContinue, nil
	})
	return out.String()
}

// Most texts are read by a parser that looks for bare links behind brackets only. Texts
// made of the pieces that matter to links have the same shape with both.
func TestBothParsersFindTheSameLinks(t *testing.T) {
	pieces := strings.Split("a|word|*|**|_|~|~~|(|)|[|]|](|)|<|>|`|:|http|https|ftp|http://|https://a.example|ftp://b|"+
		"www|www.|@|a@b.example|mailto:|.|/|"+
		" |  |   |\n|\n\n|   \n|  \n|\\|&amp;|!|- |1. |> |```\n|# |://x.example|(https://c.example/d)|(http:|www.d.example", "|")
	random := rand.New(rand.NewPCG(1, 2))
	brackets := 0
	for range 60_000 {
		var text string
		for range 1 + random.IntN(14) {
			text += pieces[random.IntN(len(pieces))]
		}
		if parserFor(text) == fullParser {
			continue
		}
		brackets++
		if got, want := shapeOf(bracketParser, text), shapeOf(fullParser, text); got != want {
			t.Fatalf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
	if brackets < 5_000 {
		t.Errorf("only %d texts were compared", brackets)
	}
	for text, whole := range map[string]bool{
		"See https://a.example": true, "(see www.a.example)": true, "mail a@b.example": true, "http://a.example": true,
		"[a](https://b.example) and (https://c.example)": false, "at 10:20: fixed": false, "*https://a.example*": true,
	} {
		if (parserFor(text) == fullParser) != whole {
			t.Errorf("%q has the wrong parser", text)
		}
	}
}
