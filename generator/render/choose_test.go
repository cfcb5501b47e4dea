package render_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// chooserOf returns the services that the script of "My services" gets on a home page: the
// last value of its list.
func chooserOf(t *testing.T, out output, home string) map[string]any {
	t.Helper()
	m := regexp.MustCompile(`data-choose="([^"]+)"`).FindSubmatch(out[home])
	if m == nil {
		t.Fatalf("%s does not name it", home)
	}
	var given []any
	if err := json.Unmarshal(out[string(m[1])], &given); err != nil || len(given) != 6 {
		t.Fatalf("%s: %d values, %v", m[1], len(given), err)
	}
	if script, _ := given[0].(string); len(out[script]) < 1000 {
		t.Errorf("its script %q is not there", script)
	}
	return given[5].(map[string]any)
}

func TestServicesAreChosenOnTheHomePageOnly(t *testing.T) {
	out := publish(t, many(), "2025-07-25T09:00:00Z")
	if services := chooserOf(t, out, "index.html"); len(services) != 20 {
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
// chooses it as ever. The id of a region chooses what runs there.
func TestAChoiceKnowsTheFormerIdOfAService(t *testing.T) {
	c := many()
	c["content/components.yml"] = strings.Replace(c["content/components.yml"], "{id: part-0-0,",
		"{id: part-0-0, aliases: [/components/old-part/, /somewhere/else/],", 1)
	services := chooserOf(t, publish(t, c, "2025-07-25T09:00:00Z"), "index.html")
	if ids := fmt.Sprint(services["part-0-0"].(map[string]any)["ids"]); ids != "[part-0-0 old-part us eu]" {
		t.Errorf("it is chosen by %s", ids)
	}
}

// The browser needs no plural rules: there is a sentence for each number of services.
func TestThereIsASentenceForEachNumberOfChosenServices(t *testing.T) {
	for tag, want := range map[string]map[int]string{
		"en": {1: "Your service is operational", 2: "Your 2 services are operational", 20: "Your 20 services are operational"},
		"ar": {2: "خدمتاك تعملان", 3: "خدماتك الـ3 تعمل", 11: "خدماتك الـ11 تعمل"},
		"pl": {2: "Twoje 2 usługi działają", 5: "Twoich 5 usług działa"},
	} {
		c := many()
		c["content/site.yml"] += "languages: [" + tag + "]\n"
		var given []json.RawMessage
		var say struct{ Well, Rest, Services []string }
		if err := json.Unmarshal(publish(t, c, "2025-07-25T09:00:00Z")["choose.txt"], &given); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(given[4], &say); err != nil || len(say.Well) != 21 || len(say.Rest) != 21 || len(say.Services) != 21 {
			t.Fatalf("%s: %d, %d and %d sentences, %v", tag, len(say.Well), len(say.Rest), len(say.Services), err)
		}
		for n, text := range want {
			if said := strings.ReplaceAll(say.Well[n], "\u00a0", " "); said != text {
				t.Errorf("%s: of %d services it says %q, not %q", tag, n, said, text)
			}
		}
	}
}
