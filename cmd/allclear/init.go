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
	"time"

	"allclear/content"
	"allclear/generator/source"

	"github.com/spf13/cobra"
)

//go:embed template
var templates embed.FS

// initFlags are the flags of init.
type initFlags struct {
	dir        string
	sample     bool
	host       string
	refresh    bool
	title, url string
}

func initCommand() *cobra.Command {
	var b initFlags
	host := &enumFlag{words: hostNames, word: "none", noun: "host"}
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Create a site",
		Long: `Create a minimal site with explanatory comments in a folder. With --host, also
create the files that a host needs to build and publish it, with forms to write
incidents without a terminal. No file is overwritten. With --refresh, only bring the
choices of these forms up to date.`,
		Example: `  allclear init --title "Acme Status" --url https://status.acme.com
  allclear init --host github
  allclear init --host github --refresh  components or regions have changed
  allclear init demo --sample            the sample site, to explore`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageErrorf("", "init takes one folder, not %d", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			b.dir, b.host = ".", host.word
			if len(args) == 1 {
				b.dir = args[0]
			}
			return b.run(cmd)
		},
	}
	cmd.Flags().BoolVar(&b.sample, "sample", false, "write the sample site")
	cmd.Flags().StringVar(&b.title, "title", "", "the site's `title`")
	cmd.Flags().StringVar(&b.url, "url", "", "the site's public `address`")
	cmd.Flags().Var(host, "host", "the host that publishes it: netlify, cloudflare, github, gitlab or none")
	cmd.Flags().BoolVar(&b.refresh, "refresh", false, "bring the choices of the host's forms up to date; change nothing else")
	cmd.RegisterFlagCompletionFunc("host", cobra.FixedCompletions(hostNames, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// newFile is a file that init writes.
type newFile struct {
	name string
	data []byte
}

// run writes the files of the new site, keeps existing ones, and prints the next steps.
func (b initFlags) run(cmd *cobra.Command) error {
	if b.refresh {
		return b.refreshForms(cmd)
	}
	if err := checkURL("url", b.url); err != nil {
		return err
	}
	if b.sample && hasContent(b.dir) {
		const hint = "write the sample to a folder of its own: allclear init demo --sample"
		return errorf(hint, "there is already a site in %s", b.dir)
	}
	files, err := b.files()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(b.dir, 0o755); err != nil {
		return errorf("", "cannot create the folder %s: %s", b.dir, reason(err))
	}
	root, err := os.OpenRoot(b.dir)
	if err != nil {
		return errorf("", "cannot open %s: %s", b.dir, reason(err))
	}
	defer root.Close()
	keptSite, err := b.write(cmd, root, files)
	if err != nil {
		return err
	}
	forHost, err := filesForHost(b.host, b.dir, b.choices()) // after the components that they offer
	if err != nil {
		return err
	}
	if _, err := b.write(cmd, root, forHost); err != nil {
		return err
	}
	b.warnOfSubfolder()
	b.printNextSteps(keptSite)
	return nil
}

// write writes the files that do not exist yet. It reports whether site.yml was kept.
func (b initFlags) write(cmd *cobra.Command, root *os.Root, files []newFile) (keptSite bool, err error) {
	for _, f := range files {
		shown := filepath.Join(b.dir, filepath.FromSlash(f.name))
		switch err := writeNew(root, f); {
		case errors.Is(err, fs.ErrExist):
			fmt.Fprintf(os.Stderr, "kept %s (already there)\n", shown)
			keptSite = keptSite || f.name == siteFile
			if f.name == siteFile && b.title+b.url != "" {
				fmt.Fprintf(os.Stderr, "  set the title and url in it yourself\n")
			}
		case err != nil:
			return keptSite, errorf("", "cannot write %s: %s", shown, reason(err))
		default:
			fmt.Fprintln(cmd.OutOrStdout(), shown)
		}
	}
	return keptSite, nil
}

// hasContent reports whether the content folder of dir contains anything.
func hasContent(dir string) bool {
	list, err := os.ReadDir(filepath.Join(dir, "content"))
	return err == nil && len(list) > 0
}

// printNextSteps prints the commands to run next. keptSite says that site.yml existed
// before.
func (b initFlags) printNextSteps(keptSite bool) {
	program, from := "allclear", ""
	switch {
	case b.dir == "." && isClone(b.dir):
		program = "go run ./cmd/allclear"
	case b.dir != ".":
		from = " --source " + quotedForShell(filepath.ToSlash(b.dir))
	}
	if toSet := b.url == "" && !b.sample; toSet && !keptSite || keptSite && b.hasExampleURL() {
		fmt.Fprintf(os.Stderr, "next: set the site's title and url in %s\n", filepath.Join(b.dir, filepath.FromSlash(siteFile)))
	}
	fmt.Fprintf(os.Stderr,
		"next: preview the site with %[1]s serve%[2]s; write the first incident with %[1]s new incident%[2]s \"…\"\n", program, from)
}

// hasExampleURL reports whether the site in the folder still has an example address.
func (b initFlags) hasExampleURL() bool {
	v, err := readFlags{source: b.dir}.read()
	return err == nil && isExample(v.site.URL)
}

// subfolderAdvice says, for a site in a subfolder of its repository, where each host
// looks for its file and what to do. %s stands for the subfolder.
var subfolderAdvice = map[string]string{
	"github": "GitHub only reads .github/workflows at the root of the repository, so nothing would run: " +
		"give the site a repository of its own, or run init --host github at the root",
	"gitlab": "GitLab only reads .gitlab-ci.yml at the root of the repository, so nothing would run: " +
		"give the site a repository of its own, or run init --host gitlab at the root",
	"netlify":    "Netlify reads netlify.toml at the root of the repository, unless you set the site's base directory to %s",
	"cloudflare": "Cloudflare reads wrangler.toml at the root of the repository, unless you set the project's root directory to %s",
}

// warnOfSubfolder prints a warning if the host will not find its file because the site is
// not at the root of its repository.
func (b initFlags) warnOfSubfolder() {
	text, ok := subfolderAdvice[b.host]
	if !ok {
		return
	}
	dir, err := realPath(b.dir)
	home := repositoryOf(b.dir)
	if err != nil || home == "" || sameFolder(home, dir) {
		return
	}
	rel, err := filepath.Rel(home, dir)
	if err != nil {
		rel = b.dir
	}
	if strings.Contains(text, "%s") {
		text = fmt.Sprintf(text, filepath.ToSlash(rel))
	}
	style := styleFor(os.Stderr)
	fmt.Fprintf(os.Stderr, "%s %s is not at the root of its repository (%s)\n  %s\n", style.Warning("warning:"), b.dir, home, text)
}

// writeNew creates a file and its folders. The error is fs.ErrExist if the file exists.
func writeNew(root *os.Root, f newFile) error {
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

// files returns the files of a new site without those for its host, sorted by name.
func (b initFlags) files() ([]newFile, error) {
	var files []newFile
	add := func(from fs.FS, name, to string) error {
		data, err := fs.ReadFile(from, name)
		files = append(files, newFile{to, b.fill(to, data)})
		return err
	}
	var err error
	if b.sample {
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
	slices.SortFunc(files, func(a, b newFile) int { return strings.Compare(a.name, b.name) })
	return files, err
}

// fill inserts the title, the url and today's date into a file of a new site. Components
// start today, so that the page shows no uptime for days that nobody measured.
func (b initFlags) fill(name string, data []byte) []byte {
	text := string(data)
	switch name {
	case siteFile:
		if b.title != "" {
			text = strings.Replace(text, "\ntitle: Example Status\n", "\ntitle: "+source.WriteText(b.title)+"\n", 1)
		}
		if b.url != "" {
			text = strings.Replace(text, "\nurl: https://status.example.com\n", "\nurl: "+strings.TrimRight(b.url, "/")+"\n", 1)
		}
	case "content/components.yml":
		if !b.sample {
			text = strings.Replace(text, "SINCE", time.Now().UTC().Format(time.DateOnly), 1)
		}
	}
	return []byte(text)
}

// addSchemas adds the JSON Schemas that the first line of each YAML file refers to.
func addSchemas(files *[]newFile) error {
	for _, name := range []string{"site", "components"} {
		data, err := source.Schema(name)
		if err != nil {
			return err
		}
		*files = append(*files, newFile{".schemas/" + name + ".json", data})
	}
	return nil
}
