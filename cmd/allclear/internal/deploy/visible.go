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

// Visible waits until visitors get a page of the site under an address, or the deadline of
// ctx has passed. It asks at least once. If id is not "", the page must have an element
// with it; a theme of the operator's own that gives updates no ids is taken as it is.
func Visible(ctx context.Context, base, path, id string) error {
	base = strings.TrimRight(base, "/")
	pause := 250 * time.Millisecond
	for {
		err := look(context.WithoutCancel(ctx), base, path, id)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
		pause = min(2*pause, 5*time.Second)
	}
}

// look asks for a page once.
func look(ctx context.Context, base, path, id string) error {
	const first = "publish the site first; if its host needs longer, use --wait 5m"
	page := remote.WithoutUser(base) + "/" + path
	a, err := fetch(ctx, base, path, fmt.Sprint(time.Now().UnixNano()))
	switch {
	case err != nil:
		return err
	case a.status == http.StatusNotFound || a.status == http.StatusGone:
		return remote.Errorf(first, "%s is not published yet", page)
	case a.status != http.StatusOK:
		return remote.Errorf("", "%s answers with status %d", page, a.status)
	case id != "" && hasIDs(a.body) && !hasID(a.body, id):
		return remote.Errorf(first, "%s does not show it yet", page)
	}
	return nil
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
