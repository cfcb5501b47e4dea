// Package deploy brings a built site to where it is published, and reads it back.
//
// [Run] does this for several targets side by side; the failure of one never stops
// another. For each of them it
//
//  1. connects, with secrets from the environment (remote/environment.go);
//  2. with IfDue, finds out whether there is anything to publish (due.go);
//  3. refuses to let addresses vanish (broken.go);
//  4. uploads what differs and removes what Allclear published there and the site no
//     longer has;
//  5. reads build.json and a few files under the target's address, until they are the
//     new ones (readback.go).
//
// A [Target] is one kind of host: dir.go, git.go and netlify.go, which replace the site as a
// whole, and s3.go and sftp.go. Those share store.go, which uploads in an order in which
// no visitor finds a link to what is not there.
package deploy

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"
	"sync"
	"time"

	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/site"
)

// Target is a place where a site is published. It is used by one goroutine at a time.
type Target interface {
	// Plan returns how the target differs from the site, and changes nothing.
	Plan(ctx context.Context, s *Site) (Changes, error)
	// Publish makes the target hold the site and returns what it changed. After an error,
	// the old site or parts of both are there, and the next Publish completes them.
	Publish(ctx context.Context, s *Site) (Changes, error)
	// Read returns a published file. The error is fs.ErrNotExist if there is none.
	Read(ctx context.Context, path string) ([]byte, error)
	Close() error
}

// Changes are the differences between a target and a site.
type Changes struct {
	Uploaded  []string // new or changed files
	Removed   []string
	Unchanged int
	Bytes     int64    // of the uploaded files
	Notes     []string // what the user should know
}

// Options are the settings of [Run].
type Options struct {
	// Build returns the site as of an instant: Now, and with IfDue that of the published
	// build. Several goroutines may call it at once.
	Build  func(at time.Time) (*Site, error)
	Now    time.Time
	IfDue  bool
	DryRun bool                                  // only plan
	Broken bool                                  // addresses of the published site may vanish
	Wait   time.Duration                         // how long to wait for the new site under its address
	Env    func(name string) string              // reads an environment variable
	Folder func(name string) (string, error)     // resolves the folder of a dir: target, or refuses it
	Hold   sync.Locker                           // is locked while the program must not exit
	Log    func(target, format string, a ...any) // reports progress; several goroutines may call it at once
}

// Result is what happened to one target.
type Result struct {
	Target  site.PublishTarget
	URL     string // where it was read back; "" if the target has no address
	Due     string // with IfDue: why it was due; "" if it was not
	Skipped bool   // it was not due
	Build   string // the id of the site's build; "" if none was needed

	Changes   Changes
	Published bool // the target holds the site
	Live      bool // visitors get it at URL
	Seconds   float64
	Warnings  []Warning
	Err       error
}

// Warning is what the user should look at although the site is published.
type Warning struct {
	Message string
	Hint    string
}

// Run publishes a site to targets side by side and returns a result for each.
func Run(ctx context.Context, targets []site.PublishTarget, opt Options) []Result {
	results := make([]Result, len(targets))
	var wait sync.WaitGroup
	for i, t := range targets {
		wait.Go(func() {
			began := time.Now()
			r := &results[i]
			r.Target = t
			env := remote.Environment{Name: t.Name, Get: opt.Env}
			one := opt
			one.Log = func(target, format string, a ...any) {
				opt.Log(target, "%s", env.Hide(fmt.Sprintf(format, a...), t.URL))
			}
			r.Err = env.HideIn(publish(ctx, t, env, one, r), t.URL)
			for i := range r.Warnings {
				r.Warnings[i].Message = env.Hide(r.Warnings[i].Message, t.URL)
			}
			r.Seconds = time.Since(began).Round(time.Millisecond).Seconds()
		})
	}
	wait.Wait()
	return results
}

// publish publishes to one target and records in r what happens.
func publish(ctx context.Context, t site.PublishTarget, env remote.Environment, opt Options, r *Result) error {
	live, err := env.Address(t.URL, "the address at which visitors read this target (url in content/site.yml)")
	if err != nil {
		return err
	}
	if u, err := url.Parse(live); err != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return remote.Errorf("set it to an address such as https://status.example.com",
			"%s holds an address with a query or a fragment", strings.TrimPrefix(t.URL, "$"))
	}
	r.URL = remote.WithoutUser(live)
	target, err := open(ctx, t, env, opt)
	if err != nil {
		return err
	}
	defer target.Close()
	if opt.IfDue {
		if r.Due, err = due(ctx, target, live, opt, r); err != nil {
			return err
		}
		if r.Skipped = r.Due == ""; r.Skipped {
			return nil
		}
	}
	s, err := opt.Build(opt.Now)
	if err != nil {
		return err
	}
	r.Build = s.Build.ID
	if !opt.Broken {
		if err := refuseBroken(ctx, target, s, r); err != nil {
			return err
		}
	}
	if opt.DryRun {
		r.Changes, err = target.Plan(ctx, s)
		return err
	}
	if r.Changes, err = target.Publish(ctx, s); err != nil {
		return err
	}
	r.Published = true
	if r.URL == "" {
		return nil
	}
	opt.Log(t.Name, "waiting for %s", r.URL)
	warnings, err := readBack(ctx, t.Kind, live, s, opt.Wait)
	r.Warnings = append(r.Warnings, warnings...)
	r.Live = err == nil
	return err
}

// open connects to a target.
func open(ctx context.Context, t site.PublishTarget, env remote.Environment, opt Options) (Target, error) {
	switch t.Kind {
	case "dir":
		return openDir(t, opt)
	case "s3":
		return openS3(t, env)
	case "sftp":
		return openSFTP(t, env)
	case "git":
		return openGit(ctx, t, env)
	case "netlify":
		return openNetlify(t, env)
	}
	return nil, remote.Errorf("", "%s: unknown kind of target", t.To)
}

// isMissing reports whether an error says that a file does not exist.
func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
