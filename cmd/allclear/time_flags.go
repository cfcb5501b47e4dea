package main

import (
	"time"

	"allclear/cmd/allclear/when"

	"github.com/spf13/cobra"
)

// timeFlag adds a flag that takes a time. It is read once the site's zone is
// known; an empty one is refused here, since a script whose variable is empty
// means something else than a flag that was not given.
func timeFlag(cmd *cobra.Command, text *string, name, help string) {
	cmd.Flags().Var(&timeValue{name, text}, name, help)
}

type timeValue struct {
	flag string
	text *string
}

func (t *timeValue) String() string {
	if t.text == nil {
		return ""
	}
	return *t.text
}

func (t *timeValue) Type() string { return "time" }

func (t *timeValue) Set(text string) error {
	if text == "" {
		return usageErrorf("write it as "+when.Forms, "--%s: the time is empty", t.flag)
	}
	*t.text = text
	return nil
}

// timeReader reads the times of flags as they are meant at the view's instant.
func (v snapshot) timeReader() when.Reader { return when.Reader{Now: v.now, Zone: v.site.Zone} }

// readTime reads the time of a flag; zero where it was not given.
func (v snapshot) readTime(flag, text string, rule when.Rule) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := v.timeReader().Read(text, rule)
	if err != nil {
		return t, usageErrorf("", "--%s: %v", flag, err)
	}
	return truncateRelative(t, text), nil
}

// readEnd reads the time of a flag that says when something ends: a time of day
// alone is the first one after start.
func (v snapshot) readEnd(flag, text string, start time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := v.timeReader().After(text, start)
	if err != nil {
		return t, usageErrorf("", "--%s: %v", flag, err)
	}
	return truncateRelative(t, text), nil
}

// truncateRelative cuts the seconds of a time that counts from now: nobody writes them.
func truncateRelative(t time.Time, text string) time.Time {
	if when.Relative(text) {
		return t.Truncate(time.Minute)
	}
	return t
}

// entryTime is the time that an entry written now bears: nobody writes seconds.
func (r readFlags) entryTime(v snapshot) time.Time {
	if r.at != "" && !when.Relative(r.at) {
		return v.now
	}
	return v.now.Truncate(time.Minute)
}
