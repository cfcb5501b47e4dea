package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// mutant is a file with one change.
type mutant struct {
	file     string
	function string
	line     int
	kind     string // "== becomes !="
	old, new string // the lines around the change, as they were and as they are
	text     string // the whole file
}

func (m mutant) String() string {
	return fmt.Sprintf("%s:%d %s: %s\n- %s\n+ %s", m.file, m.line, m.function, m.kind, m.old, m.new)
}

// key identifies the mutant in accepted.txt, independently of line numbers.
func (m mutant) key() string {
	return fmt.Sprintf("%s %s\n- %s\n+ %s", filepath.ToSlash(m.file), m.function, m.old, m.new)
}

// swaps maps each operator to the one that replaces it.
var swaps = map[token.Token]token.Token{
	token.EQL: token.NEQ, token.NEQ: token.EQL,
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
	token.LAND: token.LOR, token.LOR: token.LAND,
	token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO, token.QUO: token.MUL,
}

// mutantsOf returns all mutants of the files of a package. Many of them do not compile.
func mutantsOf(folder string) ([]mutant, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	var list []mutant
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_other.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		c := changer{name: name, text: string(text), set: set}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				c.function = f.Name.Name
			} else {
				c.function = "-"
			}
			ast.Inspect(d, c.visit)
		}
		list = append(list, c.list...)
	}
	return list, nil
}

// changer collects the mutants of one file.
type changer struct {
	name, text, function string
	set                  *token.FileSet
	list                 []mutant
}

func (c *changer) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if other, ok := swaps[n.Op]; ok {
			c.change(n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), other.String(), n.Op.String()+" becomes "+other.String())
		}
	case *ast.IfStmt:
		c.change(n.Cond.Pos(), n.Cond.End(), "!("+c.at(n.Cond)+")", "the condition is negated")
		c.change(n.Cond.Pos(), n.Cond.End(), "false && ("+c.at(n.Cond)+")", "the condition is always false")
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			c.change(n.Pos(), n.X.Pos(), "", "! is removed")
		}
	case *ast.BasicLit:
		if number, err := strconv.Atoi(n.Value); n.Kind == token.INT && err == nil {
			c.change(n.Pos(), n.End(), strconv.Itoa(number+1), n.Value+" becomes "+strconv.Itoa(number+1))
		}
	case *ast.Ident:
		if other := map[string]string{"true": "false", "false": "true"}[n.Name]; other != "" {
			c.change(n.Pos(), n.End(), other, n.Name+" becomes "+other)
		}
	case *ast.ExprStmt, *ast.IncDecStmt:
		c.change(n.Pos(), n.End(), "", "a statement is removed")
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			c.change(n.Pos(), n.End(), "", "an assignment is removed")
		}
	case *ast.BranchStmt:
		c.change(n.Pos(), n.End(), "", n.Tok.String()+" is removed")
	case *ast.ImportSpec, *ast.ArrayType:
		return false
	}
	return true
}

// at returns the source text of a node.
func (c *changer) at(n ast.Node) string {
	return c.text[c.set.Position(n.Pos()).Offset:c.set.Position(n.End()).Offset]
}

// change adds the mutant in which by replaces the text from from to to.
func (c *changer) change(from, to token.Pos, by, kind string) {
	a, b := c.set.Position(from).Offset, c.set.Position(to).Offset
	start := strings.LastIndexByte(c.text[:a], '\n') + 1
	end := len(c.text)
	if i := strings.IndexByte(c.text[b:], '\n'); i >= 0 {
		end = b + i
	}
	oneLine := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	c.list = append(c.list, mutant{
		file: c.name, function: c.function, line: c.set.Position(from).Line, kind: kind,
		old: oneLine(c.text[start:end]), new: oneLine(c.text[start:a] + by + c.text[b:end]), text: c.text[:a] + by + c.text[b:],
	})
}
