package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/source"
)

const siteFile = "content/site.yml"

// sampleSum is the SHA-256 sum of the sample's site.yml.
const sampleSum = "7574dbab52be5c186867a254e9b2825abe8b24dc099f42c812255f6d79a3acea"

// digest returns the SHA-256 sum of data in hexadecimal.
func digest(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data)) }

// warnExampleURL warns if the site still has the example address that init wrote: its
// links, feed ids and calendar would point there. The sample itself is exempt. It is
// recognized by its checksum and not by comparing it with the embedded content, which is
// the operator's own in a site made from this repository as a template.
func (v snapshot) warnExampleURL(baseURL string) diag.List {
	if baseURL != "" || !isExample(v.site.URL) {
		return nil
	}
	data, err := fs.ReadFile(v.folder, siteFile)
	if err != nil || digest(data) == sampleSum {
		return nil
	}
	var problems diag.List
	problems.Warn(urlLine(data), "example-url", "write the address at which visitors find this site",
		"the url is still an example: %s", v.site.URL)
	problems.Excerpt(source.Reader(v.folder))
	return problems
}

// urlLine returns the position of the url's value in site.yml, or that of the file if it
// has no url line.
func urlLine(data []byte) diag.Pos {
	for i, line := range strings.Split(string(data), "\n") {
		if rest, ok := strings.CutPrefix(line, "url:"); ok {
			value := strings.TrimSpace(rest)
			from := len("url:") + strings.Index(rest, value) + 1
			return diag.Pos{File: siteFile, Line: i + 1, Column: from, EndColumn: from + len(strings.Fields(value + " x")[0])}
		}
	}
	return diag.Pos{File: siteFile}
}
