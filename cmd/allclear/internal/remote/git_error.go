package remote

import (
	"cmp"
	"errors"
	"regexp"
	"strings"
)

// gitHints say what to do about what git prints. The first that fits counts.
var gitHints = []struct{ said, hint string }{
	{"Host key verification failed", "add the server's key to known_hosts (docs/publishing.md)"},
	{"Permission denied", gitKeyHint},
	{"could not read Username", gitKeyHint},
	{"Authentication failed", gitKeyHint},
	{"error: 403", gitKeyHint},
	{"Could not resolve host", "the name has no address in DNS: " + gitAddressHint},
	{"not appear to be a git repository", gitAddressHint + ", and whether the key may read the repository"},
	{"Repository not found", gitAddressHint + ", and whether the key may read the repository"},
	{"not found", gitAddressHint},
	{"certificate", "the certificate is not valid for this name, or this machine's clock is wrong"},
	{"SSL", "it speaks no https there: " + gitAddressHint},
	{"TLS", "it speaks no https there: " + gitAddressHint},
	{"gnutls_handshake", "it speaks no https there: " + gitAddressHint},
	{"Connection refused", gitServerHint},
	{"Failed to connect", gitServerHint},
	{"Couldn't connect", gitServerHint},
	{"Connection timed out", gitServerHint},
	{"No space left on device", "make room on the disk, and publish again"},
}

const (
	gitKeyHint     = "give this machine a key that may push, or set GIT_TOKEN for https (docs/publishing.md)"
	gitAddressHint = "see whether the address is right " + InSettings
	gitServerHint  = "see whether the server is up, and whether this machine may reach it"
	gitRejectHint  = "see whether the branch is protected, or someone else pushes to it"
)

// InSettings is where hints say that an address is written.
const InSettings = "in content/site.yml"

// isRejected reports whether git printed that the server did not take a push.
func isRejected(said string) bool {
	return strings.Contains(said, "[rejected]") || strings.Contains(said, "[remote rejected]")
}

// GitRejected reports whether an error says that the server did not take a push: someone
// else may have pushed.
func GitRejected(err error) bool { return isRejected(GitSaid(err)) }

// gitError turns what git printed into an error for the user. What a server says about a
// push that it does not take is part of it.
func gitError(command, said string, err error) error {
	said = inAddress.ReplaceAllString(said, "://")
	lines := strings.Split(strings.TrimSpace(said), "\n")
	why, remote := cmp.Or(strings.TrimSpace(lines[len(lines)-1]), err.Error()), []string{}
	for _, line := range lines {
		if after, ok := strings.CutPrefix(line, "remote:"); ok && strings.TrimSpace(after) != "" {
			remote = append(remote, strings.TrimSpace(after))
		}
	}
	for _, line := range lines {
		if after, ok := strings.CutPrefix(line, "fatal: "); ok {
			why = after
			break
		}
	}
	if isRejected(said) {
		why = "the server does not take it"
		if len(remote) > 0 {
			why += ": " + strings.Join(remote[:min(3, len(remote))], "; ")
		}
		return &gitFailure{&Error{"git " + command + ": " + why, gitRejectHint}, said}
	}
	if strings.Contains(said, "Host key verification failed") {
		why = "the host key is not known"
	}
	hint := ""
	for _, h := range gitHints {
		if strings.Contains(said, h.said) {
			hint = h.hint
			break
		}
	}
	return &gitFailure{&Error{"git " + command + ": " + why, hint}, said}
}

// inAddress matches a name and a password in an address.
var inAddress = regexp.MustCompile(`://[^/@\s'"]+@`)

// gitFailure is an [*Error] with all that git printed.
type gitFailure struct {
	shown *Error
	said  string
}

func (g *gitFailure) Error() string { return g.shown.Message }
func (g *gitFailure) Unwrap() error { return g.shown }

// GitSaid returns what git printed before it failed, without passwords in addresses; or ""
// if the error is another one.
func GitSaid(err error) string {
	var g *gitFailure
	if errors.As(err, &g) {
		return g.said
	}
	return ""
}
