package deploy

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/news"
)

// liveTimeout is how long reading the state of a published site may take, with all tries.
const liveTimeout = 40 * time.Second

// LiveState reads the state.json of the site that is published under an address. It tries
// three times, and not again where the answer would be the same. The error is
// fs.ErrNotExist if nothing is published there, else an *remote.Error.
func LiveState(ctx context.Context, base string, now time.Time) (news.State, error) {
	ctx, cancel := context.WithTimeout(ctx, liveTimeout)
	defer cancel()
	base = strings.TrimRight(base, "/")
	var state news.State
	err := remote.Retry(ctx, liveTries, func() error {
		a, err := fetch(ctx, base, "state.json", fmt.Sprint(now.Unix()))
		if err == nil {
			err = a.problem(base)
		}
		if err != nil {
			return err
		}
		if state, err = news.Parse(a.body); err != nil {
			return remote.Permanent(remote.Errorf(wrongAddress, "%s/state.json cannot be read: %v", base, err))
		}
		return nil
	})
	return state, err
}

const wrongAddress = "see whether url in content/site.yml is the address of the published site"

// problem returns an error if an answer is not the file that was asked for.
func (a answer) problem(base string) error {
	switch {
	case a.status == http.StatusNotFound || a.status == http.StatusGone:
		return remote.Permanent(fs.ErrNotExist)
	case a.status == http.StatusUnauthorized || a.status == http.StatusForbidden:
		return remote.Permanent(remote.Errorf("ask for it from a network that may read it, or compare with a folder",
			"%s/state.json answers with status %d: it may not be read from here", base, a.status))
	case a.status >= 500 || a.status == http.StatusTooManyRequests:
		return remote.Errorf("the host fails at the moment; try again in a minute", "%s/state.json answers with status %d", base, a.status)
	case a.status != http.StatusOK:
		return remote.Permanent(remote.Errorf(wrongAddress, "%s/state.json answers with status %d", base, a.status))
	case bytes.HasPrefix(bytes.TrimSpace(a.body), []byte("<")):
		return remote.Permanent(remote.Errorf(wrongAddress, "%s/state.json answers with a page (a login, or another site)", base))
	}
	return nil
}
