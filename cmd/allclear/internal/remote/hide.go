package remote

import (
	"errors"
	"net/url"
	"slices"
	"strings"
)

// secretVariables are the variables whose values no message may show.
var secretVariables = []string{
	"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "SSH_PRIVATE_KEY", "SSH_KEY_PASSPHRASE", "SSH_PASSWORD",
	"GIT_TOKEN", "NETLIFY_AUTH_TOKEN",
}

// addressVariables are the variables with addresses whose passwords no message may show.
var addressVariables = []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"}

// shortestSecret is the length from which on a secret is looked for in messages: a shorter
// one is part of other words.
const shortestSecret = 4

// Hide replaces the secrets of a target in a text, such as the answer of a server that
// repeats what it was sent. written is the target's url in site.yml.
func (e Environment) Hide(text, written string) string {
	var secrets []string
	for _, name := range secretVariables {
		secrets = append(secrets, e.Lookup(name))
	}
	addresses := []string{}
	for _, name := range addressVariables {
		addresses = append(addresses, e.Get(name))
	}
	if name, isVariable := strings.CutPrefix(written, "$"); isVariable {
		addresses = append(addresses, e.Lookup(name))
	}
	for _, address := range addresses {
		if u, err := url.Parse(address); err == nil && u.User != nil {
			password, _ := u.User.Password()
			secrets = append(secrets, password, url.PathEscape(password), u.User.String())
		}
	}
	slices.SortFunc(secrets, func(a, b string) int { return len(b) - len(a) }) // one may be part of another
	for _, secret := range secrets {
		if len(secret) >= shortestSecret {
			text = strings.ReplaceAll(text, secret, "***")
		}
	}
	return text
}

// HideIn is [Environment.Hide] for an error.
func (e Environment) HideIn(err error, written string) error {
	if err == nil {
		return nil
	}
	text := e.Hide(err.Error(), written)
	if text == err.Error() {
		return err
	}
	hint := ""
	var known *Error
	if errors.As(err, &known) {
		hint = known.Hint
	}
	return &Error{text, hint}
}
