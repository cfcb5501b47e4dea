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

// runFloor is the least that a generator of these pages must do: read every
// Markdown file, turn it into HTML, and write as many files of the same sizes as
// the real build did. It knows nothing of status pages. With front, it also has
// the front matter read into a tree.
func runFloor(site, like, out string, front bool) error {
	markdown, err := files(filepath.Join(site, "content"))
	if err != nil {
		return err
	}
	targets, err := files(like)
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

type sized struct {
	path string
	size int64
}

func files(folder string) ([]sized, error) {
	var list []sized
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		list = append(list, sized{path, info.Size()})
		return nil
	})
	return list, err
}

func makeFolders(targets []sized, from, to string) error {
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

func convert(md goldmark.Markdown, path string, front bool) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	keys, words := parted(text)
	if front {
		var tree yaml.Node
		if err := yaml.NewDecoder(bytes.NewReader(keys)).Decode(&tree); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	var html bytes.Buffer
	return md.Convert(words, &html)
}

// parted are the front matter and what stands below it.
func parted(text []byte) (keys, words []byte) {
	if rest, ok := bytes.CutPrefix(text, []byte("---\n")); ok {
		if keys, words, ok := bytes.Cut(rest, []byte("\n---\n")); ok {
			return keys, words
		}
	}
	return nil, text
}

// filler is what the floor's files are full of.
var filler = bytes.Repeat([]byte("<p>words of the right length</p>\n"), 1<<16)

func copySize(file sized, from, to string) error {
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
