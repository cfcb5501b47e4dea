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

// zones are IANA's time zones: Go's lib/time/zoneinfo.zip, unchanged. The names and rules
// are not read from the machine, where they depend on what is installed, so that the same
// program reads the same times everywhere.
//
//go:embed zones.zip
var zones string

// zoneOf returns the time zone with a name in IANA's list, or nil.
func zoneOf(name string) *time.Location {
	switch name {
	case "UTC":
		return time.UTC
	case "Factory": // an entry for machines without a configured zone
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

// readZone reads the rules of a time zone, or returns nil.
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

// Zone returns the time zone of the site in folder, in which times without an offset are
// read. It returns UTC if site.yml has no valid zone.
func Zone(folder fs.FS) *time.Location {
	var problems diag.List
	s, _, _ := readSite(folder, Options{}, &problems)
	return s.Zone
}

// ZoneNamed returns the time zone with a name in IANA's list, or nil.
func ZoneNamed(name string) *time.Location { return zoneOf(name) }
