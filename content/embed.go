// Package content is the sample site: the site that this repository builds, the
// fixture of its tests, and what allclear init --sample writes.
package content

import "embed"

// Files are the content of the sample site.
//
//go:embed site.yml components.yml incidents maintenance pages static
var Files embed.FS
