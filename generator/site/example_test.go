package site_test

import (
	"fmt"
	"time"

	"allclear/generator/site"
)

// The same content has another state at each instant.
func ExampleSite_At() {
	began := time.Date(2026, 11, 22, 3, 10, 0, 0, time.UTC)
	s := site.Site{
		Zone:       time.UTC,
		Components: []site.Component{{ID: "email", Name: site.Text{Default: "Email"}}},
		Entries: []site.Entry{{
			Kind: site.Incident, Slug: "slow-mail", Title: site.Text{Default: "Email is slow"},
			Impacts: []site.Impact{{Components: []site.Ref{{ID: "email"}}, Status: site.DegradedPerformance}},
			Updates: []site.Update{
				{Time: began, Status: site.Investigating},
				{Time: began.Add(45 * time.Minute), Status: site.Resolved},
			},
		}},
	}
	for _, minutes := range []time.Duration{-1, 0, 44, 45} {
		state := s.At(began.Add(minutes * time.Minute))
		fmt.Println(state.Time.Format("15:04"), state.Components[0].Status, len(state.Open))
	}
	// Output:
	// 03:09 operational 0
	// 03:10 degraded_performance 1
	// 03:54 degraded_performance 1
	// 03:55 operational 0
}
