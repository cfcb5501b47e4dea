package main

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"sync"
	"time"

	"allclear/generator/diag"
)

// liveCopy is a further copy of the published site, on another host.
type liveCopy struct {
	URL     string     `json:"url"`
	Build   string     `json:"build"`
	BuiltAt *time.Time `json:"built_at"` // null if it cannot be read
	Error   string     `json:"error"`    // why it cannot be read; "" if it can
}

// liveCopies reads the copies of the site that mirrors and publish in site.yml name, side
// by side.
func (v snapshot) liveCopies(ctx context.Context) []liveCopy {
	copies := []liveCopy{}
	seen := map[string]bool{v.site.URL: true}
	add := func(address string) {
		if address != "" && !strings.HasPrefix(address, "$") && !seen[address] {
			copies = append(copies, liveCopy{URL: address})
		}
		seen[address] = true
	}
	for _, m := range v.site.Mirrors {
		add(m.ID)
	}
	for _, t := range v.site.Publish {
		add(t.URL)
	}
	var wait sync.WaitGroup
	for i := range copies {
		wait.Go(func() {
			c := &copies[i]
			state, err := liveState(ctx, c.URL, v.clockNow)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				c.Error = "nothing is published there"
			case err != nil:
				c.Error = err.Error()
			default:
				at := state.At.UTC()
				c.Build, c.BuiltAt = state.Build, &at
			}
		})
	}
	wait.Wait()
	return copies
}

// copyLines writes the copies, compared with what the site's own address serves.
func (v snapshot) copyLines(out *strings.Builder, r liveRecord) {
	for i, c := range r.Copies {
		if i == 0 {
			out.WriteString("\ncopies\n")
		}
		text := "the same build"
		switch {
		case c.Error != "":
			text = "cannot be read: " + c.Error
		case c.Build != r.Build:
			text = "another build, of " + v.shortClock(*c.BuiltAt)
		}
		out.WriteString("  " + diag.Printable(c.URL+": "+text) + "\n")
	}
}
