package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"allclear/cmd/allclear/when"
	"allclear/generator/diag"
	"allclear/generator/report"
	"allclear/generator/site"

	"github.com/spf13/cobra"
)

// reportFlags are the flags of report that say which period and which components.
type reportFlags struct {
	from, to, month, quarter string
	components               []string
}

func reportCommand() *cobra.Command {
	var r readFlags
	var f reportFlags
	format := newEnumFlag("text", "markdown", "csv", "json")
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Report uptime for a month or quarter",
		Long: `Report how each component and region did in a period, by default the last month that
is over: the time in each status, uptime, target, error budget and credit, with the
incidents and the maintenance, and how all of this is counted.

With reports: true in site.yml, the site has the same reports as pages.`,
		Example: `  allclear report
  allclear report --month 2026-10 --format markdown
  allclear report --quarter 2026-Q4 --component api
  allclear report --from 2026-10-05 --to 2026-10-20
  allclear report --format csv > report.csv`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v, err := r.read()
			if err == nil {
				err = v.failOnErrors()
			}
			if err != nil {
				return err
			}
			period, err := v.period(f)
			if err != nil {
				return err
			}
			components, err := v.reported(f.components, period)
			if err != nil {
				return err
			}
			made := v.site.UptimeReport(period, v.now, components)
			return printReport(cmd.OutOrStdout(), &report.Document{UptimeReport: made, Site: &v.site, Version: version()}, format.word)
		},
	}
	r.flags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.month, "month", "", "the `month`, such as 2026-10")
	flags.StringVar(&f.quarter, "quarter", "", "the `quarter`, such as 2026-Q4")
	flags.StringVar(&f.from, "from", "", "the first `day` or time of a period of your own")
	flags.StringVar(&f.to, "to", "", "the `day` or time at which it ends, which is not in it; by default now")
	flags.StringArrayVarP(&f.components, "component", "c", nil, "only this component or group, by id or `name`; repeatable")
	flags.Var(format, "format", "text, markdown, csv or json")
	return cmd
}

// printReport prints a report in a format.
func printReport(w io.Writer, d *report.Document, format string) (err error) {
	var data []byte
	switch format {
	case "csv":
		data, err = d.CSV()
	case "json":
		data, err = d.JSON()
	case "markdown":
		data = []byte(diag.PrintableText(d.Markdown()))
	default:
		data = []byte(diag.PrintableText(d.Text()))
	}
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

// period returns the period that the flags name: by default the last month that is over.
func (v snapshot) period(f reportFlags) (site.Period, error) {
	var given []string
	for _, flag := range []struct{ name, value string }{{"month", f.month}, {"quarter", f.quarter}, {"from", f.from}, {"to", f.to}} {
		if flag.value != "" {
			given = append(given, "--"+flag.name)
		}
	}
	last := v.site.LastMonth(v.now)
	switch own := slices.Contains(given, "--from") || slices.Contains(given, "--to"); {
	case len(given) == 0:
		return last, nil
	case own && given[0] == "--to":
		return site.Period{}, usageErrorf("add --from "+last.Name+"-01", "--to needs --from")
	case own && given[0] == "--from":
		return v.ownPeriod(f)
	case len(given) > 1:
		return site.Period{}, usageErrorf("use one of them", "%s each name a period", strings.Join(given, " and "))
	}
	flag, word, example := "month", f.month, last.Name
	if f.quarter != "" {
		start := last.Start.In(v.site.Zone)
		flag, word, example = "quarter", f.quarter, fmt.Sprintf("%d-Q%d", start.Year(), (start.Month()+2)/3)
	}
	period, ok := v.site.PeriodNamed(word)
	if !ok || strings.ContainsAny(word, "Qq") != (flag == "quarter") || period.Start.Year() < 1970 || period.Start.Year() > 2200 {
		return period, usageErrorf("write it as --"+flag+" "+example, "--%s: %q is not a %[1]s", flag, word)
	}
	if !period.Start.Before(v.now) {
		return period, usageErrorf("the last month that is over is --month "+last.Name, "--%s: %s has not begun yet", flag, period.Name)
	}
	return period, nil
}

// ownPeriod returns the period from --from to --to, which is now by default.
func (v snapshot) ownPeriod(f reportFlags) (site.Period, error) {
	from, err := v.readDayOrTime("from", f.from)
	to := v.now
	if err == nil && f.to != "" {
		to, err = v.readDayOrTime("to", f.to)
	}
	if err != nil {
		return site.Period{}, err
	}
	switch {
	case !from.Before(v.now):
		return site.Period{}, usageErrorf("the last month that is over is --month "+v.site.LastMonth(v.now).Name,
			"--from: %s has not come yet", v.clock(from))
	case from.Equal(to):
		return site.Period{}, usageErrorf("--to is the first day after the period", "--from and --to are the same time")
	case to.Before(from):
		return site.Period{}, usageErrorf(fmt.Sprintf("write --from %s --to %s", quotedForShell(f.to), quotedForShell(f.from)),
			"--to: %s is before %s", v.clock(to), v.clock(from))
	}
	return site.Period{Interval: site.Interval{Start: from, End: to}}, nil
}

// readDayOrTime parses a day, which stands for its first instant in the site's zone, or a time.
func (v snapshot) readDayOrTime(flag, text string) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		if day.Year() < 1970 || day.Year() > 2200 {
			return day, usageErrorf("write a year from 1970 to 2200", "--%s: %s is too far away", flag, text)
		}
		return site.FirstInstant(day.Year(), day.Month(), day.Day(), v.site.Zone), nil
	}
	t, err := v.timeReader().Read(text, when.Past)
	if err != nil {
		return t, usageErrorf("write a day such as "+v.site.LastMonth(v.now).Name+"-01", "--%s: %v", flag, err)
	}
	return t, nil
}

// reported returns the components that a report shows: those that are named, or all that
// were listed in the period.
func (v snapshot) reported(names []string, period site.Period) ([]*site.Component, error) {
	all := v.site.ReportedIn(period, v.now)
	if len(names) == 0 {
		return all, nil
	}
	targets, _, err := v.parseTargetFlags(names, nil)
	if err != nil {
		return nil, err
	}
	var list []*site.Component
	for i := range v.site.Components {
		c := &v.site.Components[i]
		for _, t := range targets {
			switch {
			case t.status != "":
				return nil, usageErrorf("write --component "+t.name(), "--component: a report takes no status")
			case len(t.regions) > 0 || t.allRegion:
				return nil, usageErrorf("write --component "+t.name(), "--component: a report takes no region; it has all of them")
			case slices.Contains(list, c):
			case t.component == c.ID || t.includes(c) && slices.Contains(all, c):
				list = append(list, c)
			}
			if past := period.Past(v.now); t.component == c.ID && !c.ServesIn(past) {
				return nil, usageErrorf(v.serviceHint(c), "--component: %s was not in service in this period", c.ID)
			}
		}
	}
	return list, nil
}

// serviceHint says when a component is in service.
func (v snapshot) serviceHint(c *site.Component) string {
	hint := "it is in service"
	if !c.Since.IsZero() {
		hint += " from " + v.clock(c.Since)
	}
	if !c.Until.IsZero() {
		hint += " until " + v.clock(c.Until)
	}
	return hint
}
