package remote

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"net/url"
	"strings"
	"syscall"
)

// NetworkError turns an error of a connection into one for the user: what failed, why,
// without the address of the request, and what to do. wrong says what to correct if the
// host does not exist. An error that is one for the user already stays, as do fs.ErrNotExist
// and the end of ctx.
func NetworkError(ctx context.Context, what, wrong string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) || errors.Is(err, fs.ErrNotExist) || errors.Is(context.Cause(ctx), context.Canceled) {
		return err
	}
	return Errorf(networkHint(what, wrong, err), "cannot %s: %v", what, WithoutURL(err))
}

// networkHint says what to do about an error of a connection.
func networkHint(what, wrong string, err error) string {
	var name *net.DNSError
	var timeout net.Error
	text := err.Error()
	switch {
	case strings.Contains(text, "proxyconnect"):
		return "the proxy does not let this through: see HTTP_PROXY, HTTPS_PROXY and NO_PROXY"
	case errors.As(err, &name) && name.IsNotFound:
		return "the name has no address in DNS: " + wrong
	case strings.Contains(text, "gave HTTP response to HTTPS client"):
		return "it speaks http and not https there: " + wrong
	case strings.Contains(text, "x509:") && strings.Contains(text, "expired"):
		return "the certificate is not valid now: the host can renew it, unless this machine's clock is wrong"
	case strings.Contains(text, "x509:") || strings.Contains(text, "tls:"):
		return "the certificate is not valid for this name; the host, or whoever renews it, can fix that"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens there: if the server is up, " + wrong
	case errors.As(err, &timeout) && timeout.Timeout():
		return "it did not answer in time; see whether it is up, and try again"
	}
	return "see whether this machine has a network, and whether the server is up"
}

// WithoutURL returns an error of an HTTP client without the address of the request, which
// the user has not written.
func WithoutURL(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
