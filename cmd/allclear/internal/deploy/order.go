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
	assetStage   stage = iota // what pages use: style, scripts, pictures
	newPageStage              // pages before the changed ones, which may link to them
	pageStage
	newDataStage // feeds and the API, which link to pages
	dataStage
	homeStage  // the home page, which links to all of them
	buildStage // build.json, which says that the site is there
	numberOfStages
)

// stageOf returns when a file is uploaded. isNew says that the target does not have it
// yet.
func stageOf(name string, isNew bool) stage {
	extension := strings.ToLower(path.Ext(name))
	switch {
	case name == "build.json":
		return buildStage
	case name == "index.html":
		return homeStage
	case strings.HasPrefix(name, "assets/") || slices.Contains(assetExtensions, extension):
		return assetStage
	case extension == ".html" || extension == ".md":
		if isNew {
			return newPageStage
		}
		return pageStage
	}
	if isNew {
		return newDataStage
	}
	return dataStage
}

// assetExtensions are the endings of files that pages use.
var assetExtensions = []string{".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico", ".woff2"}

// inStages returns the files sorted into stages.
func inStages(files []File, isNew func(path string) bool) [numberOfStages][]File {
	var stages [numberOfStages][]File
	for _, f := range files {
		n := stageOf(f.Path, isNew(f.Path))
		stages[n] = append(stages[n], f)
	}
	return stages
}
