package source

import "testing"

// A pattern has * and ?, and nothing else of a regular expression.
func TestPatternsThatLookLikeRegularExpressions(t *testing.T) {
	for pattern, warned := range map[string]bool{
		"Api.*": true, "^Api": true, "Api$": true, `Api\\d`: true, "(Api|Web)": true, "Api[0-9]": true, "a.+b": true,
		"Api*": false, "api.example.com": false, "*": false, "API (Europe)": false, "[firing] API": false, "a|b": false,
	} {
		if warned {
			_, problems := Read(folder("-- alerts.yml --\nrules:\n  - match: {name: \""+pattern+"\"}\n"), Options{})
			if len(problems) != 1 || problems[0].Rule != "bad-alert-rule" || problems.HasErrors() {
				t.Errorf("%s: %v", pattern, problems)
			}
			continue
		}
		expect(t, "-- alerts.yml --\nrules:\n  - match: {name: \""+pattern+"\"}\n", "")
	}
	expect(t, "-- alerts.yml --\nrules:\n  - match: {}\n", "alerts.yml:2:12: error: the rule does not say which alerts it is for\n")
}
