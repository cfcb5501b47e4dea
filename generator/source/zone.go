package source

import (
	"io/fs"
	"time"

	"allclear/generator/diag"
)

// Zone is the time zone of a site, in which a time without an offset is to be
// read; UTC where site.yml names none that exists.
func Zone(folder fs.FS) *time.Location {
	var problems diag.List
	s, _ := readSite(folder, Options{}, &problems)
	return s.Zone
}
