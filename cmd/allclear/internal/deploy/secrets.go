package deploy

import "strings"

// environment reads the variables of one target. A variable that begins with the target's
// name, such as SPARE_AWS_ACCESS_KEY_ID, takes precedence over the one without it.
type environment struct {
	name string
	get  func(string) string
}

// prefix returns what the target's own variables begin with.
func (e environment) prefix() string {
	return strings.ToUpper(strings.ReplaceAll(e.name, "-", "_")) + "_"
}

// lookup returns the value of a variable, or "".
func (e environment) lookup(name string) string {
	if value := e.get(e.prefix() + name); value != "" {
		return value
	}
	return e.get(name)
}

// require is like lookup; a variable that is not set is an error. what says what it is for.
func (e environment) require(name, what string) (string, error) {
	if value := e.lookup(name); value != "" {
		return value, nil
	}
	return "", errorf("set "+name+", or "+e.prefix()+name+" for this target alone", "%s is not set: it is %s", name, what)
}

// address returns the address of a target: that of site.yml, or the value of the variable
// that site.yml names.
func (e environment) address(written string) (string, error) {
	name, isVariable := strings.CutPrefix(written, "$")
	if !isVariable {
		return written, nil
	}
	value, err := e.require(name, "the address at which visitors read this target (url in content/site.yml)")
	if err == nil && !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "http://") {
		err = errorf("set it to an address such as https://status.example.com", "%s does not hold an https address", name)
	}
	return strings.TrimRight(value, "/"), err
}
