package render_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"image/png"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"golang.org/x/net/html"
)

func TestMetricsAreReadByPrometheus(t *testing.T) {
	for name, at := range instants {
		parser := expfmt.NewTextParser(model.LegacyValidation)
		families, err := parser.TextToMetricFamilies(bytes.NewReader(publish(t, little, at)["metrics"]))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		values := map[string]float64{}
		for _, family := range families {
			for _, metric := range family.Metric {
				key := family.GetName()
				for _, label := range metric.Label {
					if label.GetName() != "name" && label.GetName() != "group" {
						key += " " + label.GetValue()
					}
				}
				values[key] = metric.GetGauge().GetValue()
			}
		}
		want := map[string]map[string]float64{
			"clear":       {"allclear_indicator none": 1, "allclear_maintenances upcoming": 1, "allclear_component_status api": 0, "allclear_components_healthy": 3},
			"incident":    {"allclear_indicator minor": 1, "allclear_incidents_open critical": 1, "allclear_component_status api": 3, "allclear_component_region_status api eu": 4, "allclear_component_region_status api us": 0},
			"maintenance": {"allclear_indicator maintenance": 1, "allclear_maintenances active": 1, "allclear_component_status web": 1, "allclear_build_timestamp_seconds": 1754014800},
			"resolved":    {"allclear_indicator none": 1, "allclear_incidents_open critical": 0, "allclear_component_uptime_ratio api 90d": 1 - 0.5*32*60/float64(89*86400)},
		}[name]
		for key, value := range want {
			if got, ok := values[key]; !ok || got-value > 1e-9 || value-got > 1e-9 {
				t.Errorf("%s: %s is %v, not %v", name, key, got, value)
			}
		}
	}
}

func TestALabelOfAMetricMayHoldAnything(t *testing.T) {
	odd := little.with("content/components.yml", "components:\n  - {id: email, name: 'The \"E\\mail\"'}\n  - {id: api, name: API}\n  - {id: web, name: Web}\nregions: [{id: us, name: US}, {id: eu, name: EU}]\n").
		with("content/incidents/errors.md", "---\ntitle: x\ncomponents: [email]\nstart: 2025-07-01 10:00\nend: 2025-07-02 10:00\nstatus: degraded\n---\n")
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(publish(t, odd, clear)["metrics"]))
	if err != nil {
		t.Fatal(err)
	}
	for _, label := range families["allclear_component_status"].Metric[0].Label {
		if label.GetName() == "name" && label.GetValue() != `The "E\mail"` {
			t.Errorf("the name is %s", label.GetValue())
		}
	}
}

func TestStatusTextAtFourInstants(t *testing.T) {
	for name, at := range instants {
		text := publish(t, little, at)["status.txt"]
		golden(t, "text/"+name+".txt", text)
		for _, line := range strings.Split(string(text), "\n") {
			if len([]rune(line)) > 80 && !strings.Contains(line, "://") {
				t.Errorf("%s: a line has %d columns: %s", name, len([]rune(line)), line)
			}
		}
	}
}

func TestStatusTextCommandsNoTerminal(t *testing.T) {
	hostile := little.with("content/incidents/errors.md", "---\ntitle: Red and \u202Ebackwards\ncomponents: [api]\nstatus: degraded\n---\n## Investigating — 2025-07-25 06:41\n"+
		strings.Repeat("漢字", 100)+"\n")
	text := string(publish(t, hostile, incident)["status.txt"])
	if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' || r == '\u202e' || r == 0x7f }); i >= 0 {
		t.Errorf("it holds the control character %q", text[i])
	}
	for _, line := range strings.Split(text, "\n") {
		if wide := strings.Count(line, "漢") + strings.Count(line, "字"); 2*wide > 80 {
			t.Errorf("%d wide characters stand on one line", wide)
		}
	}
}

func TestBadgesSayInWordsWhatTheyShow(t *testing.T) {
	for name, want := range map[string]string{
		"overall": "Little Status: Minor Service Outage", "api": "Public API: Partial outage",
		"platform": "Platform: Partial outage", "email": "E-mail: Operational",
	} {
		out := publish(t, little, incident)
		var badge struct {
			Width int    `xml:"width,attr"`
			Label string `xml:"aria-label,attr"`
			Title string `xml:"title"`
		}
		if err := xml.Unmarshal(out["badges/"+name+".svg"], &badge); err != nil {
			t.Fatal(err)
		}
		if badge.Label != want || badge.Title != want {
			t.Errorf("the badge %s says %q and %q", name, badge.Label, badge.Title)
		}
		var shield struct{ Label, Message, Color string }
		if err := json.Unmarshal(out["badges/"+name+".json"], &shield); err != nil {
			t.Fatal(err)
		}
		if shield.Label+": "+shield.Message != want {
			t.Errorf("the shield %s says %v", name, shield)
		}
	}
}

func TestABadgeIsAsWideAsItsWords(t *testing.T) {
	width := func(title string) int {
		out := publish(t, content{"content/site.yml": "title: " + strconv.Quote(title) + "\n", "content/components.yml": "components: []\n"}, clear)
		var badge struct {
			Width int `xml:"width,attr"`
		}
		if err := xml.Unmarshal(out["badges/overall.svg"], &badge); err != nil {
			t.Fatal(err)
		}
		return badge.Width
	}
	if narrow, wide, han := width("iiiii"), width("WWWWW"), width("漢漢漢漢漢"); narrow >= wide || wide-narrow < 20 || han <= narrow {
		t.Errorf("five narrow letters make %d, five wide ones %d, five Chinese ones %d", narrow, wide, han)
	}
}

func TestCardsAreDrawnForWhatIsCurrentAndTheNewestOthers(t *testing.T) {
	many := little
	for i := range 30 {
		n := strconv.Itoa(i + 101)[1:]
		many = many.with("content/incidents/many-"+n+".md", "---\ntitle: Number "+n+"\ncomponents: [email]\nstatus: degraded\nstart: 2025-05-"+n+" 10:00\nend: 2025-05-"+n+" 11:00\n---\nOver.\n")
	}
	out := publish(t, many, incident)
	cards := 0
	for path, data := range out {
		if !strings.HasPrefix(path, "cards/") {
			continue
		}
		cards++
		picture, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || picture.Width != 1200 || picture.Height != 630 {
			t.Errorf("%s is %v, %v", path, picture, err)
		}
	}
	if cards != 1+3+10 { // the home page, the incident and both windows, ten others
		t.Errorf("there are %d cards", cards)
	}
	again := publish(t, many, incident)
	for path, data := range out {
		if !bytes.Equal(again[path], data) {
			t.Errorf("%s is drawn differently a second time", path)
		}
	}
}

func TestHeadersNameEachHeaderOncePerFile(t *testing.T) {
	out := publish(t, little, incident)
	rules := map[string][]string{}
	path := ""
	for _, line := range strings.Split(strings.TrimSpace(string(out["_headers"])), "\n") {
		if header, ok := strings.CutPrefix(line, "  "); ok {
			rules[path] = append(rules[path], header)
			continue
		}
		path = line
		if _, twice := rules[path]; twice {
			t.Errorf("%s has two rules; a host may read the last alone", path)
		}
	}
	if len(rules) > 100 {
		t.Errorf("there are %d rules; hosts read a hundred", len(rules))
	}
	for file, want := range map[string][]string{
		"/":                               {"Cache-Control: public, max-age=30"},
		"/api/v2/summary.json":            {"Cache-Control: public, max-age=30", "Access-Control-Allow-Origin: *", "Content-Type: application/json; charset=utf-8"},
		"/history.rss":                    {"Cache-Control: public, max-age=30", "Access-Control-Allow-Origin: *", "Content-Type: application/rss+xml; charset=utf-8"},
		"/components/api/history.atom":    {"Access-Control-Allow-Origin: *", "Content-Type: application/atom+xml; charset=utf-8"},
		"/components/api/maintenance.ics": {"Content-Type: text/calendar; charset=utf-8"},
		"/badges/api.svg":                 {"Access-Control-Allow-Origin: *"},
		"/incidents/errors/index.md":      {"Content-Type: text/markdown; charset=utf-8"},
		"/metrics":                        {"Content-Type: text/plain; version=0.0.4; charset=utf-8"},
	} {
		got := sent(rules, file)
		seen := map[string]bool{}
		for _, header := range got {
			name, _, _ := strings.Cut(header, ":")
			if seen[name] {
				t.Errorf("%s is sent %s twice", file, name)
			}
			seen[name] = true
		}
		for _, header := range want {
			if !slices.Contains(got, header) {
				t.Errorf("%s is not sent %s but %q", file, header, got)
			}
		}
	}
	for path := range out {
		if strings.HasPrefix(path, "assets/") && !slices.Contains(sent(rules, "/"+path), "Cache-Control: public, max-age=31536000, immutable") {
			t.Errorf("%s is not kept", path)
		}
		if !strings.HasPrefix(path, "_") && !strings.HasPrefix(path, ".") && path != "robots.txt" && path != "logo.svg" &&
			!slices.ContainsFunc(sent(rules, "/"+strings.TrimSuffix(path, "index.html")), func(h string) bool { return strings.HasPrefix(h, "Cache-Control") }) {
			t.Errorf("nothing says how long %s may be kept", path)
		}
	}
}

// sent are the headers of all rules that match a path, as the hosts read them:
// a star stands for anything, a name after a colon for one segment.
func sent(rules map[string][]string, path string) []string {
	var headers []string
	for pattern, own := range rules {
		if matches(pattern, path) {
			headers = append(headers, own...)
		}
	}
	return headers
}

func matches(pattern, path string) bool {
	if start, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(path, start)
	}
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	return slices.EqualFunc(want, got, func(w, g string) bool { return w == g || strings.HasPrefix(w, ":") && g != "" })
}

func TestThePolicyAllowsNothingInlineButItsHashes(t *testing.T) {
	headers := string(publish(t, little, incident)["_headers"])
	_, policy, _ := strings.Cut(headers, "Content-Security-Policy: ")
	policy, _, _ = strings.Cut(policy, "\n")
	if strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "script-src 'self' 'sha256-") || !strings.Contains(policy, "frame-ancestors") {
		t.Errorf("the policy is %s", policy)
	}
}

// tagsOf are the attributes of all elements of a name in a page.
func tagsOf(t *testing.T, page []byte, name string) []map[string]string {
	t.Helper()
	var found []map[string]string
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return found
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if token.Data != name {
				continue
			}
			attributes := map[string]string{}
			for _, a := range token.Attr {
				attributes[a.Key] = a.Val
			}
			found = append(found, attributes)
		}
	}
}

func TestEveryPageNamesItsFeeds(t *testing.T) {
	out := publish(t, little, incident)
	for path, want := range map[string]string{
		"index.html": "history.atom", "incidents/errors/index.html": "../../history.atom", "components/api/index.html": "../../components/api/history.atom",
		"history/index.html": "../history.atom", "pages/guide/index.html": "../../history.atom",
	} {
		if !slices.ContainsFunc(tagsOf(t, out[path], "link"), func(l map[string]string) bool {
			return l["rel"] == "alternate" && l["type"] == "application/atom+xml" && l["href"] == want
		}) {
			t.Errorf("%s does not name %s", path, want)
		}
	}
}

func TestAnEntryHasAPreviewAndStructuredData(t *testing.T) {
	out := publish(t, little, incident)
	page := out["incidents/errors/index.html"]
	meta := map[string]string{}
	for _, m := range tagsOf(t, page, "meta") {
		meta[m["property"]+m["name"]] = m["content"]
	}
	for name, want := range map[string]string{
		"og:title": "Errors & slow answers <on the API>", "og:type": "article", "og:url": address + "/incidents/errors/",
		"og:image": address + "/cards/incidents/errors.png", "twitter:card": "summary_large_image", "og:description": "Still looking.",
	} {
		if meta[name] != want {
			t.Errorf("%s is %q", name, meta[name])
		}
	}
	_, data, _ := bytes.Cut(page, []byte(`<script type="application/ld+json">`))
	data, _, _ = bytes.Cut(data, []byte("</script>"))
	article := decode(t, data)
	if article["@type"] != "Article" || article["headline"] != "Errors & slow answers <on the API>" || article["dateModified"] != "2025-07-25T06:50:00Z" {
		t.Errorf("the structured data are %v", article)
	}
}

func TestTheSitemapListsPagesButNoRehearsal(t *testing.T) {
	var sitemap struct {
		URLs []struct {
			Location string `xml:"loc"`
		} `xml:"url"`
	}
	out := publish(t, little, incident)
	if err := xml.Unmarshal(out["sitemap.xml"], &sitemap); err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, u := range sitemap.URLs {
		listed = append(listed, strings.TrimPrefix(u.Location, address))
	}
	for _, want := range []string{"/", "/incidents/errors/", "/maintenance/upgrade/", "/components/api/", "/history/", "/history/2025-07/", "/pages/guide/"} {
		if !slices.Contains(listed, want) {
			t.Errorf("the site map lacks %s", want)
		}
	}
	for _, not := range []string{"/incidents/rehearsal/", "/404.html", "/503.html"} {
		if slices.Contains(listed, not) {
			t.Errorf("the site map lists %s", not)
		}
	}
	if !bytes.Contains(out["robots.txt"], []byte("Sitemap: "+address+"/sitemap.xml")) {
		t.Errorf("robots.txt is %s", out["robots.txt"])
	}
}

func TestTheOperatorsOwnFileTakesThePlaceOfOurs(t *testing.T) {
	out := publish(t, little.with("content/static/robots.txt", "User-agent: *\nDisallow: /\n").with("content/static/favicon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"), clear)
	if string(out["robots.txt"]) != "User-agent: *\nDisallow: /\n" || string(out["favicon.svg"]) != "<svg xmlns='http://www.w3.org/2000/svg'/>" {
		t.Errorf("robots.txt is %s, favicon.svg %s", out["robots.txt"], out["favicon.svg"])
	}
}

func TestAnEntryHasATwinInMarkdown(t *testing.T) {
	golden(t, "twin/incident.md", publish(t, little, resolved)["incidents/errors/index.md"])
	golden(t, "twin/maintenance.md", publish(t, little, maintenance)["maintenance/upgrade/index.md"])
}

func TestEmbedIsSmall(t *testing.T) {
	if size := len(publish(t, little, clear)["embed.js"]); size == 0 || size > 2048 {
		t.Errorf("embed.js has %d bytes", size)
	}
}

func TestBuildNamesTheNextChange(t *testing.T) {
	build := decode(t, publish(t, little, maintenance)["build.json"])
	if build["built_at"] != "2025-08-01T02:20:00Z" || build["next_change_at"] != "2025-08-01T03:30:00Z" {
		t.Errorf("build.json is %v", build)
	}
	if last := decode(t, publish(t, little, "2026-01-01T00:00:00Z")["build.json"]); last["next_change_at"] != nil {
		t.Errorf("nothing more will happen, but it says %v", last)
	}
}

func TestStateSaysWhatTheAPICannot(t *testing.T) {
	labelled := little.with("content/maintenance/upgrade.md", "---\ntitle: Upgrade\nstart: 2025-08-01 02:00\nend: 2025-08-01 03:30\nimpacts:\n  - {components: [api], regions: [eu], label: Offline, eta: 2025-08-01 02:42}\n---\n")
	state := decode(t, publish(t, labelled, maintenance)["state.json"])
	for _, c := range objects(t, state["components"]) {
		if c["id"] != "api" {
			continue
		}
		eu := objects(t, c["regions"])[1]
		if eu["status"] != "under_maintenance" || eu["label"] != "Offline" || eu["eta"] != "2025-08-01T02:42:00Z" || eu["entry"] != "maintenance/upgrade/" {
			t.Errorf("the API in Europe is %v", eu)
		}
		if july := objects(t, c["uptime"])[1]; july["month"] != "2025-07" || july["percent"] != "99.96" {
			t.Errorf("July was %v", july)
		}
	}
	foreseen := objects(t, state["foreseen"])
	if len(foreseen) == 0 || foreseen[0]["at"] != "2025-08-01T03:30:00Z" || foreseen[0]["indicator"] != "none" {
		t.Errorf("it foresees %v", foreseen)
	}
}
