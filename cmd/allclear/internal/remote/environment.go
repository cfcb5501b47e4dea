package remote

import (
	"net/url"
	"strings"
)

// Environment reads the variables of one target. A variable that begins with the target's
// name, such as SPARE_AWS_ACCESS_KEY_ID, takes precedence over the one without it.
type Environment struct {
	Name string // of the target; "" if it has none
	Get  func(variable string) string
}

// Prefix returns what the target's own variables begin with, or "".
func (e Environment) Prefix() string {
	if e.Name == "" {
		return ""
	}
	return strings.ToUpper(strings.ReplaceAll(e.Name, "-", "_")) + "_"
}

// Own returns the value of the target's own variable, or "".
func (e Environment) Own(name string) string {
	if e.Name == "" {
		return ""
	}
	return e.whole(e.Prefix() + name)
}

// Lookup returns the value of a variable, or "".
func (e Environment) Lookup(name string) string {
	if value := e.Own(name); value != "" {
		return value
	}
	return e.whole(name)
}

// whole returns the value of a variable without line breaks around it: a CI often keeps a
// secret with the line break behind it.
func (e Environment) whole(name string) string { return strings.Trim(e.Get(name), "\r\n") }

// Require is like Lookup; a variable that is not set is an error. what says what it is for.
func (e Environment) Require(name, what string) (string, error) {
	if value := e.Lookup(name); value != "" {
		return value, nil
	}
	hint := "set " + name
	if e.Name != "" {
		hint += ", or " + e.Prefix() + name + " for this target alone"
	}
	return "", Errorf(hint, "%s is not set: it is %s", name, what)
}

// Address returns an https address that was written: itself, or the value of the variable
// that it names, which may have a user and a password. what says what it is for.
func (e Environment) Address(written, what string) (string, error) {
	name, isVariable := strings.CutPrefix(written, "$")
	if !isVariable {
		return written, nil
	}
	value, err := e.Require(name, what)
	if err != nil {
		return "", err
	}
	const hint = "set it to an address such as https://status.example.com"
	u, err := url.Parse(value)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "", Errorf(hint, "%s does not hold an https address", name)
	}
	return strings.TrimRight(value, "/"), nil
}

// WithoutUser returns an address without a user and a password, to be printed.
func WithoutUser(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	u.User = nil
	return u.String()
}
