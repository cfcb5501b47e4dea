package source

import "testing"

// A line of text that begins like an update is one to whoever reads the page, but feeds,
// the API and the status know nothing of it.
func TestALineThatBeginsLikeAnUpdateIsAWarning(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Update 04:40: all is well.", "near-update warning: write ## Update — 2026-11-27 04:40, with the text below it"},
		{"We see it.\nUpdate 04:40: all is well.", "near-update warning: write ## Update — 2026-11-27 04:40, with the text below it"},
		{"**Resolved 04:40**: all is well.", "near-update warning: write ## Resolved — 2026-11-27 04:40, with the text below it"},
		{"Resolved at 04:40 — all is well.", "near-update warning: write ## Resolved — 2026-11-27 04:40, with the text below it"},
		{"Update, 2026-11-27 05:10 UTC: all is well.",
			"near-update warning: write ## Update — 2026-11-27 05:10 UTC, with the text below it"},

		// Sentences, timelines, and the words of the update itself.
		{"The next update at 04:40: we expect to know more.", ""},
		{"Investigating since 04:00: nothing found yet.", ""},
		{"Resolved customers' tickets by 04:40: none is left.", ""},
		{"- Identified 04:40: the disk.\n- Fixed 04:50: a new disk.", ""},
		{"`Update 04:40: all is well.`", ""},
		{"> Update 04:40: all is well.", ""},
		{"## Postmortem\nUpdate 04:40: all is well.", ""},
	} {
		if got, _ := nearUpdates(t, "incidents", "en", begun+c.text+"\n"); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// Four spaces make code of a heading, or put it into the footnote above it.
func TestAnIndentedUpdateHeadingIsAWarning(t *testing.T) {
	const heading = "## Resolved — 2026-11-27 04:40"
	const want = "near-update warning: remove the spaces before it: " + heading
	for _, c := range []struct{ text, want string }{
		{"    " + heading + "\n    All is well.", want},
		{"\t" + heading, want},
		{"See below.[^1]\n\n[^1]: A note.\n\n    " + heading, want},
		{"[^1]: A note that nothing uses.\n\n    " + heading, want},

		{"   " + heading, ""}, // three spaces are none
		{"```\n    " + heading + "\n```", ""},
		{"- A list\n\n  ```\n      " + heading + "\n  ```", ""},
		{"<!--\n    " + heading + "\n-->", ""},
		{"    ## Resolved connections", ""},
		{"## Postmortem\nWe wrote:\n\n    " + heading, ""},
	} {
		if got, _ := nearUpdates(t, "incidents", "en", begun+c.text+"\n"); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
	// Where it is the only update, nothing says when the incident was.
	if got, _ := nearUpdates(t, "incidents", "en", "    "+heading+"\n"); got != "remove the spaces before it: "+heading {
		t.Errorf("alone: %q", got)
	}
}
