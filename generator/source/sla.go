package source

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// slaKeys are the keys of sla in site.yml.
var slaKeys = []key{
	{"tiers", "list", "The credits that customers get, by the uptime of a month."},
	{"exclude", "table", "Which maintenance costs no uptime in reports; without it, none does."},
}

// tierKeys are the keys of an item of sla.tiers.
var tierKeys = []key{
	{"below", "number", "The uptime in percent below which the credit is due, above 0 and up to 100."},
	{"credit", "number", "The credit in percent of the price, above 0 and up to 100."},
}

// excludeKeys are the keys of sla.exclude.
var excludeKeys = []key{
	{"announced", "duration", "How long before its start a maintenance window must be announced to be excluded, such as 5d."},
	{"hours", "number", "How many hours of maintenance are excluded in a calendar month, 0 to 744."},
}

// maxTiers is how many tiers sla may have.
const maxTiers = 12

// sla reads a key of sla.
func (d decoder) sla(p pair, s *site.SLA) {
	switch p.name {
	case "tiers":
		s.Tiers = d.tiers(p)
	case "exclude":
		s.Exclude.Set = p.shape == table && len(p.keys) > 0
		d.each(p.value, excludeKeys, "exclude", func(p pair) { d.exclude(p, &s.Exclude) })
	}
}

// exclude reads a key of sla.exclude.
func (d decoder) exclude(p pair, x *site.Exclusion) {
	switch p.name {
	case "announced":
		x.Announced, _ = d.duration(p)
	case "hours":
		if p.shape == text && strings.HasSuffix(p.value.text, "h") {
			d.wrong(p, "a number", "write the hours as a plain number: "+strings.TrimSpace(strings.TrimSuffix(p.value.text, "h")))
			return
		}
		x.Limited = true
		x.Limit = time.Duration(math.Round(d.number(p, 0, 744, 0)*3600)) * time.Second
	}
}

// tiers reads the credit tiers, and returns them by their bounds, highest first.
func (d decoder) tiers(p pair) []site.Tier {
	if p.shape != list {
		d.wrong(p, "a list", "write - {below: 99.9, credit: 10} for each tier")
		return nil
	}
	if len(p.items) > maxTiers {
		d.problems.Error(p.items[maxTiers].pos, "too-many", "remove some", "a site has at most %d tiers", maxTiers)
		return nil
	}
	var tiers []site.Tier
	for _, item := range p.items {
		one := site.Tier{Pos: item.pos}
		d.each(item, tierKeys, "an item of tiers", func(p pair) {
			percent := d.percent(p)
			if p.name == "below" {
				one.Below = percent
			} else {
				one.Credit = percent.Percent
			}
		})
		if d.wholeTier(item) && one.Below.Percent > 0 && one.Credit > 0 {
			tiers = append(tiers, one)
		}
	}
	slices.SortStableFunc(tiers, func(a, b site.Tier) int { return cmp.Compare(b.Below.Percent, a.Below.Percent) })
	d.checkTiers(tiers)
	return tiers
}

// wholeTier reports a tier that lacks one of its keys, and returns false if it does.
func (d decoder) wholeTier(v value) bool {
	for _, k := range tierKeys {
		if _, ok := v.get(k.Name); !ok && v.shape == table {
			d.problems.Error(v.pos, "bad-tier", "write {below: 99.9, credit: 10}", "a tier has no %q", k.Name)
			return false
		}
	}
	return v.shape == table
}

// checkTiers reports tiers that contradict each other. They are in order, highest bound
// first.
func (d decoder) checkTiers(tiers []site.Tier) {
	for i := 1; i < len(tiers); i++ {
		high, low := tiers[i-1], tiers[i]
		at := low.Pos
		if high.Pos.Line > at.Line || high.Pos.Line == at.Line && high.Pos.Column > at.Column {
			at = high.Pos // the one that comes second in the file
		}
		switch {
		case high.Below.Percent == low.Below.Percent:
			d.problems.Error(at, "bad-tier", "remove one of the two", "two tiers begin below %v %%", low.Below.Percent)
		case low.Credit <= high.Credit:
			d.problems.Error(at, "bad-tier", "give the lower uptime the higher credit",
				"below %v %% the credit is %v %%, not more than the %v %% below %v %%", low.Below.Percent, low.Credit, high.Credit,
				high.Below.Percent)
		}
	}
}

// percent reads a percentage above 0, with its decimals.
func (d decoder) percent(p pair) site.Target {
	hint := "write a percentage such as 99.95"
	percent := d.number(p, 0, 100, 0)
	if p.shape != number || percent == 0 {
		if p.shape == number && strings.Trim(p.value.text, "0.+-") == "" {
			d.problems.Error(p.value.pos, "out-of-range", hint, "%q must be above 0", p.name)
		}
		return site.Target{}
	}
	_, decimals, _ := strings.Cut(p.value.text, ".")
	if len(decimals) > maxDecimals {
		d.problems.Error(p.value.pos, "out-of-range", hint, "%q has more than %d decimals", p.name, maxDecimals)
		return site.Target{}
	}
	return site.Target{Percent: percent, Decimals: len(decimals)}
}
