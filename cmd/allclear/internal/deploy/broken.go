package deploy

import (
	"context"
	"fmt"
	"strings"

	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/news"
)

// namedAddresses is how many addresses an error names.
const namedAddresses = 5

// refuseBroken returns an error if addresses of the published site would vanish: pages,
// feeds and calendars that people and programs may have kept. Where nothing is published,
// or by a version that did not list its addresses, none can. A state.json that is damaged
// is a warning, since publishing repairs it. A target that does not give it is an error: the
// question must not be skipped because a server was busy.
func refuseBroken(ctx context.Context, target Target, s *Site, r *Result) error {
	data, err := target.Read(ctx, "state.json")
	if isMissing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	before, err := news.Parse(data)
	if err != nil {
		r.Warnings = append(r.Warnings, Warning{
			"the published state.json is damaged, so nobody knows whether addresses vanish: " + err.Error(), "publishing writes it again"})
		return nil
	}
	built := s.sums()
	gone := news.Vanished(before, func(file string) bool { _, found := built[file]; return found })
	if len(gone) == 0 {
		return nil
	}
	var names []string
	for _, address := range gone[:min(namedAddresses, len(gone))] {
		names = append(names, "/"+address)
	}
	more := ""
	if len(gone) > namedAddresses {
		more = fmt.Sprintf(" and %d more", len(gone)-namedAddresses)
	}
	return remote.Errorf("keep the files, or add the old address to the aliases of what replaces it (docs/format.md); "+
		"if they may go, use --allow-broken; allclear diff lists them",
		"nothing was published: addresses that people may have kept would vanish: %s%s", strings.Join(names, ", "), more)
}
