// Package content is the sample site: the site that this repository builds, the
// fixture of its tests, and what allclear init --sample writes.
package content

import "embed"

// Files are the content of the sample site, and this file. The pattern names no
// folder, so that a site made from this repository as a template still builds when
// it has no maintenance or no pages.
//
//go:embed *
var Files embed.FS
