package deploy

import (
	"context"
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

// fetch requests a file of a published site, past caches. Host names, addresses and
// connections that fail are in the error.
func fetch(ctx context.Context, base, path, unique string) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/"+path+"?b="+url.QueryEscape(unique), nil)
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Cache-Control", "no-cache")
	req.Header.Set("Origin", "https://www.example.com") // stores send Access-Control-Allow-Origin only to requests that have it
	resp, err := web.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	body, err := remote.ReadLimited(resp.Body, sampleLimit)
	return answer{resp.StatusCode, resp.Header, body}, err
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
		return Build{}, fmt.Errorf("%s/build.json answers with status %d", base, a.status)
	}
	return parseBuild(a.body)
}
