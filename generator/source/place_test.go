package source_test

import (
	"testing"
	"testing/fstest"

	"allclear/generator/source"
)

// A mistake in TOML is underlined where it is, up to its end.
func TestAMistakeInTOMLIsUnderlined(t *testing.T) {
	_, problems := source.Read(fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: Example\nurl: https://status.example.org\n")},
		"content/components.yml": {Data: []byte("components: [{id: web}]\n")},
		"content/incidents/x.md": {Data: []byte("+++\ntitle = \"X\"\npinned = yes\n+++\n")},
	}, source.Options{})
	if len(problems) != 1 {
		t.Fatalf("%d problems: %v", len(problems), problems)
	}
	if at := problems[0].Pos; at.Line != 3 || at.Column != 10 || at.EndColumn <= at.Column {
		t.Errorf("it is at %d:%d, up to %d", at.Line, at.Column, at.EndColumn)
	}
}
