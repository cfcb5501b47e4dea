package render_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// chooserOf returns what the script of "My services" gets on a home page: texts, and the
// last two values of the list, which are the services and the former ids.
func chooserOf(t *testing.T, out output, home string) (services, moved map[string]any) {
	t.Helper()
	m := regexp.MustCompile(`data-choose="([^"]+)"`).FindSubmatch(out[home])
	if m == nil {
		t.Fatalf("%s does not name it", home)
	}
	var given []any
	if err := json.Unmarshal(out[string(m[1])], &given); err != nil || len(given) != 7 {
		t.Fatalf("%s: %d values, %v", m[1], len(given), err)
	}
	if script, _ := given[0].(string); len(out[script]) < 1000 {
		t.Errorf("its script %q is not there", script)
	}
	return given[5].(map[string]any), given[6].(map[string]any)
}

func TestServicesAreChosenOnTheHomePageOnly(t *testing.T) {
	out := publish(t, many(), "2025-07-25T09:00:00Z")
	if services, _ := chooserOf(t, out, "index.html"); len(services) != 20 {
		t.Errorf("there are %d services to choose from", len(services))
	}
	for file, data := range out {
		chooses := bytes.Contains(data, []byte(`id="_mine"`))
		if strings.HasSuffix(file, ".html") && chooses != (file == "index.html") {
			t.Errorf("%s: a button to choose services: %t", file, chooses)
		}
	}
	// Without the script, neither the button nor the field shows.
	for _, hidden := range []string{`<button id="_mine" class="btn" hidden>`, `aria-label="Find a service" hidden>`} {
		if !bytes.Contains(out["index.html"], []byte(hidden)) {
			t.Errorf("the home page lacks %s", hidden)
		}
	}
}

func TestASiteOfOneServiceHasNothingToChoose(t *testing.T) {
	out := publish(t, content{
		"content/site.yml":       "title: Shop\n",
		"content/components.yml": "components: [{id: shop, name: Shop}]\n",
	}, "2025-07-25T09:00:00Z")
	if bytes.Contains(out["index.html"], []byte("_mine\" hidden")) || bytes.Contains(out["index.html"], []byte("data-choose")) {
		t.Error("one service can be chosen from one")
	}
}

func TestTheFieldThatFindsServicesComesWithTheTwentieth(t *testing.T) {
	nineteen := many()
	manifest := "content/components.yml"
	nineteen[manifest] = regexp.MustCompile(`(?m)^.*id: part-4-3,.*\n`).ReplaceAllString(nineteen[manifest], "")
	for name := range nineteen {
		if strings.HasPrefix(name, "content/incidents/") {
			delete(nineteen, name)
		}
	}
	for n, c := range map[int]content{19: nineteen, 20: many()} {
		out := publish(t, c, "2025-07-25T09:00:00Z")
		if has := bytes.Contains(out["index.html"], []byte(`placeholder="Find a service"`)); has != (n == 20) {
			t.Errorf("with %d services, the field is there: %t", n, has)
		}
	}
}

// An old address of a component's page says which id it had, and an address with that id
// chooses it as ever.
func TestAChoiceKnowsTheFormerIdOfAService(t *testing.T) {
	c := many()
	c["content/components.yml"] = strings.Replace(c["content/components.yml"], "{id: part-0-0,",
		"{id: part-0-0, aliases: [/components/old-part/, /somewhere/else/],", 1)
	_, moved := chooserOf(t, publish(t, c, "2025-07-25T09:00:00Z"), "index.html")
	if len(moved) != 1 || moved["old-part"] != "part-0-0" {
		t.Errorf("the former ids are %v", moved)
	}
}
