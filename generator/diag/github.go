package diag

import (
	"fmt"
	"io"
	"path"
	"strings"
)

// GitHub writes the list as workflow commands, which GitHub Actions shows next to the lines
// of a pull request. folder is the path from the repository's root to the site's folder.
// The format is described in GitHub's "Workflow commands for GitHub Actions".
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

// span returns the position as GitHub counts it: endColumn is the last column of the range.
func (p Problem) span() string {
	switch {
	case p.Line == 0:
		return ""
	case p.Column == 0:
		return fmt.Sprintf(",line=%d", p.Line)
	}
	return fmt.Sprintf(",line=%d,endLine=%d,col=%d,endColumn=%d", p.Line, p.Line, p.Column, max(p.Column, p.EndColumn-1))
}

// data escapes a text so that it does not end a workflow command.
func data(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(printableLines(text))
}

// property escapes a text so that it does not end a property of a workflow command.
func property(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(text))
}
