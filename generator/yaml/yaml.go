// Package yaml is the one door to the YAML library: content and language files
// are both read as trees whose every node knows its line and column.
package yaml

import (
	"io"

	"go.yaml.in/yaml/v3"
)

// Node is a part of a YAML document; lines and columns count from 1.
type Node = yaml.Node

// The kinds of node that a document has, and how scalars are written.
const (
	MappingNode  = yaml.MappingNode
	SequenceNode = yaml.SequenceNode
	ScalarNode   = yaml.ScalarNode
	AliasNode    = yaml.AliasNode

	TaggedStyle       = yaml.TaggedStyle
	DoubleQuotedStyle = yaml.DoubleQuotedStyle
	SingleQuotedStyle = yaml.SingleQuotedStyle
	LiteralStyle      = yaml.LiteralStyle
	FoldedStyle       = yaml.FoldedStyle
)

// NewDecoder reads the documents of a stream one after the other; it returns
// io.EOF after the last.
func NewDecoder(r io.Reader) *yaml.Decoder { return yaml.NewDecoder(r) }
