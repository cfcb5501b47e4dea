package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"allclear/content"
	"allclear/generator/source"

	"github.com/spf13/cobra"
)

//go:embed template
var templates embed.FS

func initVerb() *cobra.Command {
	var sample bool
	host := &choice{words: hostNames, word: "none", noun: "host"}
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Begin a site",
		Long: `Write the smallest site that builds, with comments that teach, into a folder. With
--host, also the file by which a host builds and publishes it. No file is
overwritten.`,
		Example: `  allclear init
  allclear init status --host github
  allclear init demo --sample            a site with a past, to look around in`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("", "init takes one folder, not %d", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			return begin(cmd, dir, sample, host.word)
		},
	}
	cmd.Flags().BoolVar(&sample, "sample", false, "write the sample site")
	cmd.Flags().Var(host, "host", "the host that publishes it: netlify, cloudflare, github, gitlab or none")
	cmd.RegisterFlagCompletionFunc("host", cobra.FixedCompletions(hostNames, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// starter is a file that init writes.
type starter struct {
	name string
	data []byte
}

func begin(cmd *cobra.Command, dir string, sample bool, host string) error {
	files, err := starters(sample, host, dir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return failed("", "cannot make the folder %s: %s", dir, reason(err))
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return failed("", "cannot open %s: %s", dir, reason(err))
	}
	defer root.Close()
	for _, f := range files {
		shown := filepath.Join(dir, filepath.FromSlash(f.name))
		switch err := writeNew(root, f); {
		case errors.Is(err, fs.ErrExist):
			fmt.Fprintf(os.Stderr, "kept %s, which is there already\n", shown)
		case err != nil:
			return failed("", "cannot write %s: %s", shown, reason(err))
		default:
			fmt.Fprintln(cmd.OutOrStdout(), shown)
		}
	}
	from := ""
	if dir != "." {
		from = " --source " + dir
	}
	fmt.Fprintf(os.Stderr, "next: allclear serve%s shows the site, allclear new incident%s \"…\" writes the first report\n", from, from)
	return nil
}

func writeNew(root *os.Root, f starter) error {
	if err := root.MkdirAll(path.Dir(f.name), 0o755); err != nil {
		return err
	}
	file, err := root.OpenFile(f.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if _, err := file.Write(f.data); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

// starters are the files of a new site, in the order of their names.
func starters(sample bool, host, dir string) ([]starter, error) {
	var files []starter
	add := func(from fs.FS, name, to string) error {
		data, err := fs.ReadFile(from, name)
		files = append(files, starter{to, data})
		return err
	}
	var err error
	if sample {
		err = fs.WalkDir(content.Files, ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || name == "embed.go" {
				return err
			}
			return add(content.Files, name, "content/"+name)
		})
	} else {
		err = errors.Join(
			add(templates, "template/site/site.yml", "content/site.yml"),
			add(templates, "template/site/components.yml", "content/components.yml"),
			addSchemas(&files),
		)
	}
	err = errors.Join(err, add(templates, "template/site/gitignore", ".gitignore"))
	forHost, hostErr := hostStarters(host, dir)
	files, err = append(files, forHost...), errors.Join(err, hostErr)
	slices.SortFunc(files, func(a, b starter) int { return strings.Compare(a.name, b.name) })
	return files, err
}

// addSchemas adds the schemas that the first line of each YAML file names.
func addSchemas(files *[]starter) error {
	for _, name := range []string{"site", "components"} {
		data, err := source.Schema(name)
		if err != nil {
			return err
		}
		*files = append(*files, starter{".schemas/" + name + ".json", data})
	}
	return nil
}
