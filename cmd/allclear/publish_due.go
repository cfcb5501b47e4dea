package main

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"allclear/generator"

	"github.com/spf13/cobra"
)

// dueRecord is the output of publish --if-due --dry-run --format json on a site without
// targets.
type dueRecord struct {
	URL string `json:"url"`
	Due string `json:"due"` // why; "" if it is not
	Not string `json:"not"` // why it is not
}

// askHost prints whether the site under url is due for a build, for a schedule that starts
// the build of a host: "due: " and why, or "not due" and why. A build that would fail is
// not due, nor is one of a site that cannot be read: it would be spent for nothing.
func (p publishFlags) askHost(cmd *cobra.Command, v snapshot, result *generator.Result) error {
	record := dueRecord{URL: v.site.URL}
	switch {
	case v.problems.HasErrors():
		v.printProblems()
		record.Not = "a build would fail: " + v.problems.Tally()
	case v.site.URL == "":
		return errorf("set url in content/site.yml to the address of the published site",
			"the site has no url, so nobody knows what is live")
	default:
		record.Due, record.Not = p.hostDue(cmd, v, result)
	}
	if p.format == "json" {
		return printJSON(cmd.OutOrStdout(), record)
	}
	if record.Due != "" {
		fmt.Fprintln(cmd.OutOrStdout(), "due: "+record.Due)
	} else {
		fmt.Fprintf(cmd.OutOrStdout(), "not due (%s)\n", record.Not)
	}
	return nil
}

// While a build fails, the schedule tries again at each turn for triedFor, and then only
// in the first minutes of every sixth hour.
const (
	triedFor     = 2 * time.Hour
	slowMinutes  = 20
	slowInterval = 6 // hours
)

// hostDue returns why the site is due for a build, or why it is not.
func (p publishFlags) hostDue(cmd *cobra.Command, v snapshot, result *generator.Result) (due, not string) {
	state, err := liveState(cmd.Context(), v.site.URL, v.clockNow)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("nothing of allclear is published at %s yet", v.site.URL)
	}
	if err != nil {
		const hint = "the first push publishes the site; see whether url in content/site.yml is right"
		printNote("warning: ", targetWarning{err.Error(), hint})
		return "", "the site cannot be read"
	}
	at := v.now.UTC()
	slow := at.Hour()%slowInterval == 0 && at.Minute() < slowMinutes
	if state.Overdue(v.now) {
		since := "the site was to change at " + v.clock(*state.NextChange)
		if v.now.Sub(*state.NextChange) > triedFor && !slow {
			return "", since + ", and builds have failed since then: the next try is at a full six hours"
		}
		return since, ""
	}
	c, err := diffFlags{readFlags: p.readFlags}.compare(v, result, state)
	if err == nil && c.edits() > 0 {
		if slow {
			return "these files say something else than the site", ""
		}
		return "", "these files say something else than the site, and the push that edited them publishes them"
	}
	if state.NextChange == nil {
		return "", "no automatic change ahead"
	}
	return "", "the next change is at " + v.clock(*state.NextChange)
}
