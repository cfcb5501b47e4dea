// Package content is the sample site: the site that this repository builds, and
// what allclear init --sample writes. Tests read a copy, generator/testdata/sample.
package content

import "embed"

// Files are the content of the sample site, and this file. The pattern names no
// folder, so that a site made from this repository as a template still builds when
// it has no maintenance or no pages.
//
//go:embed *
var Files embed.FS
