package language

// Forms returns the text of a key for each of CLDR's plural categories, and under "1" for
// exactly 1 if it has a text of its own for that. The {placeholders} are left for a script
// to fill in.
func (l *Language) Forms(key string) map[string]string {
	m := l.message(key)
	forms := map[string]string{}
	for _, category := range append([]string{exactlyOne}, categories...) {
		text, has := m.forms[category]
		switch {
		case has:
			forms[category] = text
		case m.forms == nil:
			forms[category] = m.text
		case category != exactlyOne:
			forms[category] = m.forms["other"]
		}
	}
	return forms
}
