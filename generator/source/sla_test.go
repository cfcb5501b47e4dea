package source

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
)

// Lines of site.yml, each with what is read, or with the place, the message and the hint.
const slaLines = `
reports: true
    reports
sla: {tiers: [{below: 99.0, credit: 25}, {below: 99.9, credit: 10}], exclude: {announced: 5d, hours: 8}}
    below 99.9 10; below 99 25; announced 120h0m0s, limit 8h0m0s
sla: {exclude: {hours: 1.5}}
    announced 0s, limit 1h30m0s
sla: {exclude: {hours: 4.1}}
    announced 0s, limit 4h6m0s
sla: {exclude: {hours: 0}}
    announced 0s, limit 0s
sla: {exclude: {announced: 36h}}
    announced 36h0m0s
reports: yes please
    3:10: "reports" must be true or false, not "yes please"
    write true or false, without quotes
sla: [x]
    3:6: sla must be keys and values, not a list
    write keys and values: tiers, exclude
tiers: [{below: 99.9, credit: 10}]
    3:1: unknown key "tiers"
    "tiers" belongs below sla:
exclude: {hours: 8}
    3:1: unknown key "exclude"
    "exclude" belongs below sla:
sla: {tier: []}
    3:7: unknown key "tier"
    did you mean "tiers"?
sla: {tiers: {below: 99.9, credit: 10}}
    3:14: "tiers" must be a list, not keys and values
    write - {below: 99.9, credit: 10} for each tier
sla: {tiers: [{below: 99.9}]}
    3:15: a tier has no "credit"
    write {below: 99.9, credit: 10}
sla: {tiers: [{below: 101, credit: 10}]}
    3:23: "below" must be from 0 to 100, not 101
    write a plain number within them, such as 100
sla: {tiers: [{below: 99.9, credit: 0}]}
    3:37: "credit" must be above 0
    write a percentage such as 99.95
sla: {tiers: [{below: 99.9, credit: 10%}]}
    3:37: "credit" must be a number, not "10%"
    write a plain number, without quotes
sla: {tiers: [{below: 99.9, credit: 10}, {below: 99.9, credit: 25}]}
    3:42: two tiers begin below 99.9 %
    remove one of the two
sla: {tiers: [{below: 99, credit: 10}, {below: 99.9, credit: 25}]}
    3:40: below 99 % the credit is 10 %, not more than the 25 % below 99.9 %
    give the lower uptime the higher credit
sla: {exclude: {hours: 8h}}
    3:24: "hours" must be a number, not "8h"
    write the hours as a plain number: 8
sla: {exclude: {hours: 8 h}}
    3:24: "hours" must be a number, not "8 h"
    write the hours as a plain number: 8
sla: {exclude: {hours: 800}}
    3:24: "hours" must be from 0 to 744, not 800
    write a plain number within them, such as 744
sla: {exclude: {announced: 5}}
    3:28: "5" has no unit
    write 5m for minutes, 5h for hours, 5d for days
sla: {exclude: true}
    3:16: exclude must be keys and values, not true or false
    write keys and values: announced, hours
`

func TestTheTermsOfAContract(t *testing.T) {
	stories := strings.Split(strings.Trim(slaLines, "\n"), "\n")
	for i := 0; i < len(stories); {
		line, want := stories[i], ""
		for i++; i < len(stories) && strings.HasPrefix(stories[i], "    "); i++ {
			want += strings.TrimSpace(stories[i]) + "\n"
		}
		s, problems := Read(folder("-- site.yml --\ntitle: X\nurl: https://status.example.org\n"+line+"\n"), Options{})
		got := ""
		for _, p := range problems {
			got += strings.TrimPrefix(p.Pos.String(), "content/site.yml:") + ": " + p.Message + "\n" + p.Hint + "\n"
		}
		if got == "" {
			var parts []string
			if s.Reports {
				parts = append(parts, "reports")
			}
			for _, tier := range s.SLA.Tiers {
				parts = append(parts, fmt.Sprintf("below %v %v", tier.Below.Percent, tier.Credit))
			}
			if x := s.SLA.Exclude; x.Set {
				text := fmt.Sprintf("announced %s", x.Announced)
				if x.Limited {
					text += fmt.Sprintf(", limit %s", x.Limit)
				}
				parts = append(parts, text)
			}
			got = strings.Join(parts, "; ") + "\n"
		}
		if cmp.Or(got, "\n") != want {
			t.Errorf("%s:\ngot:\n%swant:\n%s", line, got, want)
		}
	}
}
