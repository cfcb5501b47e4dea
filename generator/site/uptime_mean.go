package site

import (
	"math/big"
	"time"
)

// MeanUptime returns the mean uptime, from a up to b, of the components that are listed
// at the history's instant: of a group, or of all with the group "". Each component
// counts the same, whatever its regions, and with the part of the span in which it was in
// service. A component that is retired does not count, not even with its past.
func (h *History) MeanUptime(group string, a, b time.Time) Ratio {
	var list []Ratio
	for i := range h.site.Components {
		c := &h.site.Components[i]
		if !c.Listed(h.now) || group != "" && c.Group != group {
			continue
		}
		if one := h.Uptime(c, Everywhere, a, b); one.Known() {
			list = append(list, one)
		}
	}
	return mean(list)
}

// mean returns the mean of some ratios, each of which counts the same. What is lost is
// rounded up, so that the mean is never higher than it should be.
func mean(list []Ratio) Ratio {
	var longest, sum int64
	for _, r := range list {
		longest = max(longest, r.Span)
	}
	for _, r := range list {
		lost := new(big.Int).Mul(big.NewInt(r.Lost), big.NewInt(longest))
		lost.Add(lost, big.NewInt(r.Span-1)).Div(lost, big.NewInt(r.Span))
		sum += lost.Int64()
	}
	return Ratio{Span: longest * int64(len(list)), Lost: sum}
}
