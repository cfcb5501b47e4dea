package deploy

import (
	"context"
	"fmt"
	"time"

	"allclear/cmd/allclear/internal/remote"
)

// liveTries is how often the published build.json is asked for before it counts as
// unreadable.
const liveTries = 3

// due returns why a target should be published to, or "" if it should not: its files are
// those that the content gives, and nothing has changed by itself since. A site that
// cannot be read is due, since publishing can repair it. url is where visitors read the
// target; "" if it has no address.
func due(ctx context.Context, target Target, url string, opt Options, r *Result) (string, error) {
	var live Build
	err := remote.Retry(ctx, liveTries, func() error {
		var err error
		if live, err = liveBuild(ctx, target, url, opt.Now); isMissing(err) {
			return remote.Permanent(err)
		}
		return err
	})
	if isMissing(err) {
		return "nothing is published there yet", nil
	}
	if err != nil {
		r.Warnings = append(r.Warnings, Warning{"cannot read what is published: " + err.Error(), "publishing again may heal it"})
		return "what is published cannot be read", ctx.Err()
	}
	if live.NextChange != nil {
		if next, err := time.Parse(time.RFC3339, *live.NextChange); err != nil || !next.After(opt.Now) {
			return "the site was to change at " + *live.NextChange, nil
		}
	}
	at, err := time.Parse(time.RFC3339, live.BuiltAt)
	if err != nil {
		return "build.json has no readable built_at", nil
	}
	// The same content as of the same instant gives the same files.
	then, err := opt.Build(at)
	if err != nil {
		return "the content has changed", nil
	}
	changes, err := target.Plan(ctx, then)
	if err != nil {
		return "", err
	}
	if n := len(changes.Uploaded) + len(changes.Removed); n > 0 {
		return fmt.Sprintf("%d files differ", n), nil
	}
	return "", nil
}

// liveBuild reads build.json as visitors see it, or from the target itself if that has no
// address.
func liveBuild(ctx context.Context, target Target, url string, now time.Time) (Build, error) {
	if url != "" {
		return fetchBuild(ctx, url, fmt.Sprint(now.Unix()))
	}
	data, err := target.Read(ctx, "build.json")
	if err != nil {
		return Build{}, err
	}
	return parseBuild(data)
}
