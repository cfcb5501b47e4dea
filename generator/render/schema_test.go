package render_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemaOf returns the published schema of a file.
func schemaOf(path string) string {
	folder := "../../docs/schemas/"
	if name, ok := strings.CutPrefix(path, "api/v2/"); ok {
		name, _, _ = strings.Cut(strings.TrimSuffix(name, ".json"), "/")
		return folder + "api-v2.schema.json#/$defs/" + strings.ReplaceAll(name, "-", "_")
	}
	switch {
	case strings.HasPrefix(path, "incidents/"):
		return folder + "api-v2.schema.json"
	case strings.HasPrefix(path, "reports/"):
		return folder + "report.schema.json"
	case strings.HasPrefix(path, "badges/"):
		return folder + "badge.schema.json"
	case strings.HasSuffix(path, "feed.json"):
		return folder + "feed.schema.json"
	}
	return folder + strings.TrimSuffix(path, ".json") + ".schema.json"
}

func TestEveryJSONFileIsValidByItsSchema(t *testing.T) {
	for name, at := range instants {
		out := publish(t, little, at)
		for path, data := range publishFolder(t, os.DirFS("../testdata/sample"), at) {
			out["sample/"+path] = data
		}
		validate(t, name, out)
	}
}

// validate compares every JSON file of a build with its published schema.
func validate(t *testing.T, name string, out output) {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	for path, data := range out {
		if !strings.HasSuffix(path, ".json") {
			continue
		}
		schema, err := compiler.Compile(schemaOf(strings.TrimPrefix(strings.TrimPrefix(path, "sample/"), "de/")))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if err := schema.Validate(document); err != nil {
			t.Errorf("%s: %s: %v", name, path, err)
		}
	}
}
