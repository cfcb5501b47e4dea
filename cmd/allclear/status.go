package main

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"allclear/generator/diag"
	"allclear/generator/render"
	"allclear/generator/site"

	"github.com/spf13/cobra"
)

func statusVerb() *cobra.Command {
	var r reading
	format := oneOf("text", "json")
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Tell the state of the site",
		Long: `Tell what the site says at an instant: the answer, what is open, what is announced,
and every component by group and region. The text is that of status.txt, and the
JSON that of api/v2/summary.json.

The exit code is 0 when all is operational, and 3 when it is not.`,
		Example: `  allclear status
  allclear status --at "2025-07-25 07:10"
  allclear status --format json | jq -r .status.indicator
  allclear status > /dev/null || echo something is wrong`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v, err := r.readSound()
			if err != nil {
				return err
			}
			if err := v.printStatus(cmd.OutOrStdout(), format.word); err != nil {
				return err
			}
			if v.site.At(v.now).Indicator != site.AllClear {
				return silent(exitNotOperational)
			}
			return nil
		},
	}
	r.flags(cmd)
	cmd.Flags().Var(format, "format", "text or json")
	return cmd
}

func (v *view) printStatus(w io.Writer, format string) error {
	if format == "json" {
		data, err := render.Summary(&v.site, v.now)
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	}
	files, err := v.table()
	if err != nil {
		return err
	}
	text, err := files["status.txt"].Bytes()
	if err != nil {
		return err
	}
	_, err = w.Write(highlight(text, v.site.At(v.now).Indicator, styleFor(os.Stdout)))
	return err
}

// highlight paints the first two lines, which are the site's name and the answer.
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
