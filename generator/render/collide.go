package render

import (
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/memo"
	"allclear/generator/site"
)

// Refused is the error for a site that cannot be made because of its content or theme.
type Refused struct{ Problems diag.List }

// Error returns the place and message of the first problem.
func (r *Refused) Error() string {
	if len(r.Problems) == 0 {
		return "nothing is wrong"
	}
	return fmt.Sprintf("%s: %s", r.Problems[0].File, r.Problems[0].Message)
}

// collisions reports files that cannot be in one folder on every system: two with the
// same path, or with paths that differ only in case, and a file where another one needs a
// folder. Generated paths never collide with each other, so each problem names a file of
// content/static/. Pages that will exist later count too; otherwise a scheduled build
// would be the first to fail.
func (b *build) collisions(files []File, own []site.Static) diag.List {
	if len(own) == 0 {
		return nil
	}
	const hint = "give it another name; what may replace a generated file is listed in docs/format.md"
	var problems diag.List
	near := b.placesNear(files, own)
	blame := func(path, format string, args ...any) {
		problems.Error(diag.Pos{File: "content/static/" + path}, "taken-address", hint, format, args...)
	}
	for _, s := range own {
		if s.Path == "_headers" || s.Path == "_redirects" { // it is added to the generated one
			continue
		}
		low := strings.ToLower(s.Path)
		switch other := near.taken[low]; {
		case strings.HasPrefix(low, ".allclear"):
			blame(s.Path, "names that begin with .allclear are reserved for allclear")
		case other == s.Path:
			blame(s.Path, "the site has a file of its own at /%s", s.Path)
		case other != "":
			blame(s.Path, "/%s and /%s are the same file on systems that ignore case", other, s.Path)
		case near.reserved[low] || b.periodToCome(low):
			blame(s.Path, "the site will have a file of its own at /%s", s.Path)
		case near.folders[low] != "":
			blame(s.Path, "/%s is a folder of the site, and cannot be a file", near.folders[low])
		}
		near.taken[low] = s.Path
		for folder := range parentFolders(s.Path) {
			low := strings.ToLower(folder)
			switch {
			case near.folders[low] != "" && near.folders[low] != folder:
				blame(s.Path, "/%s and /%s are the same folder on systems that ignore case", near.folders[low], folder)
			case near.taken[low] != "":
				blame(s.Path, "/%s is a file of the site, and cannot be a folder", near.taken[low])
			}
			near.folders[low] = folder
		}
	}
	problems.Sort()
	return problems
}

// places are the paths that generated files take. The keys are in lower case.
type places struct {
	taken    map[string]string // files
	folders  map[string]string // the folders of these files, and of those to come
	reserved map[string]bool   // files to come
}

// placesNear returns the places that files of the operator could take too: the paths of
// these files and of their folders.
func (b *build) placesNear(files []File, own []site.Static) places {
	copied, near := make(map[string]bool, len(own)), map[string]bool{}
	for _, s := range own {
		low := strings.ToLower(s.Path)
		copied[s.Path], near[low] = true, true
		for folder := range parentFolders(low) {
			near[folder] = true
		}
	}
	p := places{map[string]string{}, map[string]string{}, map[string]bool{}}
	for _, f := range files {
		if f.Open != nil && copied[f.Path] { // it is from content/static/
			continue
		}
		if low := strings.ToLower(f.Path); near[low] {
			p.taken[low] = f.Path
		}
		for folder := range parentFolders(f.Path) {
			if low := strings.ToLower(folder); near[low] {
				p.folders[low] = folder
			}
		}
	}
	for path := range b.reserved() {
		if near[path] {
			p.reserved[path] = true
		}
		for folder := range parentFolders(path) {
			if low := strings.ToLower(folder); near[low] && p.folders[low] == "" {
				p.folders[low] = folder
			}
		}
	}
	return p
}

// parentFolders returns the folders that contain a file, outermost first.
func parentFolders(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i, c := range path {
			if c == '/' && !yield(path[:i]) {
				return
			}
		}
	}
}

// templateFault matches the place that html/template puts into its errors.
var templateFault = memo.Regexp(`template: ([^:\s]+):(\d+)(?::(\d+))?: ?(.*)`)

// Problems turns an error of Files into problems with their places in the content
// or in the theme.
func Problems(err error, s *site.Site) diag.List {
	var refused *Refused
	if errors.As(err, &refused) {
		return refused.Problems
	}
	const hint = "compare it with the file of the same name in the built-in theme"
	at, message := diag.Pos{File: "themes/" + s.Theme}, err.Error()
	if m := templateFault().FindStringSubmatch(message); m != nil {
		line, _ := strconv.Atoi(m[2])
		column, _ := strconv.Atoi(m[3])
		at = diag.Pos{File: "themes/" + s.Theme + "/" + m[1], Line: line, Column: column + 1, EndColumn: column + 2}
		message = m[4]
	}
	var problems diag.List
	problems.Error(at, "broken-theme", hint, "the theme does not work: %s", message)
	return problems
}
