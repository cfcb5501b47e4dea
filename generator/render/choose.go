package render

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"allclear/generator/language"
	"allclear/generator/memo"
	"allclear/generator/site"
	"allclear/generator/tmpl"
)

// chooseAssets are what the home page loads when a visitor chooses services or looks for
// one.
type chooseAssets struct {
	Script string // choose.js, minified
	Path   string // its path: assets/choose.HASH.js
	Style  string // choose.css, minified
}

// newChooseAssets reads them from the theme.
func newChooseAssets(theme fs.FS, scheme site.Scheme) (a chooseAssets, err error) {
	if a.Script, err = minifyFile(theme, "choose.js", "text/javascript", ""); err != nil {
		return a, err
	}
	a.Path = "assets/choose." + fingerprint(a.Script) + ".js"
	a.Style, err = minifyFile(theme, "choose.css", "text/css", "")
	a.Style = inScheme(a.Style, scheme)
	return a, err
}

// chosenService is a service as choose.js knows it.
type chosenService struct {
	Name string   `json:"name"` // the name as sentences have it
	Text string   `json:"text"` // what the field that finds services looks through: group, name, description
	IDs  []string `json:"ids"`  // what chooses it in an address: its own id, former ones, those of its regions
}

// chooserPage is what choose.html shows.
type chooserPage struct {
	Services []serviceFeeds // the services, in the order of the home page
	Feeds    bool           // whether they have feeds, which need the site's URL
	Finding  bool           // whether the page has a field to look for a service
}

// serviceFeeds is a service with its feeds.
type serviceFeeds struct {
	ID    string // the component's id in the manifest
	Name  string // name of the component
	Feeds []link // its feeds and its calendar; none if the site has no URL
}

// chooseWords are the sentences of choose.js without a number, by the names that it knows
// them by. A sentence about a status has the name of the status's class.
var chooseWords = map[string]string{
	"false": "home.components", "true": "mine.title",
}

// fewestToFind is the smallest number of components at which the home page has a field to
// look for one.
const fewestToFind = 20

// chooserPath returns the path of what choose.js gets in a language.
func chooserPath(l *language.Language) string { return l.Path("choose.txt") }

// addChoosing adds to the home page what its visitors choose services with: nothing if
// there is only one to choose from.
func (v siteView) addChoosing(f *layout) {
	if n := len(v.listedComponents()); n > 1 {
		f.Choosing, f.Finding = chooserPath(v.lang), n >= fewestToFind
	}
}

// chooserFile returns what choose.js gets in a language, as JSON: the path of choose.js
// itself, the style and the HTML of what it shows, the classes of statuses with their
// favicons, the worst last, sentences, and the services by id. Its name does not say that it
// is JSON, since it is none of the data that the site offers to programs.
func (b *build) chooserFile(l *language.Language, set *tmpl.Set) (File, error) {
	v := b.view(l, route{})
	parts, err := execute(nil, set, "choose.html", v.chooserPage())
	if err != nil {
		return File{}, fmt.Errorf("choose.html: %w", err)
	}
	say := map[string]any{
		"well": v.forEachNumber("mine.well"), "rest": v.forEachNumber("mine.rest"), "services": v.forEachNumber("services"),
		"lang": l.Tag, "page": v.say("title", "page", "{page}", "site", v.text(v.site.Title)),
		"end": l.Say("answer.sentence", "text", "") + l.Say("list.sentence"),
	}
	if l.Tag == "en" {
		say["lang"] = "en-GB" // its lists have no comma before "and", as those of the pages
	}
	for name, key := range chooseWords {
		say[name] = l.Say(key)
	}
	var ranks [][2]string
	for status := site.Operational; status <= site.MajorOutage; status++ {
		class := statusClass(status)
		ranks = append(ranks, [2]string{class, string(untitledHeads()[class].Icon)})
		if status > site.Operational {
			say[class] = l.Say("answer." + status.String())
		} else {
			say[class] = l.Say("mine.single", "service", "{what}")
		}
	}
	a := b.settings.assets.Choose
	data, err := json.Marshal([]any{
		a.Path, a.Style + chooseTexts(l), string(parts), ranks, say, v.chosenServices(),
	})
	return fixed(chooserPath(l), data), err
}

// forEachNumber returns a sentence for each number of services that can be chosen, by that
// number, so that a browser needs no plural rules. For 0 it is "", since then none is chosen.
func (v siteView) forEachNumber(key string) []string {
	texts := []string{""}
	for n := range v.listedComponents() {
		texts = append(texts, v.say(key, "n", n+1))
	}
	return texts
}

// chooserPage returns what choose.html shows.
func (v siteView) chooserPage() chooserPage {
	page := chooserPage{Feeds: v.url != "", Finding: len(v.listedComponents()) >= fewestToFind}
	for _, c := range v.listedComponents() {
		one := serviceFeeds{ID: c.Component.ID, Name: v.text(c.Component.Name)}
		if v.url != "" {
			for _, feed := range [][2]string{
				{"rss", "history.rss"}, {"atom", "history.atom"}, {"json", "feed.json"}, {"calendar", "maintenance.ics"},
			} {
				one.Feeds = append(one.Feeds, link{Name: v.say("feeds." + feed[0]), Href: componentPath(one.ID) + feed[1]})
			}
		}
		page.Services = append(page.Services, one)
	}
	return page
}

// chosenServices returns the services by id.
func (v siteView) chosenServices() map[string]chosenService {
	services := map[string]chosenService{}
	for _, c := range v.listedComponents() {
		name, group := v.text(c.Component.Name), ""
		if g := v.site.Group(c.Component.Group); g != nil {
			group = v.text(g.Name)
		}
		services[c.Component.ID] = chosenService{
			Name: v.lang.Isolate(name), Text: group + " " + name + " " + v.text(c.Component.Description), IDs: choosingIDs(c.Component),
		}
	}
	return services
}

// chooseTexts returns the rules of style that add texts to what the page has anyway: that
// an entry does not affect the chosen services, and that an answer is the general one.
func chooseTexts(l *language.Language) string {
	before, after, _ := strings.Cut(l.Say("mine.general"), "{answer}")
	rule := func(selector, text string) string { return selector + `{content:"` + cssText.Replace(text) + `"}` }
	return rule(".else:not([data-r])::after", l.Say("mine.aside")) +
		rule("[data-mine=true] #_answer h1::before", before) + rule("[data-mine=true] #_answer h1::after", after)
}

// cssText escapes a text for a string in a style sheet (CSS Syntax Module Level 3).
var cssText = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\a `)

// oldComponentPath matches an old address that was the page of a component.
var oldComponentPath = memo.Regexp(`^/components/([^/]+)/$`)

// choosingIDs returns what chooses a component in an address: its id, the ids that it had
// earlier, as far as the old addresses of its page say, and the ids of its regions.
func choosingIDs(c *site.Component) []string {
	ids := []string{c.ID}
	for _, old := range c.Aliases {
		if m := oldComponentPath().FindStringSubmatch(old.ID); m != nil {
			ids = append(ids, m[1])
		}
	}
	for _, r := range c.Regions {
		ids = append(ids, r.ID)
	}
	return ids
}
