package main

import (
	"io/fs"
	"runtime"
	"sync"

	"allclear/generator"
	"allclear/generator/render"
	"allclear/themes"
)

// makePages renders every page if the theme has templates of its own, and adds the errors
// that only appear while rendering. The built-in templates need no such check, since
// tests cover them.
func (v *snapshot) makePages(files []render.File) {
	own := themes.Own(v.folder, v.site.Theme)
	if own == nil {
		return
	}
	if templates, _ := fs.Glob(own, "*.html"); len(templates) == 0 {
		return
	}
	for _, err := range makeAll(files) {
		v.problems = append(v.problems, generator.Explain(v.folder, &v.site, err)...)
	}
	v.problems.Sort()
}

// makeAll renders every file except copied ones, and returns the errors. Errors that
// differ only in the file's path are returned once.
func makeAll(files []render.File) map[string]error {
	todo := make(chan render.File)
	errs, mu := map[string]error{}, sync.Mutex{}
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for f := range todo {
				if _, err := f.Bytes(); err != nil {
					mu.Lock()
					errs[withoutPath(f, err)] = err
					mu.Unlock()
				}
			}
		})
	}
	for _, f := range files {
		if f.Open == nil {
			todo <- f
		}
	}
	close(todo)
	workers.Wait()
	return errs
}

// withoutPath returns the message of err without the path of f, since a broken template
// causes the same error in many files.
func withoutPath(f render.File, err error) string {
	text := err.Error()
	if len(text) > len(f.Path) && text[:len(f.Path)] == f.Path {
		return text[len(f.Path):]
	}
	return text
}
