package source

import (
	"strings"
	"testing"
)

func TestKeysOfOtherGeneratorsSayWhatTheyAreCalledHere(t *testing.T) {
	for key, want := range map[string]string{
		"date":            `"date" is called "start" here`,
		"affected":        `"affected" is called "components" here`,
		"affectedsystems": `"affectedsystems" is called "components" here`,
		"resolved":        "write end: TIME",
		"resolvedWhen":    `"resolvedWhen" is called "end" here`,
		"informational":   "content/announcements/",
		"pin":             `"pin" is called "pinned" here`,
		"section":         "the folder says what a file is",
		"scheduled":       "content/maintenance/",
		"redirect_from":   `"redirect_from" is called "aliases" here`,
	} {
		for _, folderName := range []string{"incidents", "maintenance"} {
			for _, front := range []string{"---\ntitle: X\n" + key + ": x\n---\n", "+++\ntitle = \"X\"\n" + key + " = \"x\"\n+++\n",
				"{\n\"title\": \"X\",\n\"" + key + "\": \"x\"\n}\n\n"} {
				_, problems := Read(folder("-- "+folderName+"/x.md --\n"+front), Options{})
				said := ""
				for _, p := range problems {
					if p.Rule == "unknown-key" && p.Line > 1 {
						said = p.Hint
					}
				}
				if !strings.Contains(said, want) {
					t.Errorf("%s in %s: %q\n%s", key, folderName, said, listed(problems))
				}
			}
		}
	}
}
