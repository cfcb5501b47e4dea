package main

import (
	"bytes"
	"io/fs"
	"net/url"
	"strings"

	"allclear/content"
	"allclear/generator/diag"
	"allclear/generator/source"
)

const siteFile = "content/site.yml"

// exampleURL warns of a site that still has the address with which init wrote it:
// canonical links, feed ids and the calendar of the real site would lead there.
// The sample that ships is an example and stays as it is; only this package knows
// its bytes.
func (v view) exampleURL(baseURL string) diag.List {
	u, err := url.Parse(v.site.URL)
	if err != nil || baseURL != "" {
		return nil
	}
	if host := strings.ToLower(u.Hostname()); host != "example.com" && !strings.HasSuffix(host, ".example.com") {
		return nil
	}
	data, err := fs.ReadFile(v.folder, siteFile)
	if err != nil {
		return nil
	}
	if sample, err := fs.ReadFile(content.Files, "site.yml"); err == nil && bytes.Equal(data, sample) {
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
