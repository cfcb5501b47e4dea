package render

// embed is a small status line for other sites: a script of the theme that asks
// this site's API how it does.
func (b *build) embed() ([]File, error) {
	script, err := b.minified("embed.js", "text/javascript", "")
	if err != nil {
		return nil, err
	}
	return b.unlessOwn([]File{fixed("embed.js", []byte(script))}), nil
}
