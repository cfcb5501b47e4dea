package post

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// certainty says what a failure means for the message.
type certainty int

const (
	notSent certainty = iota // nothing was sent, or the server says that it did not take it
	unsure                   // it may have arrived
)

// failure is why a message was not sent, in words for the user and without any secret.
type failure struct {
	certainty
	again   bool          // another try may succeed
	all     bool          // it concerns the target, so other messages would fail, too
	wait    time.Duration // the server asks to wait this long before another try; 0 if it does not
	message string
	hint    string // may be empty
}

func (f *failure) Error() string { return f.message }

// networkFailure returns the failure of a request or connection that got no answer. begun
// says whether any of the message may have reached the server.
func networkFailure(err error, begun bool) *failure {
	f := &failure{again: true, all: true}
	if begun {
		f.certainty = unsure
	}
	var name *net.DNSError
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var record tls.RecordHeaderError
	var timeout net.Error
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		f.message, f.hint, f.again = "its server's name is not known", "correct the address", false
	case errors.As(err, &unknown), errors.As(err, &invalid), errors.As(err, &host):
		f.message, f.hint, f.again = "its server's certificate is not valid", "see whether the address is right", false
	case errors.As(err, &record):
		f.message, f.hint, f.again = "its server does not speak TLS", "see whether the address is right", false
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		f.message = "its server did not answer in time"
	case begun:
		f.message = "the connection broke before the server answered"
	default:
		f.message, f.hint = "its server cannot be reached", "see whether the address is right and the server is up"
	}
	return f
}

// statusFailure returns the failure for an answer with this status (RFC 9110, section 15),
// or nil if it is a success. said is what the server says about it, or "".
//
// A server that answers with 500 or 503 says that it failed, so the message is not there.
// Behind a gateway that answers with 502 or 504 it may be.
func statusFailure(status int, header http.Header, said string, now time.Time) *failure {
	f := &failure{message: fmt.Sprintf("the server answers with status %d", status), wait: retryAfter(header, now)}
	if said != "" {
		f.message += ": " + said
	}
	const address = "see whether the address and the token are still right"
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusTooManyRequests:
		f.message = "the server takes no more messages at the moment"
		f.again, f.all = true, true
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusInternalServerError,
		status == http.StatusServiceUnavailable, status == http.StatusInsufficientStorage:
		f.again, f.all = true, true
	case status >= 500:
		f.certainty, f.again, f.all = unsure, true, true
	case status >= 300 && status < 400:
		f.all, f.hint = true, "it has moved: set the new address"
	case status == http.StatusGone:
		f.all, f.hint = true, "the receiver wants no more messages: remove the target, or set its new address"
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusNotFound,
		status == http.StatusMethodNotAllowed:
		f.all, f.hint = true, address
	case status == http.StatusRequestEntityTooLarge:
		f.hint = "if the server is yours, let it take more; else publish a shorter update"
	default:
		f.hint = `see whether "to" is the right kind for this address`
	}
	return f
}

// mostSeconds is the longest pause that is understood, about 30 years.
const mostSeconds = 1e9

// retryAfter returns how long a server asks to wait: a number of seconds, or a date (RFC
// 9110, section 10.2.3). It is 0 if the server does not ask.
func retryAfter(header http.Header, now time.Time) time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds > 0 {
		return time.Duration(min(seconds, mostSeconds) * float64(time.Second))
	}
	if at, err := http.ParseTime(text); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}
