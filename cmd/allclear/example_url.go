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
const sampleSum = "a259c1f46f6d0f4a1c14f1f0b7e1b1756b5c52d761c36a0a9ba86c05f27b6283"

func digest(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data)) }

// warnExampleURL warns of a site that still has the address with which init wrote it:
// canonical links, feed ids and the calendar of the real site would lead there.
// The sample that ships is an example and stays as it is. It is known by its sum: the
// content that is embedded is the operator's own in a site made from this repository
// as a template.
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

// urlLine is the place of the site's url, or the file as a whole.
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
