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

// enumFlag is a flag that takes one of a few words. The first is the default.
type enumFlag struct {
	words []string
	word  string
	noun  string // names the words in messages, such as "format"
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

// readFlags are the flags that most commands share: which site to read, and at what time.
type readFlags struct {
	source   string
	at       string
	timeRule when.Rule // for a time of day alone in --at
	drafts   bool
	baseURL  string        // for build and serve only
	cache    *source.Cache // for build and serve only: parsed files; may be nil
}

func (r *readFlags) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&r.source, "source", ".", "the site's `folder`, which holds content/ and themes/")
	timeFlag(cmd, &r.at, "at", "pretend it is this `time`")
	cmd.Flags().BoolVar(&r.drafts, "drafts", false, "include drafts")
}

// findSiteAbove sets --source to the closest parent folder that contains a site, as git
// does. It does nothing if the flag is set or the working directory has a content folder.
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

// sourceFlag returns the --source flag, with a space before it, for commands in hints. It
// is "" if they find the site without it.
func (r readFlags) sourceFlag() string {
	if rel := filepath.ToSlash(r.source); rel == "." || strings.Trim(rel, "./") == "" {
		return ""
	}
	return " --source " + quotedForShell(filepath.ToSlash(r.source))
}
