package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"

	"github.com/spf13/cobra"
)

func nextCommand() *cobra.Command {
	var r readFlags
	var n int
	format := newEnumFlag("text", "json")
	cmd := &cobra.Command{
		Use:   "next",
		Short: "List upcoming automatic changes",
		Long: `List the times at which the site will change on its own, and what happens then: a
maintenance window begins, an update set for later appears, a promised update is
overdue. A scheduler rebuilds the site at these times.`,
		Example: `  allclear next
  allclear next --count 1 --format json | jq -r '.[0].at'
  allclear next --at "2025-07-31 00:00"`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if n < 1 || n > 1000 {
				return usageErrorf("write a number from 1 to 1000", "--count: %d is out of range", n)
			}
			v, err := r.read()
			if err == nil {
				err = v.failOnErrors()
			}
			if err != nil {
				return err
			}
			changes := v.site.Changes(v.now, n)
			if format.word == "json" {
				return printJSON(cmd.OutOrStdout(), changeRecords(changes))
			}
			v.printChanges(cmd.OutOrStdout(), changes)
			return nil
		},
	}
	r.flags(cmd)
	cmd.Flags().IntVar(&n, "count", 5, "how many to list")
	cmd.Flags().Var(format, "format", "text or json")
	return cmd
}

// changeRecord is one change in the output of next --format json.
type changeRecord struct {
	At         time.Time         `json:"at"` // UTC
	Kind       site.ChangeKind   `json:"kind"`
	Entry      string            `json:"entry"` // slug of the entry or announcement; "" if a component comes into service
	Components []componentRecord `json:"components"`
	Indicator  string            `json:"indicator"`
}

type componentRecord struct {
	ID   string `json:"id"`
	From string `json:"from"`
	To   string `json:"to"`
}

// changeRecords converts changes for JSON.
func changeRecords(changes []site.Change) []changeRecord {
	records := []changeRecord{}
	for _, c := range changes {
		r := changeRecord{c.At.UTC(), c.Kind, "", []componentRecord{}, c.Indicator.String()}
		if c.Entry != nil {
			r.Entry = c.Entry.Slug
		}
		if c.Announcement != nil {
			r.Entry = c.Announcement.Slug
		}
		for _, hit := range c.Components {
			r.Components = append(r.Components, componentRecord{hit.Component.ID, hit.From.String(), hit.To.String()})
		}
		records = append(records, r)
	}
	return records
}

// changeLabels describe each kind of change for people.
var changeLabels = map[site.ChangeKind]string{
	site.MaintenanceAnnounced: "maintenance is announced",
	site.MaintenanceStart:     "maintenance starts",
	site.MaintenanceEnd:       "maintenance ends",
	site.ImpactStart:          "impact starts",
	site.ImpactEnd:            "impact ends",
	site.UpdateDue:            "update appears",
	site.IncidentEnd:          "incident ends",
	site.Overdue:              "overdue",
	site.AnnouncementStart:    "announcement appears",
	site.AnnouncementEnd:      "announcement leaves the home page",
	site.InServiceFrom:        "component comes into service",
	site.RetiredFrom:          "component is retired",
}

// printChanges prints a line for each change, and below it one for each component that
// changes.
func (v snapshot) printChanges(w io.Writer, changes []site.Change) {
	if len(changes) == 0 {
		fmt.Fprintln(w, "no automatic changes ahead: the site stays as it is until somebody edits it")
		return
	}
	style := styleFor(os.Stdout)
	for _, c := range changes {
		name, id := "", ""
		if c.Entry != nil {
			name, id = c.Entry.Title.Default, c.Entry.Slug
		} else if c.Announcement != nil {
			name, id = c.Announcement.Title.Default, c.Announcement.Slug
		} else {
			name, id = c.Components[0].Component.Name.Default, c.Components[0].Component.ID
		}
		text := fmt.Sprintf("%s: %s (%s, overall %s)", changeLabels[c.Kind], name, id, c.Indicator)
		fmt.Fprintf(w, "%s  %s\n", style.Bold(v.clock(c.At)), diag.Printable(text))
		if c.Entry == nil {
			continue
		}
		for _, hit := range c.Components {
			text := fmt.Sprintf("    %s: %s → %s", hit.Component.Name.Default, humanize(hit.From), humanize(hit.To))
			fmt.Fprintln(w, diag.PrintableText(text))
		}
	}
}
