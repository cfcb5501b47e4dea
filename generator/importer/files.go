package importer

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// open reads a file. It reports one that cannot be read, and returns nil.
func (r *reader) open(name string) []byte {
	data, err := fs.ReadFile(r.fsys, name)
	if err != nil {
		r.problem(&Problem{Place: Place{File: name}, Message: "cannot be read: " + reason(err)})
		return nil
	}
	return data
}

// json reads a JSON file, or reports what is wrong with it and returns nil.
func (r *reader) json(name string) *node {
	data := r.open(name)
	if data == nil {
		return nil
	}
	n, problem := parseJSON(name, data)
	r.problem(problem)
	return r.root(n)
}

// root remembers what a file holds, so that whatever nobody reads of it is reported.
func (r *reader) root(n *node) *node {
	if n != nil {
		r.roots = append(r.roots, n)
	}
	return n
}

// yaml reads the first document of a YAML file, or reports what is wrong with it.
func (r *reader) yaml(name string) *node {
	data := r.open(name)
	if data == nil {
		return nil
	}
	if documents := r.documents(name, data); len(documents) > 0 {
		return documents[0]
	}
	return nil
}

// documents reads all documents of a YAML file, or reports what is wrong with it.
func (r *reader) documents(name string, data []byte) []*node {
	if data == nil {
		return nil
	}
	documents, problem := parseYAML(name, data, 1)
	r.problem(problem)
	for _, n := range documents {
		r.root(n)
	}
	return documents
}

// settings reads the first of some files that exists: YAML, TOML or JSON.
func (r *reader) settings(names ...string) *node {
	for _, name := range names {
		if !slices.Contains(r.files, name) {
			continue
		}
		if path.Ext(name) != ".toml" {
			return r.yaml(name)
		}
		data := r.open(name)
		if data == nil {
			return nil
		}
		n, problem := parseTOML(name, data, 1)
		r.problem(problem)
		return r.root(n)
	}
	return nil
}

// markdown reads a Markdown file with front matter. It returns false, and reports what is
// wrong, if it cannot.
func (r *reader) markdown(name string) (markdownFile, bool) {
	data := r.open(name)
	if data == nil {
		return markdownFile{}, false
	}
	m, problem := parseMarkdown(name, data)
	r.problem(problem)
	if problem == nil {
		r.root(m.front)
	}
	return m, problem == nil
}

// with returns the files with one of these extensions.
func (r *reader) with(extensions ...string) []string {
	var found []string
	for _, name := range r.files {
		if slices.Contains(extensions, strings.ToLower(path.Ext(name))) {
			found = append(found, name)
		}
	}
	return found
}
