package source

import (
	"archive/zip"
	_ "embed"
	"io"
	"io/fs"
	"strings"
	"time"

	"allclear/generator/diag"
)

// zones are IANA's time zones: lib/time/zoneinfo.zip of Go, as it is. Neither the names
// nor the rules are asked of the machine, where both depend on what is installed:
// the same program means the same times everywhere.
//
//go:embed zones.zip
var zones string

// zoneOf is the time zone of a name in IANA's list, or nil.
func zoneOf(name string) *time.Location {
	switch name {
	case "UTC":
		return time.UTC
	case "Factory": // stands in the list for a machine that nobody has set up
		return nil
	}
	list, err := zip.NewReader(strings.NewReader(zones), int64(len(zones)))
	if err != nil {
		return nil
	}
	for _, f := range list.File {
		if f.Name == name && !f.FileInfo().IsDir() {
			return readZone(f)
		}
	}
	return nil
}

func readZone(f *zip.File) *time.Location {
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	rules, err := io.ReadAll(r)
	if err != nil {
		return nil
	}
	zone, err := time.LoadLocationFromTZData(f.Name, rules)
	if err != nil {
		return nil
	}
	return zone
}

// Zone is the time zone of a site, in which a time without an offset is to be
// read; UTC where site.yml names none that exists.
func Zone(folder fs.FS) *time.Location {
	var problems diag.List
	s, _, _ := readSite(folder, Options{}, &problems)
	return s.Zone
}
