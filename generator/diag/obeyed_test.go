package diag_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"allclear/generator/diag"
)

// What a file's name or line holds is shown in every format, and obeyed by neither a
// terminal nor GitHub's runner.
func TestNoFormatHoldsWhatATerminalOrARunnerObeys(t *testing.T) {
	const evil = "a\x1b]8;;x\x07\u009b31m\u202e\u2066\u200b\U000e0041\u2028##[add-mask]e ::stop-commands::x"
	for _, evil := range []string{evil, "::error::" + evil, evil + "\n::set-env name=x::y\r::x"} {
		var l diag.List
		l.Error(diag.Pos{File: "content/" + evil, Line: 1, Column: 1, EndColumn: 3}, "rule", evil, "%s", evil)
		l[0].Excerpt = strings.ReplaceAll(evil, "\n", "")
		for format, write := range map[string]func(*bytes.Buffer) error{
			"text":   func(b *bytes.Buffer) error { l.Print(b, diag.Style{}); return nil },
			"github": func(b *bytes.Buffer) error { return l.GitHub(b, ".") },
			"json":   func(b *bytes.Buffer) error { return l.JSON(b) },
			"sarif":  func(b *bytes.Buffer) error { return l.SARIF(b, ".", "v1") },
		} {
			var out bytes.Buffer
			if err := write(&out); err != nil {
				t.Fatal(err)
			}
			for _, r := range out.String() {
				if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028') {
					t.Errorf("%s: holds %U:\n%s", format, r, out.String())
					break
				}
			}
			if strings.Contains(out.String(), "##[") {
				t.Errorf("%s: holds ##[:\n%s", format, out.String())
			}
			for n, line := range strings.Split(out.String(), "\n") {
				if strings.HasPrefix(strings.TrimSpace(line), "::") && !(format == "github" && n == 0) {
					t.Errorf("%s: a line begins with ::: %s", format, line)
				}
			}
			if format == "json" {
				var list []struct{ Message string }
				if err := json.Unmarshal(out.Bytes(), &list); err != nil || list[0].Message != evil {
					t.Errorf("JSON says %q, want the message as it is", list)
				}
			}
		}
	}
}
