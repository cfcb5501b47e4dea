package post

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"crypto/tls"

	"allclear/generator/news"
)

// requestTimeout is how long one request may take. Standard Webhooks recommends 15 to 30
// seconds.
const requestTimeout = 30 * time.Second

// answerLimit is how much of an answer is read, in bytes.
const answerLimit = 64 << 10

// roots are the authorities that certificates must be of. Nil, except in tests: those of
// the system.
var roots *x509.CertPool

// transport makes requests in tests. Nil otherwise: requests go over the network.
var transport http.RoundTripper

// client returns the client for all requests. It follows no redirect, since the message
// and its secrets would go to an address that nobody has written. Every request has a
// connection of its own: nothing is sent over one that the server may be closing.
func client() *http.Client {
	c := &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:       http.ProxyFromEnvironment,
			DialContext: (&net.Dialer{Timeout: 10 * time.Second}).DialContext, TLSHandshakeTimeout: 10 * time.Second,
			TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, DisableKeepAlives: true,
		},
	}
	if transport != nil {
		c.Transport = transport
	}
	return c
}

// post sends a request and returns the answer's body if it was a success.
func (c *channel) post(ctx context.Context, address string, header http.Header, body []byte) ([]byte, *failure) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	var begun atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { begun.Store(true) }})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, &failure{all: true, message: "its address cannot be read", hint: "correct the address"}
	}
	req.GetBody = nil // without it, nothing is sent a second time behind our back
	for name, values := range header {
		req.Header[name] = values
	}
	req.Header.Set("User-Agent", c.agent)
	resp, err := client().Do(req)
	if err != nil {
		return nil, networkFailure(err, begun.Load())
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(io.LimitReader(resp.Body, answerLimit)) // the status is what counts
	said := c.said(answer)
	if f := statusFailure(resp.StatusCode, resp.Header, said, c.now()); f != nil {
		if f.wait == 0 && resp.StatusCode == http.StatusTooManyRequests {
			f.wait = waitIn(answer)
		}
		return answer, f
	}
	return answer, nil
}

// waitIn returns how long the body of an answer asks to wait: Discord says so in
// retry_after, Telegram in parameters.retry_after, both in seconds. It is 0 if it does not.
func waitIn(body []byte) time.Duration {
	var answer struct {
		RetryAfter float64 `json:"retry_after"`
		Parameters struct {
			RetryAfter float64 `json:"retry_after"`
		} `json:"parameters"`
	}
	if json.Unmarshal(body, &answer) != nil {
		return 0
	}
	return time.Duration(min(max(answer.RetryAfter, answer.Parameters.RetryAfter, 0), mostSeconds) * float64(time.Second))
}

// withQuery returns an address with parameters besides its own.
func withQuery(address string, query url.Values) (string, error) {
	u, err := url.Parse(address)
	if err != nil || len(query) == 0 {
		return address, err
	}
	all := u.Query()
	for name, values := range query {
		all[name] = values
	}
	u.RawQuery = all.Encode()
	return u.String(), nil
}

// headerOf returns the header of a message.
func headerOf(m news.Message) http.Header {
	h := http.Header{}
	if m.ContentType != "" {
		h.Set("Content-Type", m.ContentType)
	}
	for name, value := range m.Header {
		h.Set(name, value)
	}
	return h
}
