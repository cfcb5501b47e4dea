package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"allclear/generator/forms"
)

// hostFile is a file for a host: its template, and the path to which init writes it.
type hostFile struct{ from, to string }

var hosts = map[string][]hostFile{
	"netlify":    {{"netlify.toml", "netlify.toml"}},
	"cloudflare": {{"cloudflare.toml", "wrangler.toml"}},
	"github": {
		{"github.yml", ".github/workflows/status.yml"}, {"clock.yml", ".github/workflows/clock.yml"},
		{"incident.yml", ".github/workflows/incident.yml"}, {"issue.yml", ".github/ISSUE_TEMPLATE/incident.yml"},
		{"incident.sh", "incident.sh"},
	},
	"gitlab": {{"gitlab.yml", ".gitlab-ci.yml"}, {"incident.sh", "incident.sh"}},
}

var hostNames = []string{"netlify", "cloudflare", "github", "gitlab", "none"}

// filesForHost returns the files that a host needs to build and publish the site in dir,
// with the choices of its forms, and the scripts that they call: allclear.sh, which
// downloads the program, incident.sh, which writes what a form says, and clock.sh, which
// reports whether the site is due for a build. Where a schedule has the program at
// hand, it asks publish --if-due instead of clock.sh. In a clone of this repository there
// is no allclear.sh, since the program is built from source, and schedules use clock.sh:
// building the program would take longer than all the rest.
func filesForHost(host, dir string, choices forms.Choices) ([]newFile, error) {
	files, ok := hosts[host]
	if !ok {
		return nil, nil
	}
	clone := isClone(dir)
	files = files[:len(files):len(files)]
	if clone || host == "netlify" || host == "cloudflare" {
		files = append(files, hostFile{"clock.sh", "clock.sh"})
	}
	if !clone {
		files = append(files, hostFile{"allclear.sh", "allclear.sh"})
	}
	var starters []newFile
	for _, f := range files {
		data, err := fs.ReadFile(templates, "template/hosts/"+f.from)
		if err != nil {
			return nil, err
		}
		starters = append(starters, newFile{f.to, choices.Fill(renderHostFile(data, clone))})
	}
	return starters, nil
}

// isClone reports whether dir is a clone of this repository, or was made from it as a
// template. A host can then build the program from source.
func isClone(dir string) bool {
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil || !bytes.HasPrefix(mod, []byte("module allclear\n")) {
		return false
	}
	main, err := os.Stat(filepath.Join(dir, "cmd", "allclear", "main.go"))
	return err == nil && main.Mode().IsRegular()
}

// hostLineMark matches the mark at the end of a template's line that is only for clones,
// or only for other sites.
var hostLineMark = regexp.MustCompile(`\s*#?\s*<(clone|release)$`)

// renderHostFile replaces ALLCLEAR with the command that runs the program, and removes
// the lines that are marked for the other kind of site.
func renderHostFile(data []byte, clone bool) []byte {
	run, kind := "sh allclear.sh", "release"
	if clone {
		run, kind = "go run ./cmd/allclear", "clone"
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if mark := hostLineMark.FindStringSubmatch(line); mark != nil {
			if mark[1] != kind {
				continue
			}
			line = hostLineMark.ReplaceAllString(line, "")
		}
		if line == "" && len(out) > 0 && out[len(out)-1] == "" {
			continue // the lines between two empty lines were removed
		}
		out = append(out, strings.ReplaceAll(line, "ALLCLEAR ", run+" "))
	}
	return []byte(strings.Join(out, "\n") + "\n")
}
