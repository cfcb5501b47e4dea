package source

import (
	"strings"
	"testing"
)

// A block of code that nobody closed makes code of the update that ends an incident.
func TestCodeThatDoesNotEndIsWarnedOf(t *testing.T) {
	for body, warned := range map[string]bool{
		"```\nerror\n\n## Resolved — 2026-11-27 04:00\nFixed.\n":                     true,
		"~~~~\nerror\n~~~\n\n## Resolved — 2026-11-27 04:00\nFixed.\n":               true,
		"```\nerror\n```\n\n## Resolved — 2026-11-27 04:00\nFixed.\n":                false,
		"```sh\n## a comment of a shell\n```\n\n## Resolved — 2026-11-27 04:00\nb\n": false,
		"Text.\n\n```\nthe end of a log\n":                                           false, // it swallows nothing
	} {
		_, problems := Read(folder("-- incidents/x.md --\n---\ntitle: X\ncomponents: [web]\nstatus: down\n---\n"+
			"## Investigating — 2026-11-27 03:00\n"+body), Options{})
		said := strings.Contains(listed(problems), "the code that begins here does not end")
		if said != warned {
			t.Errorf("%q: warned %v\n%s", body, said, listed(problems))
		}
	}
}
