package diag

import (
	"fmt"
	"io"
	"path"
	"strings"
)

// GitHub writes the list as workflow commands, which GitHub Actions shows beside
// the lines of a pull request. folder is the way from the repository's root to
// the site's folder. The form is that of "Workflow commands for GitHub Actions".
func (l List) GitHub(w io.Writer, folder string) error {
	for _, p := range l {
		text := p.Message
		if p.Hint != "" {
			text += "\nhint: " + p.Hint
		}
		_, err := fmt.Fprintf(w, "::%s file=%s%s,title=%s::%s\n", p.Severity, property(path.Join(folder, p.File)), p.span(),
			property(p.Rule), data(text))
		if err != nil {
			return err
		}
	}
	return nil
}

// span is the stretch as GitHub counts it: its last column is inside.
func (p Problem) span() string {
	switch {
	case p.Line == 0:
		return ""
	case p.Column == 0:
		return fmt.Sprintf(",line=%d", p.Line)
	}
	return fmt.Sprintf(",line=%d,endLine=%d,col=%d,endColumn=%d", p.Line, p.Line, p.Column, max(p.Column, p.EndColumn-1))
}

// data escapes what would end a workflow command.
func data(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(printableLines(text))
}

// property escapes what would end a property of a workflow command.
func property(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(text))
}
