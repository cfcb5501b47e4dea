// Package report writes a report on uptime as text, Markdown, CSV and JSON. The report
// itself is a [site.UptimeReport]; its pages are package render's.
package report

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
)

// Document is a report with what is printed around it.
type Document struct {
	*site.UptimeReport
	Site    *site.Site
	Version string // of the program
}

// decimals is how many decimals a percentage for machines has. It is cut, not rounded.
const decimals = 5

// clock returns a time in the site's zone: 2026-10-01 00:00 CEST.
func (d *Document) clock(t time.Time) string {
	layout := "2006-01-02 15:04"
	if t = t.In(d.Site.Zone); t.Second() != 0 {
		layout += ":05"
	}
	return t.Format(layout + " MST")
}

// ended returns an end, or "goes on" if it is zero.
func (d *Document) ended(t time.Time) string {
	if t.IsZero() {
		return "goes on"
	}
	return d.clock(t)
}

// periodName returns the period for a title: in October 2026, in Q4 2026, or from one time
// to another.
func (d *Document) periodName() string {
	year, quarter, isQuarter := strings.Cut(d.Period.Name, "-Q")
	switch {
	case isQuarter:
		return "in Q" + quarter + " " + year
	case d.Period.Name != "":
		return "in " + d.Period.Start.In(d.Site.Zone).Format("January 2006")
	}
	return "from " + d.clock(d.Period.Start) + " to " + d.clock(d.Period.End)
}

// length writes seconds in days, hours, minutes and seconds: 1 d 2 h 30 s.
func length(seconds int64) string {
	if seconds < 0 {
		return "-" + length(-seconds)
	}
	var parts []string
	for _, unit := range []struct {
		name string
		size int64
	}{{"d", 86400}, {"h", 3600}, {"min", 60}, {"s", 1}} {
		if n := seconds / unit.size; n > 0 {
			parts = append(parts, strconv.FormatInt(n, 10)+" "+unit.name)
			seconds -= n * unit.size
		}
	}
	if len(parts) == 0 {
		return "0 s"
	}
	return strings.Join(parts, " ")
}

// rounded returns a length in whole seconds, rounded up.
func rounded(d time.Duration) int64 { return int64((d + time.Second - 1) / time.Second) }

// left returns how many whole seconds of an error budget are left, rounded down. It is
// below zero if more was used than allowed.
func left(b site.Budget) int64 { return int64(math.Floor((b.Allowed - b.Used).Seconds())) }

// percent returns a percentage for people: 99.95 %.
func percent(digits string) string { return digits + " %" }

// number returns a number with as many decimals as it needs.
func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// exact returns millionths of a second, divided by a number of regions, in seconds: 540 or
// 0.333333. Digits after the sixth decimal are cut.
func exact(millionths int64, regions int) string {
	n := millionths / int64(regions)
	text := fmt.Sprintf("%d.%06d", n/1_000_000, n%1_000_000)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}

// Share returns a part of the downtime in percent with one decimal, cut; "" if there was
// none.
func Share(part, whole int64) string {
	if whole == 0 {
		return ""
	}
	n := new(big.Int).Mul(big.NewInt(part), big.NewInt(1000))
	tenths := n.Div(n, big.NewInt(whole)).Int64()
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}

// regions returns of how many regions the uptime of a component is the mean.
func regions(c *site.ComponentReport) int { return max(1, len(c.Regions)) }

// regionName returns the name of a region, or its id if it has none.
func (d *Document) regionName(id string) string {
	if r := d.Site.Region(id); r != nil && r.Name.Default != "" {
		return r.Name.Default
	}
	return id
}

// name returns the name of a component, or its id if it has none.
func name(c *site.Component) string {
	if c.Name.Default != "" {
		return c.Name.Default
	}
	return c.ID
}

// path returns the address of an entry's page below the site's url.
func path(e *site.Entry) string { return e.Kind.Folder() + "/" + e.Slug + "/" }

// words returns a status for people: partial outage.
func words(s fmt.Stringer) string { return strings.ReplaceAll(s.String(), "_", " ") }

// content returns the beginning of the checksum of what the report is made of.
func (d *Document) content() string { return d.Hash.Digest() }
