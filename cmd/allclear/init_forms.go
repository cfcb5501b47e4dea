package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/forms"
	"allclear/generator/source"

	"github.com/spf13/cobra"
)

// choices returns what the forms of the site in the folder offer.
func (b initFlags) choices() forms.Choices {
	v, err := readFlags{source: b.dir}.read()
	if err != nil {
		return forms.Choices{}
	}
	return forms.Of(&v.site, v.now)
}

// refreshForms brings the choices of the host's forms up to date, in the files that exist.
func (b initFlags) refreshForms(cmd *cobra.Command) error {
	if b.host == "none" {
		return usageErrorf("allclear init --host github --refresh", "--refresh needs the host whose forms it refreshes")
	}
	v, err := readFlags{source: b.dir}.read()
	if err != nil {
		return err
	}
	if mistakes := append(errorsIn(v.problems, "content/components.yml"), errorsIn(v.problems, siteFile)...); len(mistakes) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return errorf("fix these mistakes first", "the forms were not changed")
	}
	choices, found := forms.Of(&v.site, v.now), false
	for _, f := range hosts[b.host] {
		shown := filepath.Join(b.dir, filepath.FromSlash(f.to))
		data, err := fs.ReadFile(v.folder, f.to)
		switch filled := choices.Fill(data); {
		case errors.Is(err, fs.ErrNotExist), err == nil && !choices.Offers(data):
			continue
		case err != nil:
			return errorf("", "cannot read %s: %s", shown, reason(err))
		case bytes.Equal(filled, data):
			fmt.Fprintf(os.Stderr, "kept %s (up to date)\n", shown)
		default:
			if err := (readFlags{source: b.dir}).replaceFile(f.to, filled); err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), shown)
		}
		found = true
	}
	if !found {
		return errorf("create them with allclear init --host "+b.host,
			"there are no forms of Allclear's for %s in %s", b.host, b.dir)
	}
	return nil
}

// warnStaleForms warns about choices of the hosts' forms that are not those of the site as
// of now, whatever --at says: the forms are used today.
func (v snapshot) warnStaleForms() diag.List {
	var problems diag.List
	choices := forms.Of(&v.site, v.clockNow)
	for _, host := range hostNames {
		for _, f := range hosts[host] {
			if data, err := fs.ReadFile(v.folder, f.to); err == nil && strings.HasSuffix(f.to, ".yml") {
				problems = slices.Concat(problems, choices.Check(host, f.to, data))
			}
		}
	}
	problems.Excerpt(source.Reader(v.folder))
	return problems
}
