package main

import (
	"time"

	"allclear/cmd/allclear/when"

	"github.com/spf13/cobra"
)

// timeFlag adds a flag that takes a time, which is parsed later, once the site's zone is
// known. An empty value is an error: in a script it is probably an unset variable.
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

// timeReader returns a reader of times in the site's zone, relative to the snapshot's
// time.
func (v snapshot) timeReader() when.Reader { return when.Reader{Now: v.now, Zone: v.site.Zone} }

// readTime parses the time of a flag. It returns zero if text is empty.
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

// readEnd parses the time of a flag for an end: a time of day alone is the first one
// after start. It returns zero if text is empty.
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

// truncateRelative removes the seconds of a time that text gives relative to now.
func truncateRelative(t time.Time, text string) time.Time {
	if when.Relative(text) {
		return t.Truncate(time.Minute)
	}
	return t
}

// entryTime returns the time for an update written now: to the minute, unless --at gives
// an absolute time.
func (r readFlags) entryTime(v snapshot) time.Time {
	if r.at != "" && !when.Relative(r.at) {
		return v.now
	}
	return v.now.Truncate(time.Minute)
}
