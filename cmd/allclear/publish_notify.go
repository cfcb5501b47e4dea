package main

import (
	"slices"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/deploy"
	"allclear/generator/site"

	"github.com/spf13/cobra"
)

// notifyAfter sends new updates to subscribers after the site was published, but never
// before visitors can see what messages link to.
func (p publishFlags) notifyAfter(cmd *cobra.Command, v snapshot, results []deploy.Result) (*notifyRecord, error) {
	n := notifyFlags{readFlags: p.readFlags, dryRun: p.dryRun, wait: verifyWait, format: p.format}
	live, why := seen(v.site, results)
	switch {
	case why != "":
		return nil, errorf("allclear notify sends them once the site is live", "nothing was sent to subscribers: %s", why)
	case !live && !p.dryRun:
		n.verify = true
	}
	r, err := n.notify(cmd.Context(), cmd.OutOrStdout(), v, time.Time{})
	if err != nil {
		return nil, err
	}
	if p.format == "json" {
		record := r.record()
		return &record, r.failure()
	}
	r.print()
	return nil, r.failure()
}

// seen reports whether the main target was read back, or is as these files are. That is
// the one under the site's url, where messages link to, or else the first. If it failed,
// why says so. A target that was not published to, or has no address, is neither.
func seen(s site.Site, results []deploy.Result) (live bool, why string) {
	main := s.Publish[0].Name
	if i := slices.IndexFunc(s.Publish, func(t site.PublishTarget) bool { return sameAddress(t.URL, s.URL) }); i >= 0 {
		main = s.Publish[i].Name
	}
	for _, r := range results {
		if sameAddress(r.URL, s.URL) { // its address may come from the environment
			main = r.Target.Name
		}
	}
	for _, r := range results {
		if r.Target.Name != main {
			continue
		}
		if r.Err != nil {
			return false, main + " is not live"
		}
		return r.Live || r.Skipped, ""
	}
	return false, ""
}

func sameAddress(a, b string) bool {
	return a != "" && strings.TrimRight(a, "/") == strings.TrimRight(b, "/")
}
