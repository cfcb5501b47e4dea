package source

import "testing"

// Text that was pasted from a word processor may hold Unicode's line separators, which
// an editor shows as new lines and Markdown does not.
func TestALineSeparatorIsReadAsASpace(t *testing.T) {
	const text = "-- incidents/x.md --\n---\ntitle: X\n---\n\n## Investigating — 2025-01-01 10:00\n" +
		"One.\u2028## Resolved — 2025-01-01 11:00\u2029Two.\n"
	expect(t, text, `
incidents/x.md:6:5: warning: an invisible line separator is read as a space and does not end the line
`)
	s, _ := Read(folder(text), Options{})
	if got := s.Entries[0].Updates[0].Body.Text; len(s.Entries[0].Updates) != 1 || got != "One. ## Resolved — 2025-01-01 11:00 Two." {
		t.Errorf("%d updates, the first one %q", len(s.Entries[0].Updates), got)
	}
	expect(t, "-- incidents/x.md --\n---\ntitle: a\u2028b\n---\n\n## Resolved — 2025-01-01 10:00\u2028\nOne.\n", `
incidents/x.md:2:9: warning: an invisible line separator is read as a space and does not end the line
incidents/x.md:5:31: warning: an invisible line separator is read as a space and does not end the line
`)
}
