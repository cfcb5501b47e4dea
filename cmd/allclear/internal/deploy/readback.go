package deploy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/remote"
)

// readBack waits until a published site is the new one: build.json names the build, and
// the home page, a feed and an asset have the new bytes. Headers that are missing or
// different are warnings.
func readBack(ctx context.Context, kind, base string, s *Site, wait time.Duration) ([]Warning, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	pause := 250 * time.Millisecond
	var warnings []Warning
	for {
		var problem string
		if problem, warnings = s.compareLive(ctx, kind, base); problem == "" {
			return warnings, nil
		}
		select {
		case <-ctx.Done():
			return nil, remote.Errorf(
				"see whether url in content/site.yml is this target's address; for a cache that needs longer, use --wait 10m",
				"the files are uploaded, but %s does not show them after %v: %s", remote.WithoutUser(base), wait, problem)
		case <-time.After(pause):
		}
		pause = min(2*pause, 5*time.Second)
	}
}

// compareLive compares a published site with s. It returns the first difference in
// content, or else warnings about headers.
func (s *Site) compareLive(ctx context.Context, kind, base string) (problem string, warnings []Warning) {
	live, err := fetchBuild(ctx, base, s.Build.ID)
	switch {
	case isMissing(err):
		return "it has no build.json", nil
	case err != nil:
		return err.Error(), nil
	case live.ID != s.Build.ID:
		return fmt.Sprintf("its build.json names build %s of %s, not %s", live.ID, live.BuiltAt, s.Build.ID), nil
	}
	var faults []headerFault
	for _, f := range s.samples() {
		got, err := fetch(ctx, base, address(f.Path), s.Build.ID)
		sum := sha256.Sum256(got.body)
		switch {
		case err != nil:
			return err.Error(), nil
		case f.Path == "index.html" && got.status == http.StatusNotFound:
			return "the address itself answers with status 404, though build.json is there: " +
				"make index.html the index document of that host", nil
		case got.status != http.StatusOK:
			return fmt.Sprintf("/%s answers with status %d", address(f.Path), got.status), nil
		case hex.EncodeToString(sum[:]) != f.Digest:
			return fmt.Sprintf("/%s has other bytes than were uploaded (a cache, or a CDN that rewrites pages)", address(f.Path)), nil
		}
		faults = s.addHeaderFaults(faults, f.Path, got.header)
	}
	for _, f := range faults {
		warnings = append(warnings, f.warning(kind))
	}
	return "", warnings
}

// samples returns the files that are read back: the home page, a feed and the smallest
// asset, since one of the operator's own may be as large as a video.
func (s *Site) samples() []File {
	var samples []File
	for _, path := range []string{"index.html", "history.atom"} {
		if f, ok := s.file(path); ok {
			samples = append(samples, f)
		}
	}
	var asset *File
	for i, f := range s.files {
		if strings.HasPrefix(f.Path, "assets/") && (asset == nil || f.Size < asset.Size) {
			asset = &s.files[i]
		}
	}
	if asset != nil {
		samples = append(samples, *asset)
	}
	return samples
}

// headerFault is a header that is missing or different on some of the files.
type headerFault struct {
	name, is string // Cache-Control, is missing
	paths    []string
}

// addHeaderFaults adds the headers of a file that are missing or different. A page's policy
// is in the page, too, except for frame-ancestors, so only that is looked for, and only on
// the home page.
func (s *Site) addHeaderFaults(faults []headerFault, path string, got http.Header) []headerFault {
	want := s.headersOf(path)
	for _, name := range []string{
		"Content-Type", "Cache-Control", "Access-Control-Allow-Origin", "X-Content-Type-Options",
		"Content-Security-Policy", "Referrer-Policy", "Permissions-Policy",
	} {
		onHomePage := name != "Content-Security-Policy" || path == "index.html"
		if want.Get(name) == "" || !onHomePage || sameHeader(name, got.Get(name), want.Get(name)) {
			continue
		}
		is := "is missing"
		if value := got.Get(name); value != "" {
			is = fmt.Sprintf("is %q, not %q", value, want.Get(name))
		}
		same := func(f headerFault) bool { return f.name == name && f.is == is }
		if i := slices.IndexFunc(faults, same); i >= 0 {
			faults[i].paths = append(faults[i].paths, "/"+address(path))
		} else {
			faults = append(faults, headerFault{name, is, []string{"/" + address(path)}})
		}
	}
	return faults
}

// warning returns a warning with what to do on a kind of host.
func (f headerFault) warning(kind string) Warning {
	return Warning{fmt.Sprintf("%s: the header %s %s", strings.Join(f.paths, ", "), f.name, f.is), headerHint(kind, f.name)}
}

// sameHeader reports whether a header has the value that it should have.
func sameHeader(name, got, want string) bool {
	switch name {
	case "Content-Security-Policy":
		return strings.Contains(got, "frame-ancestors")
	case "Content-Type":
		gotType, gotParameters, err := mime.ParseMediaType(got)
		wantType, wantParameters, _ := mime.ParseMediaType(want)
		return err == nil && gotType == wantType && strings.EqualFold(gotParameters["charset"], wantParameters["charset"])
	}
	return strings.Join(strings.Fields(got), " ") == want
}

// headerHint says how a kind of host sets a header.
func headerHint(kind, header string) string {
	switch {
	case kind == "dir" || kind == "sftp":
		return "the web server sets it: docs/publishing.md has a configuration of nginx that does"
	case kind == "git":
		return "a host of pages branches sets its own headers; a CDN in front of it can set this one"
	case kind == "s3" && header == "Access-Control-Allow-Origin":
		return "allow GET from every origin in the CORS settings of the bucket"
	case kind == "s3" && (header == "Content-Type" || header == "Cache-Control"):
		return "allclear sets it on every object; see what the CDN in front of the bucket makes of it"
	case kind == "s3":
		return "a bucket cannot send it; the CDN in front of it can"
	}
	return "the file _headers of the site sets it; see whether a rule of the host or a proxy changes it"
}
