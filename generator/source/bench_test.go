package source

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkRead reads a thousand incidents of about two kilobytes each.
func BenchmarkRead(b *testing.B) {
	fsys := folder("")
	var text strings.Builder
	text.WriteString("---\ntitle: Issue with several services\nimpacts:\n  - components: [api, web]\n    status: partial_outage\n" +
		"    start: 2025-07-25 06:32\n    end: 2025-07-25 07:04\n    note: 500 errors on some routes\n---\nA summary.\n")
	for _, heading := range []string{"Investigating — 2025-07-25 06:41", "Identified — 2025-07-25 06:50", "Monitoring — 2025-07-25 07:00",
		"Resolved — 2025-07-25 07:04"} {
		fmt.Fprintf(&text, "\n## %s\nWe see **errors** on the API, with a [link](https://example.com/a) and `code`,\n"+
			"and are looking into them. Nothing that was sent is lost.\n\n- one\n- two, and a longer line that says a little more\n\n"+
			"| route | share |\n|---|---:|\n| /v3/a | 75 %% |\n| /v3/b | 24 %% |\n", heading)
	}
	size := 0
	for i := range 1000 {
		fsys[fmt.Sprintf("content/incidents/i-%04d.md", i)] = textFile(text.String())
		size += text.Len()
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := Read(fsys, Options{}); len(problems) > 0 {
			b.Fatal(listed(problems[:1]))
		}
	}
}
