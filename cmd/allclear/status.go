package main

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/site"

	"github.com/spf13/cobra"
)

func statusCommand() *cobra.Command {
	var r readFlags
	var live bool
	format := newEnumFlag("text", "json")
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Show the current status, of these files or of the live site",
		Long: `Show the site's state at an instant: the overall status, what is open, what is
announced, and every component by group and region. After its first line, the text
equals status.txt; the JSON equals api/v2/summary.json.

With --live, show what visitors see now at the site's url, how old it is, and
whether these files say something else.

The exit code is 0 when all is operational, 3 when it is not, and 1 when the site
cannot be read.`,
		Example: `  allclear status
  allclear status --at "2025-07-25 07:10"
  allclear status --live
  allclear status --format json | jq -r .status.indicator
  allclear status > /dev/null || echo something is wrong`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if live {
				return r.printLive(cmd, format.word)
			}
			v, result, err := r.build(site.Hash{})
			if err == nil {
				err = v.failOnErrors()
			}
			if err != nil {
				return err
			}
			if err := v.printStatus(cmd.OutOrStdout(), &result, format.word); err != nil {
				return err
			}
			if v.site.At(v.now).Indicator != site.AllClear {
				return exitWith(exitNotOperational)
			}
			return nil
		},
	}
	r.flags(cmd)
	cmd.Flags().BoolVar(&live, "live", false, "of the published site, at its url")
	cmd.Flags().Var(format, "format", "text or json")
	return cmd
}

// printStatus prints status.txt or, as JSON, the API's summary.json.
func (v *snapshot) printStatus(w io.Writer, built *generator.Result, format string) error {
	name := "status.txt"
	if format == "json" {
		name = "api/v2/summary.json"
	}
	file, ok := built.File(name)
	if !ok {
		return fmt.Errorf("the site has no %s", name)
	}
	data, err := file.Bytes()
	if err != nil {
		return err
	}
	if format == "text" {
		fmt.Fprintf(w, "these files, at %s (not the published site)\n", v.shortClock(v.now))
		text := []byte(diag.PrintableText(string(data)))
		data = highlight(text, v.site.At(v.now).Indicator, styleFor(os.Stdout))
	}
	_, err = w.Write(data)
	return err
}

// highlight colors the first two lines of status.txt: the site's name and its overall
// status.
func highlight(text []byte, is site.Indicator, style diag.Style) []byte {
	lines := bytes.SplitN(text, []byte("\n"), 3)
	if len(lines) < 3 {
		return text
	}
	ink := style.Error
	switch is {
	case site.AllClear:
		ink = style.Bold
	case site.MaintenanceIndicator:
		ink = style.Hint
	case site.MinorIndicator:
		ink = style.Warning
	}
	return fmt.Appendf(nil, "%s\n%s\n%s", style.Bold(string(lines[0])), ink(string(lines[1])), lines[2])
}
