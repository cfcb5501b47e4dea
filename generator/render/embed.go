package render

import (
	"encoding/json"
	"fmt"
	"io/fs"
)

// embedded is what the script of the status line knows of its site: where the
// API is, and the words of a language for the API's English ones.
type embedded struct {
	Root  string            `json:"root"` // the way to the output folder
	Lang  string            `json:"lang"`
	Dir   string            `json:"dir"`
	Colon string            `json:"colon"` // between the site and its state
	Words map[string]string `json:"words"`
}

// embed is a small status line for other sites: a script of the theme that asks
// this site's API how it does. Each language has one.
func (b *build) embed() ([]File, error) {
	source, err := fs.ReadFile(b.theme, "embed.js")
	if err != nil {
		return nil, err
	}
	var files []File
	for _, l := range b.languages {
		v := b.view(l, place{})
		given := embedded{v.root, l.Tag, l.Dir, l.Say("list.colon"), map[string]string{}}
		for english, key := range overallKeys {
			if said := v.say("overall." + key); said != english {
				given.Words[english] = said
			}
		}
		data, err := json.Marshal(given)
		if err != nil {
			return nil, err
		}
		script, err := shrunk(code{"text/javascript", "(given => {\n" + string(source) + "\n})(" + string(data) + ");"})
		if err != nil {
			return nil, fmt.Errorf("embed.js: %w", err)
		}
		files = append(files, fixed(l.in("embed.js"), []byte(script)))
	}
	return b.unlessOwn(files), nil
}
