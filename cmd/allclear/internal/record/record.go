// Package record downloads what a status page says into a folder, from which it can be
// imported. It asks for one file a second, tries again where that may help, and goes on
// where an interrupted recording stopped.
package record

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"
	"time"
)

// Options are the settings of a recording.
type Options struct {
	Root   *os.Root // the folder to record into
	Agent  string   // the User-Agent of requests
	Now    func() time.Time
	Notice func(format string, args ...any) // for what the user should know
	Done   func(files, of int)              // called after each file; of is 0 while the total is unknown
}

// These limits keep a slow or hostile server from holding up the program.
const (
	pause      = time.Second // between requests to another machine
	timeout    = 30 * time.Second
	maxBody    = 64 << 20
	tries      = 4
	longest    = time.Minute // to wait where the server asks for it
	fresh      = 24 * time.Hour
	maxPages   = 400
	quietPages = 8 // pages without an entry after which the history is over, if nothing says when it began
)

// recorder is the state of one recording.
type recorder struct {
	Options
	base   *url.URL
	client *http.Client
	pause  time.Duration
	last   time.Time
}

// newRecorder checks the address of a page.
func newRecorder(address string, opt Options) (*recorder, error) {
	base, err := url.Parse(strings.TrimRight(address, "/"))
	if err != nil || base.Host == "" || base.Scheme != "https" && base.Scheme != "http" {
		return nil, fmt.Errorf("%q is no address of a status page", address)
	}
	base.RawQuery, base.Fragment, base.User, base.Path = "", "", nil, strings.TrimRight(base.Path, "/")
	r := &recorder{Options: opt, base: base, pause: pause, client: &http.Client{Timeout: timeout}}
	if ip := net.ParseIP(base.Hostname()); base.Hostname() == "localhost" || ip != nil && ip.IsLoopback() {
		r.pause = 0
	}
	r.client.CheckRedirect = func(next *http.Request, via []*http.Request) error {
		if len(via) > 5 || next.URL.Scheme != base.Scheme && next.URL.Scheme != "https" {
			return errors.New("it redirects too often, or to an address without https")
		}
		return nil
	}
	return r, nil
}

// statusError is an answer other than 200.
type statusError int

// temporary reports whether the server may answer later.
func (s statusError) temporary() bool { return s >= 500 || s == 429 || s == 420 }

// answerError says what is wrong with an answer that came as it should.
type answerError string

func (a answerError) Error() string { return string(a) }

func (s statusError) Error() string {
	return fmt.Sprintf("the server answers %d %s", int(s), http.StatusText(int(s)))
}

// get downloads an address of the page, such as "/history?page=2".
func (r *recorder) get(ctx context.Context, address string) ([]byte, error) {
	var err error
	for try := range tries {
		wait := r.pause - r.Now().Sub(r.last)
		if try > 0 {
			wait = max(wait, r.pause*time.Duration(2<<try), 20*time.Millisecond)
		}
		var after retryAfter
		if errors.As(err, &after) {
			wait = max(wait, min(time.Duration(after.seconds)*time.Second, longest))
		}
		if try > 0 && wait > time.Second {
			r.Notice("%s: %v; trying again in %s", r.base, err, wait.Round(time.Second))
		}
		if err := sleep(ctx, wait); err != nil {
			return nil, err
		}
		r.last = r.Now()
		var data []byte
		if data, err = r.once(ctx, address); err == nil {
			return data, nil
		}
		var status statusError
		var unknown *net.DNSError
		if ctx.Err() != nil || errors.As(err, &status) && !status.temporary() || errors.As(err, &unknown) && unknown.IsNotFound {
			break
		}
	}
	return nil, err
}

// retryAfter is an error after which the server wants a pause.
type retryAfter struct {
	statusError
	seconds int
}

// Unwrap returns the status.
func (r retryAfter) Unwrap() error { return r.statusError }

// sleep waits, unless the context ends before.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// once asks for an address once.
func (r *recorder) once(ctx context.Context, address string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.base.String()+address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", r.Agent)
	response, err := r.client.Do(request)
	if err != nil {
		var in *url.Error
		if errors.As(err, &in) {
			err = in.Err
		}
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
		return nil, retryAfter{statusError(response.StatusCode), seconds}
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	if err == nil && len(data) > maxBody {
		err = answerError(fmt.Sprintf("the answer is longer than %d MB", maxBody>>20))
	}
	return data, err
}

// save writes a file of the recording, whole or not at all.
func (r *recorder) save(name string, data []byte) error {
	if err := r.Root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	if err := r.Root.WriteFile(name+".tmp", data, 0o644); err != nil {
		return err
	}
	return r.Root.Rename(name+".tmp", name)
}

// recorded reports whether a file was recorded lately, so that it need not be again.
func (r *recorder) recorded(name string) bool {
	info, err := r.Root.Stat(name)
	return err == nil && info.Mode().IsRegular() && r.Now().Sub(info.ModTime()) < fresh
}
