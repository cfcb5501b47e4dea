package main

import (
	"strings"

	"allclear/generator/diag"
	"allclear/generator/forms"
	"allclear/generator/source"

	"github.com/spf13/cobra"
)

func schemaCommand() *cobra.Command {
	var r readFlags
	var cms bool
	cmd := &cobra.Command{
		Use:   "schema NAME",
		Short: "Print a JSON Schema, or a configuration, for editors",
		Long: `Print the JSON Schema of site.yml (site), of components.yml (components), of alerts.yml
(alerts), or of the front matter of an incident, a maintenance or an announcement. With --cms, print a
configuration for Sveltia CMS and Decap CMS, which edit the site in a browser: made
from these schemas, with the choices of the site's components.yml.`,
		Example: `  allclear schema site > site.schema.json
  allclear schema --cms > ../editor/config.yml`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case cms && len(args) > 0:
				return usageErrorf("", "schema --cms takes no name")
			case !cms && len(args) != 1:
				return usageErrorf("use one of "+strings.Join(source.SchemaNames, ", ")+", or --cms", "schema takes one name")
			}
			return nil
		},
		ValidArgs: source.SchemaNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			if cms {
				return printCMS(cmd, r)
			}
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
	r.flags(cmd)
	cmd.Flags().BoolVar(&cms, "cms", false, "print a configuration for editors in the browser")
	return cmd
}

// printCMS prints the configuration of an editor in the browser for the site.
func printCMS(cmd *cobra.Command, r readFlags) error {
	v, err := r.read()
	if err != nil {
		return err
	}
	data, err := forms.CMS(&v.site, v.now)
	if err != nil {
		return err
	}
	_, err = cmd.OutOrStdout().Write(data)
	return err
}
