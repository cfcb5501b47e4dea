package main

import (
	"strings"

	"allclear/generator/diag"
	"allclear/generator/source"

	"github.com/spf13/cobra"
)

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema NAME",
		Short: "Print a JSON Schema for editors",
		Long: `Print the JSON Schema of site.yml (site), of components.yml (components), or of the
front matter of an incident or a maintenance.`,
		Example: `  allclear schema site > site.schema.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageErrorf("use one of "+strings.Join(source.SchemaNames, ", "), "schema takes one name")
			}
			return nil
		},
		ValidArgs: source.SchemaNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := source.Schema(args[0])
			if err != nil {
				return err
			}
			if data == nil {
				return usageErrorf(diag.DidYouMean(args[0], source.SchemaNames), "there is no schema for %q", args[0])
			}
			_, err = cmd.OutOrStdout().Write(data)
			return err
		},
	}
}
