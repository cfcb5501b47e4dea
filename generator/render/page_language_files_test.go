package render_test

import (
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator/yaml"
	"allclear/themes"
)

// speakers returns the language files of the theme.
func speakers(t *testing.T) map[string]string {
	t.Helper()
	files, err := fs.Glob(themes.Open(nil), "languages/*.yml")
	if err != nil || len(files) != 20 {
		t.Fatal(files, err)
	}
	texts := map[string]string{}
	for _, file := range files {
		data, err := fs.ReadFile(themes.Open(nil), file)
		if err != nil {
			t.Fatal(err)
		}
		texts[strings.TrimSuffix(path.Base(file), ".yml")] = string(data)
	}
	return texts
}

// In one of these languages every value comes first in its sentence, in the other last. A
// template that tests for text before a time would lose the whole sentence in the first.
func TestWhatIsFilledInMayStandAnywhereInASentence(t *testing.T) {
	braces := regexp.MustCompile(`\{[a-z_0-9]+\}`)
	for name, turn := range map[string]func(filled, words string) string{
		"first": func(filled, words string) string { return filled + " " + words },
		"last":  func(filled, words string) string { return words + " " + filled },
	} {
		over := rewritten(t, func(key, text string) string {
			holes := braces.FindAllString(text, -1)
			if slices.Contains(holes, "{time}") {
				holes = append([]string{"{time}"}, slices.DeleteFunc(holes, func(hole string) bool { return hole == "{time}" })...)
			}
			filled := strings.Join(holes, " ")
			if filled == "" || strings.HasPrefix(key, "date.") {
				return text
			}
			return strings.TrimSpace(turn(filled, strings.Join(strings.Fields(braces.ReplaceAllString(text, "")), " ")))
		})
		for _, at := range moments {
			english, turned := translated(t, "en", at, nil), translated(t, "en", at, over)
			for file, data := range english {
				if list := lacks(facts(t, file, data), facts(t, file, turned[file]), nil); len(list) > 0 {
					t.Errorf("%s at %s: %s lacks:\n\t%s", name, at, file, strings.Join(list[:min(len(list), 5)], "\n\t"))
				}
			}
		}
	}
}

// Every text of the language files is shown somewhere, at one of the moments. The time of
// day in 12 hours is shown only with clock: 12, which day_periods_test.go of language tests,
// and the field that finds a service only from 20 components on: choose_test.go. What notify
// sends, and what ingest writes into incidents, is on no page.
func TestNoTextOfTheLanguageFilesIsDead(t *testing.T) {
	var keys []string
	over := rewritten(t, func(key, text string) string {
		keys = append(keys, key)
		return "‹" + key + "›" + text
	})
	shown, marked := map[string]bool{}, regexp.MustCompile(`‹([a-z_0-9.]+)›`)
	for _, at := range moments {
		site := everyState
		if at == moments[1] { // one of them with 12-hour clocks, and with copies on other hosts
			site = site.with("content/site.yml", site["content/site.yml"]+"clock: 12\nmirrors: [https://status2.example.com]\n")
		}
		if at == moments[0] { // and one without a contract about maintenance
			site = site.with("content/site.yml", strings.Replace(site["content/site.yml"], ", exclude: {announced: 5d, hours: 1}", "", 1))
		}
		outputs := everythingOf(t, site, "en", at, over)
		if at == moments[1] { // and a site with many services, some of them in trouble
			many := large(6, 20).hit("c0-0", "us, eu", "major_outage")
			outputs["many.html"] = everythingOf(t, many, "en", "2026-11-27T20:00:00Z", over)["index.html"]
		}
		for _, data := range outputs {
			unfolded := strings.ToLower(strings.ReplaceAll(string(data), "\r\n ", "")) // status.txt has headings in capitals
			for _, m := range marked.FindAllStringSubmatch(unfolded, -1) {
				shown[m[1]] = true
			}
		}
	}
	for _, key := range keys {
		elsewhere := strings.HasPrefix(key, "notify.") || strings.HasPrefix(key, "ingest.")
		if !shown[key] && key != "date.time_12" && key != "mine.find" && !elsewhere {
			t.Errorf("nothing shows the text %q", key)
		}
	}
}

// rewritten returns a theme whose English file has each of its texts rewritten.
func rewritten(t *testing.T, text func(key, text string) string) fstest.MapFS {
	t.Helper()
	var root yaml.Node
	if err := yaml.NewDecoder(strings.NewReader(speakers(t)["en"])).Decode(&root); err != nil {
		t.Fatal(err)
	}
	var again func(key string, n *yaml.Node) any
	again = func(key string, n *yaml.Node) any {
		switch n.Kind {
		case yaml.MappingNode:
			all := map[string]any{}
			for i := 0; i+1 < len(n.Content); i += 2 {
				all[n.Content[i].Value] = again(strings.TrimPrefix(key+"."+n.Content[i].Value, "."), n.Content[i+1])
			}
			return all
		case yaml.SequenceNode:
			var list []string
			for _, item := range n.Content {
				list = append(list, item.Value)
			}
			return list
		}
		for _, form := range []string{".one", ".other"} { // plural forms count as one text
			key = strings.TrimSuffix(key, form)
		}
		if key == "direction" || key == "name" {
			return n.Value
		}
		return text(key, n.Value)
	}
	data, err := json.Marshal(again("", root.Content[0])) // JSON is valid YAML
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{"languages/en.yml": {Data: data}}
}
