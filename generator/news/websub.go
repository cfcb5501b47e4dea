package news

import (
	"strings"

	"allclear/generator/site"
)

// feedNames are the files of a feed, one for each format.
var feedNames = []string{"history.atom", "history.rss", "feed.json"}

// websub returns the feeds of the site that have the event, in every language: those of the
// site, and those of the components and groups that the event is about. The hub asks each
// of them for what is new (WebSub, W3C Recommendation of 23 January 2018, section 7).
func websub(c content, _ site.NotifyTarget) (Message, error) {
	folders := []string{""}
	groups := map[string]bool{}
	for _, component := range c.event.components() {
		folders = append(folders, "components/"+component.ID+"/")
		if g := component.Group; g != "" && !groups[g] {
			groups[g] = true
			folders = append(folders, "components/"+g+"/")
		}
	}
	var feeds []string
	for i, tag := range c.site.Languages {
		base := c.site.URL + "/"
		if i > 0 {
			base += tag + "/"
		}
		for _, folder := range folders {
			for _, name := range feedNames {
				feeds = append(feeds, base+folder+name)
			}
		}
	}
	return Message{Feeds: feeds, Preview: strings.Join(feeds, "\n")}, nil
}
