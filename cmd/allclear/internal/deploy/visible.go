package deploy

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/remote"
)

// Visible returns an error if visitors do not get a page of the site under an address yet.
// If id is not "", the page must have an element with it; a theme of the operator's own
// that gives updates no ids is taken as it is.
func Visible(ctx context.Context, base, path, id string) error {
	base = strings.TrimRight(base, "/")
	return remote.Retry(ctx, liveTries, func() error {
		a, err := fetch(ctx, base, path, fmt.Sprint(time.Now().UnixNano()))
		switch {
		case err != nil:
			return err
		case a.status == http.StatusNotFound || a.status == http.StatusGone:
			return remote.Permanent(remote.Errorf("publish the site first", "%s/%s is not published yet", base, path))
		case a.status != http.StatusOK:
			return remote.Errorf("", "%s/%s answers with status %d", base, path, a.status)
		case id != "" && hasIDs(a.body) && !hasID(a.body, id):
			return remote.Permanent(remote.Errorf("publish the site first", "%s/%s does not show it yet", base, path))
		}
		return nil
	})
}

// hasIDs reports whether a page gives its updates ids.
func hasIDs(page []byte) bool {
	return bytes.Contains(page, []byte("id=u-")) || bytes.Contains(page, []byte(`id="u-`))
}

// hasID reports whether a page has an element with an id.
func hasID(page []byte, id string) bool {
	for _, written := range []string{`id="` + id + `"`, "id=" + id + " ", "id=" + id + ">"} {
		if bytes.Contains(page, []byte(written)) {
			return true
		}
	}
	return false
}
