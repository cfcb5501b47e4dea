package source

import (
	"strings"
	"testing"
)

// A zone is one of IANA's list: what else lies beside those on a machine means
// something else on the next one.
func TestATimeZoneMeansTheSameOnEveryMachine(t *testing.T) {
	for _, name := range []string{"localtime", "posixrules", "right/Europe/Berlin", "posix/UTC", "Local", "Factory", "leapseconds"} {
		_, problems := Read(folder("-- site.yml --\ntitle: X\ntimezone: "+name+"\n"), Options{})
		if !strings.Contains(told(problems), "unknown time zone") {
			t.Errorf("%s: told %s", name, told(problems))
		}
	}
	for _, name := range []string{"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+3", "GMT"} {
		if _, problems := Read(folder("-- site.yml --\ntitle: X\ntimezone: "+name+"\n"), Options{}); strings.Contains(told(problems), "zone") {
			t.Errorf("%s: told %s", name, told(problems))
		}
	}
}
