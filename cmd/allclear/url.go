package main

import (
	"net/url"
	"strings"
)

// checkBaseURL returns an error if text cannot be the address of a site.
func checkBaseURL(text string) error { return checkURL("base-url", text) }

// checkURL returns an error if the value of a flag cannot be the address of a site. An
// empty value is fine.
func checkURL(flag, text string) error {
	if text == "" {
		return nil
	}
	const hint = "write it in full: https://status.example.com"
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "":
		return usageErrorf(hint, "--%s: %q is not an absolute http or https address", flag, text)
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.User != nil:
		return usageErrorf(hint, "--%s: %q must not have a query, a fragment or a user name", flag, text)
	}
	return nil
}

// isExample reports whether an address is reserved for examples (RFC 2606, section 3).
func isExample(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	return host == "example.com" || strings.HasSuffix(host, ".example.com")
}
