package site

import (
	"time"

	"allclear/generator/diag"
)

// SLA is the sla key of site.yml: what customers get back for too little uptime, and
// which maintenance costs no uptime. Reports apply it; no other page does.
type SLA struct {
	Tiers   []Tier // by Below, highest first
	Exclude Exclusion
}

// Tier is a credit that customers get if the uptime of a month is below a bound.
type Tier struct {
	Below  Target  // in percent
	Credit float64 // in percent of the price
	Pos    diag.Pos
}

// Exclusion says which maintenance costs no uptime. The zero value means all of it.
type Exclusion struct {
	Set       bool          // else no maintenance ever counts as downtime
	Announced time.Duration // how long before its start a window must have been announced; 0: any time before
	Limited   bool          // whether Limit holds
	Limit     time.Duration // how much is excluded in a calendar month, in each place, the earliest first
}

// Tier returns the tier with the highest credit whose bound the uptime is below, or nil.
func (s *SLA) Tier(r Ratio) *Tier {
	if !r.Known() {
		return nil
	}
	for i := len(s.Tiers) - 1; i >= 0; i-- {
		if !r.Meets(s.Tiers[i].Below) {
			return &s.Tiers[i]
		}
	}
	return nil
}
