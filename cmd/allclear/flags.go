package main

import (
	"os"
	"path/filepath"
	"strings"

	"allclear/cmd/allclear/when"
	"allclear/generator/diag"
	"allclear/generator/source"

	"github.com/spf13/cobra"
)

// enumFlag is a flag that takes one of a few words, by default the first.
type enumFlag struct {
	words []string
	word  string
	noun  string // what the words are, for messages
}

func newEnumFlag(words ...string) *enumFlag { return &enumFlag{words, words[0], "format"} }

func (c *enumFlag) String() string { return c.word }
func (c *enumFlag) Type() string   { return "word" }
func (c *enumFlag) Set(word string) error {
	for _, known := range c.words {
		if word == known {
			c.word = word
			return nil
		}
	}
	return usageErrorf(diag.DidYouMean(word, c.words), "unknown %s %q", c.noun, word)
}

// readFlags is what the common flags say: which site, and at which instant.
type readFlags struct {
	source   string
	at       string
	timeRule when.Rule // what a time of day alone means as --at
	drafts   bool
	baseURL  string        // build and serve only
	cache    *source.Cache // build and serve only: what the site's files said before; may be nil
}

func (r *readFlags) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&r.source, "source", ".", "the site's `folder`, which holds content/ and themes/")
	timeFlag(cmd, &r.at, "at", "pretend it is this `time`")
	cmd.Flags().BoolVar(&r.drafts, "drafts", false, "include drafts")
}

// findSiteAbove finds the site above the working directory, as git does, where
// nobody named a folder: who stands in content/ means the site around it.
func findSiteAbove(cmd *cobra.Command, _ []string) error {
	flag := cmd.Flags().Lookup("source")
	if flag == nil || flag.Changed {
		return nil
	}
	if _, err := os.Stat("content"); err == nil {
		return nil
	}
	here, err := os.Getwd()
	if err != nil {
		return nil
	}
	for up := ".."; filepath.Dir(here) != here; up, here = filepath.Join("..", up), filepath.Dir(here) {
		for _, name := range []string{"components.yml", "site.yml"} {
			if _, err := os.Stat(filepath.Join(up, "content", name)); err == nil {
				return flag.Value.Set(up)
			}
		}
	}
	return nil
}

// sourceFlag is the flag with which other commands find the same site. They look
// above the working directory by themselves.
func (r readFlags) sourceFlag() string {
	if way := filepath.ToSlash(r.source); way == "." || strings.Trim(way, "./") == "" {
		return ""
	}
	return " --source " + quotedForShell(filepath.ToSlash(r.source))
}
