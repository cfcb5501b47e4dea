package deploy

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"time"

	"allclear/cmd/allclear/internal/remote"
)

// requestTimeout is how long one request for a published file may take.
const requestTimeout = 15 * time.Second

// sampleLimit is the size up to which a published file is read, in bytes.
const sampleLimit = 64 << 20

// web is the client with which published sites are read.
var web = &http.Client{Timeout: requestTimeout}

// answer is the answer to a request for a published file.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// fetch requests a file of a published site, past caches. An error of the connection is
// one for the user.
func fetch(ctx context.Context, base, path, unique string) (answer, error) {
	address := base + "/" + (&url.URL{Path: path}).EscapedPath()
	what := "read " + remote.WithoutUser(base) + "/" + path
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"?b="+url.QueryEscape(unique), nil)
	if err != nil {
		return answer{}, remote.NetworkError(ctx, what, wrongAddress, err)
	}
	req.Header.Set("Cache-Control", "no-cache")
	req.Header.Set("Origin", "https://www.example.com") // stores send Access-Control-Allow-Origin only to requests that have it
	resp, err := web.Do(req)
	if err != nil {
		return answer{}, remote.NetworkError(ctx, what, wrongAddress, err)
	}
	defer resp.Body.Close()
	body, err := remote.ReadLimited(resp.Body, sampleLimit)
	if errors.Is(err, remote.ErrTooLarge) {
		err = remote.Errorf(wrongAddress, "cannot %s: %v", what, err)
	}
	return answer{resp.StatusCode, resp.Header, body}, remote.NetworkError(ctx, what, wrongAddress, err)
}

// fetchBuild reads the build.json of a published site. The error is fs.ErrNotExist where
// the site has none.
func fetchBuild(ctx context.Context, base, unique string) (Build, error) {
	a, err := fetch(ctx, base, "build.json", unique)
	switch {
	case err != nil:
		return Build{}, err
	case a.status == http.StatusNotFound || a.status == http.StatusGone:
		return Build{}, fs.ErrNotExist
	case a.status != http.StatusOK:
		return Build{}, fmt.Errorf("%s/build.json answers with status %d", remote.WithoutUser(base), a.status)
	}
	return parseBuild(a.body)
}
