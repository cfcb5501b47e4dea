package deploy

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha1" // what Netlify compares files by
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/site"
)

// netlifyAPI is the address of Netlify's API
// (https://docs.netlify.com/api/get-started/, https://open-api.netlify.com).
const netlifyAPI = "https://api.netlify.com"

const (
	netlifyWidth = 4               // files that are sent at once: 500 requests a minute are allowed
	netlifyTries = 4               // of each request
	netlifyReady = 5 * time.Minute // how long Netlify may take to process a deploy
)

// netlify is a site at Netlify. A deploy names all files by their SHA-1 sums, sends those
// that Netlify does not have, and then takes the place of the old one as a whole.
type netlify struct {
	site   string
	api    string
	token  string
	client *http.Client
}

// openNetlify opens netlify://SITE. It does not connect yet.
func openNetlify(t site.PublishTarget, env remote.Environment) (Target, error) {
	token, err := env.Require("NETLIFY_AUTH_TOKEN", "the token that may deploy the site")
	return &netlify{
		site: strings.TrimPrefix(t.To, "netlify://"), token: token,
		api: strings.TrimRight(cmp.Or(env.Lookup("NETLIFY_API_URL"), netlifyAPI), "/") + "/api/v1", client: &http.Client{},
	}, err
}

func (n *netlify) Close() error { return nil }

// netlifyFile is a published file in Netlify's list.
type netlifyFile struct {
	Path string `json:"path"` // begins with a slash
	Sum  string `json:"sha"`
}

// netlifyDeploy is a deploy.
type netlifyDeploy struct {
	ID       string   `json:"id"`
	State    string   `json:"state"`
	Required []string `json:"required"` // SHA-1 sums of the files to send
	Message  string   `json:"error_message"`
}

// request sends a request and decodes the answer into result, which may be nil. Each is
// tried several times if Netlify is busy or cannot be reached. That is safe: a deploy that
// was begun and never filled changes nothing.
func (n *netlify) request(ctx context.Context, method, path string, open func() (io.ReadCloser, error), result any) error {
	return n.requestFor(ctx, netlifyTimeout, method, path, open, result)
}

// netlifyTimeout is how long a request without a file may take. It is a variable for the
// tests.
var netlifyTimeout = time.Minute

// requestFor is request with a limit of time for each try.
func (n *netlify) requestFor(ctx context.Context, limit time.Duration, method, path string, open func() (io.ReadCloser, error),
	result any) error {
	return remote.Retry(ctx, netlifyTries, func() error {
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		body, err := open()
		if err != nil {
			return remote.Permanent(err)
		}
		defer body.Close()
		req, err := http.NewRequestWithContext(ctx, method, n.api+path, body)
		if err != nil {
			return remote.Permanent(err)
		}
		req.Header.Set("Authorization", "Bearer "+n.token)
		req.Header.Set("Content-Type", "application/octet-stream")
		if method == http.MethodPost {
			req.Header.Set("Content-Type", "application/json")
		}
		resp, err := n.client.Do(req)
		if err != nil {
			return remote.NetworkError(ctx, "reach Netlify", "see whether this machine may reach api.netlify.com", err)
		}
		defer resp.Body.Close()
		data, err := remote.ReadLimited(resp.Body, manifestLimit)
		if err != nil {
			return remote.NetworkError(ctx, "reach Netlify", "", err)
		}
		if resp.StatusCode >= 300 {
			return netlifyError(ctx, resp)
		}
		if result != nil && json.Unmarshal(data, result) != nil {
			return remote.Permanent(remote.Errorf("see whether a proxy or a login of the network answers instead",
				"that is no answer of Netlify's API"))
		}
		return nil
	})
}

// netlifyError returns the error for an answer that is none. It waits as long as Netlify
// asks for, up to a minute.
func netlifyError(ctx context.Context, resp *http.Response) error {
	switch resp.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		return remote.Permanent(remote.Errorf("make a new token in Netlify's settings, and set NETLIFY_AUTH_TOKEN",
			"Netlify does not accept the token"))
	case http.StatusNotFound:
		return remote.Permanent(remote.Errorf("write the site's id as in its settings: netlify://ID", "Netlify has no such site"))
	case http.StatusTooManyRequests:
		if seconds, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil {
			select {
			case <-ctx.Done():
			case <-time.After(time.Duration(min(seconds, 60)) * time.Second):
			}
		}
	}
	err := remote.Errorf("try again in a few minutes, and look at Netlify's status", "Netlify answers with status %d", resp.StatusCode)
	if resp.StatusCode < 500 && resp.StatusCode != http.StatusTooManyRequests {
		return remote.Permanent(err)
	}
	return err
}

// noBody is the body of a request that has none.
func noBody() (io.ReadCloser, error) { return http.NoBody, nil }

// digests returns the SHA-1 sums of the site's files, by path with a slash before it.
func (n *netlify) digests(ctx context.Context, s *Site) (map[string]string, error) {
	sums := map[string]string{}
	var mu sync.Mutex
	err := each(ctx, runtime.GOMAXPROCS(0), len(s.files), func(_ context.Context, i int) error {
		f, err := s.files[i].open()
		if err != nil {
			return err
		}
		defer f.Close()
		sum := sha1.New()
		if _, err := io.Copy(sum, f); err != nil {
			return err
		}
		mu.Lock()
		sums["/"+s.files[i].Path] = hex.EncodeToString(sum.Sum(nil))
		mu.Unlock()
		return nil
	})
	return sums, err
}

func (n *netlify) Plan(ctx context.Context, s *Site) (Changes, error) {
	var live []netlifyFile
	if err := n.request(ctx, http.MethodGet, "/sites/"+url.PathEscape(n.site)+"/files", noBody, &live); err != nil {
		return Changes{}, err
	}
	sums, err := n.digests(ctx, s)
	if err != nil {
		return Changes{}, err
	}
	known := map[string]string{}
	var uploaded, removed []string
	for _, f := range live {
		known[f.Path] = f.Sum
		if _, stays := sums[f.Path]; !stays {
			removed = append(removed, strings.TrimPrefix(f.Path, "/"))
		}
	}
	if _, home := known["/index.html"]; home && known["/build.json"] == "" {
		return Changes{}, remote.Errorf("see whether the id in content/site.yml is right; "+
			"if that site may go, deploy a folder with one text file there first",
			"another site is there: it has an index.html, and allclear did not publish it")
	}
	for _, f := range s.files {
		_, isListed := known["/"+f.Path]
		if known["/"+f.Path] != sums["/"+f.Path] && (isListed || !mayBeUnlisted(f.Path)) {
			uploaded = append(uploaded, f.Path)
		}
	}
	return s.changes(uploaded, removed), nil
}

// mayBeUnlisted reports whether Netlify may take a file and not list it: its rules, which
// it reads, and hidden files. Without a sum to compare, these alone are no reason for a
// deploy, which may cost money.
func mayBeUnlisted(name string) bool {
	return name == "_headers" || name == "_redirects" || strings.HasPrefix(path.Base(name), ".")
}

func (n *netlify) Publish(ctx context.Context, s *Site) (Changes, error) {
	changes, err := n.Plan(ctx, s)
	if err != nil || len(changes.Uploaded)+len(changes.Removed) == 0 {
		return changes, err
	}
	sums, err := n.digests(ctx, s)
	if err != nil {
		return Changes{}, err
	}
	body, err := json.Marshal(map[string]any{"files": sums, "title": "Allclear build " + s.Build.ID})
	if err != nil {
		return Changes{}, err
	}
	var deploy netlifyDeploy
	reader := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	if err := n.request(ctx, http.MethodPost, "/sites/"+url.PathEscape(n.site)+"/deploys", reader, &deploy); err != nil {
		return Changes{}, err
	}
	if err := n.send(ctx, s, sums, deploy); err != nil {
		return Changes{}, err
	}
	return changes, n.await(ctx, deploy.ID)
}

// send sends the files that a deploy requires.
func (n *netlify) send(ctx context.Context, s *Site, sums map[string]string, deploy netlifyDeploy) error {
	required := map[string]bool{}
	for _, sum := range deploy.Required {
		required[sum] = true
	}
	var files []File
	for _, f := range s.files {
		if sum := sums["/"+f.Path]; required[sum] {
			files = append(files, f)
			delete(required, sum) // another file with the same bytes needs no second upload
		}
	}
	return each(ctx, netlifyWidth, len(files), func(ctx context.Context, i int) error {
		place := (&url.URL{Path: "/deploys/" + deploy.ID + "/files/" + files[i].Path}).EscapedPath()
		open := func() (io.ReadCloser, error) { return files[i].Open() }
		return n.requestFor(ctx, fileTimeout(files[i]), http.MethodPut, place, open, nil)
	})
}

// await waits until Netlify serves a deploy.
func (n *netlify) await(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, netlifyReady)
	defer cancel()
	for {
		var deploy netlifyDeploy
		if err := n.request(ctx, http.MethodGet, "/deploys/"+url.PathEscape(id), noBody, &deploy); err != nil {
			return err
		}
		switch deploy.State {
		case "ready":
			return nil
		case "error", "rejected":
			return remote.Errorf("look at the deploy in Netlify", "Netlify refused the deploy: %s", cmp.Or(deploy.Message, deploy.State))
		}
		select {
		case <-ctx.Done():
			return remote.Errorf("look at the deploy in Netlify", "the deploy is not ready after %v: it is %q", netlifyReady, deploy.State)
		case <-time.After(remote.FirstPause):
		}
	}
}

// Read reads a file from the site's own address at Netlify.
func (n *netlify) Read(ctx context.Context, path string) ([]byte, error) {
	var about struct {
		Secure string `json:"ssl_url"`
		Plain  string `json:"url"`
	}
	if err := n.request(ctx, http.MethodGet, "/sites/"+url.PathEscape(n.site), noBody, &about); err != nil {
		return nil, err
	}
	got, err := fetch(ctx, strings.TrimRight(cmp.Or(about.Secure, about.Plain), "/"), path, fmt.Sprint(time.Now().UnixNano()))
	switch {
	case err != nil:
		return nil, err
	case got.status == http.StatusNotFound:
		return nil, fs.ErrNotExist
	case got.status != http.StatusOK:
		return nil, fmt.Errorf("%s answers with status %d", path, got.status)
	}
	return got.body, nil
}
