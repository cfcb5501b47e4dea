package deploy

import (
	"path"
	"slices"
	"strings"
)

// stage is when a file is uploaded. All files of a stage are there before the next
// begins.
type stage int

const (
	assetStage     stage = iota // what pages use: style, scripts, pictures
	newPageStage                // pages to which nothing links yet
	begunPageStage              // new pages of a publish that was interrupted: some are there already
	pageStage                   // changed pages, which may link to both
	newDataStage                // feeds and the API, which link to pages
	dataStage
	homeStage  // the home page, which links to all of them
	buildStage // build.json, which says that the site is there
	numberOfStages
)

// presence says whether a target has a file before it is uploaded.
type presence int

const (
	absent  presence = iota
	begun            // an interrupted publish has uploaded it, or not
	present          // an old one, or the one of an interrupted publish
)

// stageOf returns when a file is uploaded.
func stageOf(name string, before presence) stage {
	extension := strings.ToLower(path.Ext(name))
	switch {
	case name == "build.json":
		return buildStage
	case name == "index.html":
		return homeStage
	case strings.HasPrefix(name, "assets/") || slices.Contains(assetExtensions, extension):
		return assetStage
	case extension == ".html" || extension == ".md":
		return newPageStage + stage(before)
	case before == present:
		return dataStage
	}
	return newDataStage
}

// assetExtensions are the endings of files that pages use.
var assetExtensions = []string{".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico", ".woff2"}

// inStages returns the files sorted into stages.
func inStages(files []File, before func(path string) presence) [numberOfStages][]File {
	var stages [numberOfStages][]File
	for _, f := range files {
		n := stageOf(f.Path, before(f.Path))
		stages[n] = append(stages[n], f)
	}
	return stages
}
