package render

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"allclear/generator/site"
)

// embedded is the data that embed.js gets: its language, and for each status [the color
// of its badge, the fill in dark mode, shape, 1 if the shape is filled, and the fill in
// light mode if it is not the color of the badge].
type embedded struct {
	Lang  string  `json:"lang"`
	Dir   string  `json:"dir"`
	Colon string  `json:"colon"` // what separates the site's title from its status
	Looks [][]any `json:"looks"`
}

// embed returns a script for other sites, one in each language, that shows the overall
// status on one line.
func (b *build) embed() ([]File, error) {
	source, err := fs.ReadFile(b.settings.theme, "embed.js")
	if err != nil {
		return nil, err
	}
	inScheme := strings.ReplaceAll(string(source), "color-scheme:light dark", "color-scheme:"+b.settings.site.Brand.Scheme.CSS())
	var files []File
	for _, l := range b.settings.languages {
		given := embedded{Lang: l.Tag, Dir: l.Dir, Colon: l.Say("list.colon")}
		for _, status := range site.Statuses {
			look, solid := looks[statusClass(status)], 0
			if look.Solid {
				solid = 1
			}
			ground, _ := look.badge()
			shown := []any{ground, look.Fill[1], look.Shape, solid}
			if ground != look.Fill[0] {
				shown = append(shown, look.Fill[0])
			}
			given.Looks = append(given.Looks, shown)
		}
		data, err := json.Marshal(given)
		if err != nil {
			return nil, err
		}
		script, err := minifyCode(code{"text/javascript", "(given => {\n" + inScheme + "\n})(" + string(data) + ");"})
		if err != nil {
			return nil, fmt.Errorf("embed.js: %w", err)
		}
		files = append(files, fixed(l.Path("embed.js"), []byte(script)))
	}
	return b.unlessOwn(files), nil
}
