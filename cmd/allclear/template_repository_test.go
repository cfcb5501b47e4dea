package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The easiest way in the manual: in a copy of this repository without the sample, the
// program of that copy checks and builds the site.
func TestARepositoryMadeFromThisOneIsASite(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the program anew, which takes a while: run it without -short")
	}
	dir := copyOfRepository(t)
	run := func(command string) string {
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s\n%s%v", command, out, err)
		}
		return string(out)
	}
	for _, command := range manualCommands(t, "## The easiest way: this repository as a template") {
		out := run(command)
		if strings.Contains(command, "init") && !strings.Contains(out, "preview the site with go run ./cmd/allclear serve") {
			t.Errorf("init does not name the commands of this folder:\n%s", out)
		}
		if strings.Contains(command, "init") && !strings.Contains(out, "next: set the site's title and url in content/site.yml") {
			t.Errorf("init does not say that the title and url are still those of the sample:\n%s", out)
		}
	}
	change := func(name, old, new string) {
		path := filepath.Join(dir, name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		changed := regexp.MustCompile(old).ReplaceAllString(string(data), new)
		if changed == string(data) {
			t.Fatalf("%s holds no %s", name, old)
		}
		if err := os.WriteFile(path, []byte(changed), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	change("content/site.yml", `(?m)^title: .*`, "title: Acme Status")
	if out := run("go run ./cmd/allclear check || true"); !strings.Contains(out, "the url is still an example") ||
		!strings.Contains(out, "logo.svg") {
		t.Errorf("check does not name what is left to change:\n%s", out)
	}
	change("content/site.yml", `(?m)^url: .*`, "url: https://status.acme.test")
	change("content/site.yml", `(?m)^ *logo: .*\n`, "")
	run("go run ./cmd/allclear check --strict")
	run(`go run ./cmd/allclear new incident "Mail is slow" -c web --status degraded -m "We are looking into it."`)
	run("go run ./cmd/allclear build")
	page, err := os.ReadFile(filepath.Join(dir, "public", "index.html"))
	if err != nil || !strings.Contains(string(page), "Mail is slow") || !strings.Contains(string(page), "Acme Status") {
		t.Errorf("the home page does not show the site's own title and incident (%v)", err)
	}
	if out := run("go run ./cmd/allclear init"); strings.Contains(out, "set the site's title") {
		t.Errorf("init asks for a title and url that are set:\n%s", out)
	}
}

// copyOfRepository copies the files of this repository that git tracks. Its content/ is
// the tests' copy of the sample, since the content here may be someone's own.
func copyOfRepository(t *testing.T) string {
	list := exec.Command("git", "ls-files", "-z")
	list.Dir = "../.."
	out, err := list.Output()
	if err != nil {
		t.Skipf("git cannot list the files of this repository, which a template consists of: install git and run this in a clone (%v)", err)
	}
	dir := t.TempDir()
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		from := filepath.Join("../..", name)
		info, err := os.Lstat(from)
		if err != nil || !info.Mode().IsRegular() {
			continue // deleted but not committed
		}
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "content/") && name != "content/embed.go" {
			continue
		}
		copies := []string{name}
		if sample, is := strings.CutPrefix(name, "generator/testdata/sample/"); is {
			copies = append(copies, sample)
		}
		for _, name := range copies {
			to := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(to, data, info.Mode().Perm()); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// manualCommands returns the commands of the first block below a heading of
// publishing.md.
func manualCommands(t *testing.T, heading string) []string {
	data, err := os.ReadFile("../../docs/publishing.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, ok := strings.Cut(string(data), heading+"\n")
	var commands []string
	for line := range strings.Lines(text) {
		if command, is := strings.CutPrefix(line, "    "); is {
			commands = append(commands, strings.TrimSpace(command))
		} else if len(commands) > 0 {
			break
		}
	}
	if !ok || len(commands) != 2 {
		t.Fatalf("docs/publishing.md has no two commands below %q: %q", heading, commands)
	}
	return commands
}

// sampleSum must be the checksum of the sample.
func TestTheSampleIsKnownByItsSum(t *testing.T) {
	data, err := os.ReadFile("../../generator/testdata/sample/content/site.yml")
	if err != nil {
		t.Fatal(err)
	}
	if got := digest(data); got != sampleSum {
		t.Errorf("site.yml of the sample has the sum %s: write it into example.go", got)
	}
}
