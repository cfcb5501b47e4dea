// Package yaml wraps the YAML library, so that no other package imports it. Documents are
// read as trees of nodes with lines and columns.
package yaml

import (
	"io"

	"go.yaml.in/yaml/v3"
)

// Node is a part of a YAML document. Its lines and columns count from 1.
type Node = yaml.Node

// These are the kinds of nodes and the styles of scalars.
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

// NewDecoder returns a decoder for the documents of a stream. Its Decode returns io.EOF
// after the last one.
func NewDecoder(r io.Reader) *yaml.Decoder { return yaml.NewDecoder(r) }
