package source

import (
	"archive/zip"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A zone is one of IANA's list: what else lies beside those on a machine means
// something else on the next one.
func TestATimeZoneMeansTheSameOnEveryMachine(t *testing.T) {
	for _, name := range []string{"localtime", "posixrules", "right/Europe/Berlin", "posix/UTC", "Local", "Factory", "leapseconds",
		"europe/berlin", "Europe", "Europe/", "../UTC", "Mars/Base"} {
		_, problems := Read(folder("-- site.yml --\ntitle: X\ntimezone: "+name+"\n"), Options{})
		if !strings.Contains(listed(problems), "unknown time zone") {
			t.Errorf("%s: told %s", name, listed(problems))
		}
	}
	for _, name := range []string{"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+3", "GMT"} {
		if _, problems := Read(folder("-- site.yml --\ntitle: X\ntimezone: "+name+"\n"), Options{}); strings.Contains(listed(problems),
			"zone") {
			t.Errorf("%s: told %s", name, listed(problems))
		}
	}
}

// The machine's own rules, newer or older or plainly wrong, change nothing.
func TestTheRulesOfAZoneAreNotTheMachines(t *testing.T) {
	t.Setenv("ZONEINFO", t.TempDir())
	s, problems := Read(folder("-- site.yml --\ntitle: X\ntimezone: Europe/Berlin\n"), Options{})
	if strings.Contains(listed(problems), "zone") {
		t.Fatalf("told %s", listed(problems))
	}
	for want, at := range map[string]time.Time{
		"CET +01:00 Europe/Berlin":  time.Date(2026, 3, 29, 0, 59, 59, 0, time.UTC),
		"CEST +02:00 Europe/Berlin": time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC),
	} {
		if got := at.In(s.Zone).Format("MST -07:00 ") + s.Zone.String(); got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
}

// A Go that knows a zone which is not in zones.zip has a newer list:
//
//	cp "$(go env GOROOT)/lib/time/zoneinfo.zip" generator/source/zones.zip
func TestTheListOfZonesIsFresh(t *testing.T) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skip("there is no go command here")
	}
	list, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Skip("this Go has no list of zones")
	}
	defer list.Close()
	for _, f := range list.File {
		if !f.FileInfo().IsDir() && f.Name != "Factory" && zoneOf(f.Name) == nil {
			t.Errorf("%s is missing", f.Name)
		}
	}
}
