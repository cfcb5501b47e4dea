package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/sync/errgroup"

	"allclear/generator/yaml"
)

// runFloor does the minimum work of a generator of these pages: it reads every Markdown
// file of the site, converts it to HTML, and writes as many files into out, of the same
// sizes, as there are in like. It knows nothing about status pages. If front is set, it
// also parses the front matter into a tree.
func runFloor(site, like, out string, front bool) error {
	markdown, err := listFiles(filepath.Join(site, "content"))
	if err != nil {
		return err
	}
	targets, err := listFiles(like)
	if err != nil {
		return err
	}
	if err := makeFolders(targets, like, out); err != nil {
		return err
	}
	group := errgroup.Group{}
	group.SetLimit(runtime.GOMAXPROCS(0))
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify, extension.TaskList,
		extension.Footnote))
	for _, file := range markdown {
		if strings.HasSuffix(file.path, ".md") {
			group.Go(func() error { return convert(md, file.path, front) })
		}
	}
	for _, file := range targets {
		group.Go(func() error { return copySize(file, like, out) })
	}
	return group.Wait()
}

// fileSize is a file and its size in bytes.
type fileSize struct {
	path string
	size int64
}

// listFiles returns all files below a folder.
func listFiles(folder string) ([]fileSize, error) {
	var list []fileSize
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		list = append(list, fileSize{path, info.Size()})
		return nil
	})
	return list, err
}

// makeFolders creates in the folder to the subfolders that the targets have in the folder
// from.
func makeFolders(targets []fileSize, from, to string) error {
	made := map[string]bool{}
	for _, file := range targets {
		folder := filepath.Dir(to + strings.TrimPrefix(file.path, from))
		if made[folder] {
			continue
		}
		made[folder] = true
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	return nil
}

// convert converts a Markdown file to HTML and discards the result.
func convert(md goldmark.Markdown, path string, front bool) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	keys, words := splitFrontMatter(text)
	if front {
		var tree yaml.Node
		if err := yaml.NewDecoder(bytes.NewReader(keys)).Decode(&tree); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	var html bytes.Buffer
	return md.Convert(words, &html)
}

// splitFrontMatter splits a file into its front matter and its body.
func splitFrontMatter(text []byte) (keys, words []byte) {
	if rest, ok := bytes.CutPrefix(text, []byte("---\n")); ok {
		if keys, words, ok := bytes.Cut(rest, []byte("\n---\n")); ok {
			return keys, words
		}
	}
	return nil, text
}

// filler is the content of the files that the floor writes.
var filler = bytes.Repeat([]byte("<p>words of the right length</p>\n"), 1<<16)

// copySize writes a file of the same size as file.
func copySize(file fileSize, from, to string) error {
	target, err := os.Create(to + strings.TrimPrefix(file.path, from))
	if err != nil {
		return err
	}
	for left := file.size; left > 0; {
		n, err := target.Write(filler[:min(left, int64(len(filler)))])
		if err != nil {
			return err
		}
		left -= int64(n)
	}
	return target.Close()
}
