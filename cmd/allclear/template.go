package main

import (
	"io/fs"
	"os"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"

	"github.com/spf13/cobra"
)

// fromTemplate is what a command takes from a template.
type fromTemplate struct {
	template  string                 // its name; "" for none
	isSet     func(flag string) bool // whether a flag is set, or the template gives its value
	textReady bool                   // the text is that of the template
	kept      source.Kept            // what the template says and no flag replaces
}

// templateFlag adds --template to a command.
func (r *readFlags) templateFlag(cmd *cobra.Command, name *string) {
	cmd.Flags().StringVar(name, "template", "", "start from content/templates/`NAME`.md; other flags replace what it says")
	cmd.RegisterFlagCompletionFunc("template", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		v, err := r.read()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return source.Templates(v.folder), cobra.ShellCompDirectiveNoFileComp
	})
}

// template reads a template of the site by its name. kind is incident, maintenance or
// announcement; "" accepts all.
func (v snapshot) template(name, kind string) (source.Template, error) {
	names := source.Templates(v.folder)
	name = strings.TrimSuffix(name, ".md")
	if !slices.Contains(names, name) {
		hint := "write content/templates/" + name + ".md first: this site has no templates yet"
		if len(names) > 0 {
			hint = diag.DidYouMean(name, names)
		}
		return source.Template{}, usageErrorf(hint, "--template: there is no template %q", name)
	}
	file := source.TemplateFile(name)
	if mistakes := errorsIn(v.problems, file); len(mistakes) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return source.Template{}, errorf("fix its mistakes first", "%s cannot be used", file)
	}
	data, err := fs.ReadFile(v.folder, file)
	if err != nil {
		return source.Template{}, errorf("", "cannot read %s: %s", file, reason(err))
	}
	t := source.ReadTemplate(data, &v.site)
	if key, foreign := t.Foreign(kind); kind != "" && foreign {
		article := "a "
		if strings.ContainsAny(kind[:1], "ai") {
			article = "an "
		}
		return t, errorf("use another template, or remove the key", "%s:%d: %q is no key of %s", file, key.Line, key.Name, article+kind)
	}
	return t, nil
}

// impactKeys are the keys of a template that --component, --region and --status replace.
var impactKeys = []string{"components", "groups", "regions", "status", "impacts"}

// useTemplate fills in what the template says and no flag does.
func (w *newFlags) useTemplate(v snapshot) error {
	if w.template == "" {
		return nil
	}
	t, err := v.template(w.template, w.kind.String())
	if err != nil {
		return err
	}
	replaced, given := []string{"duration"}, map[string]bool{} // a window is written with its end
	if w.title == "" {
		w.title = t.Entry.Title.Default
	} else {
		replaced = append(replaced, "title")
	}
	if w.isSet("severity") {
		replaced = append(replaced, "severity")
	} else if t.Has("severity") {
		w.severity = t.Entry.Severity.String()
	}
	if w.isSet("draft") {
		replaced = append(replaced, "draft")
	} else {
		w.draft = t.Entry.Draft
	}
	if !w.isSet("end") && !w.isSet("duration") && t.Duration != "" {
		w.duration, given["duration"] = t.Duration, true
	}
	if !w.isSet("component") {
		w.components = targetsOf(&v.site, t.Entry.Impacts, !w.isSet("region"), !w.isSet("status"))
		given["component"] = len(w.components) > 0
		given["region"] = given["component"]
	} else if i := t.Entry.Impacts; !w.isSet("status") && len(i) == 1 && i[0].StatusSet {
		w.status = i[0].Status.String()
	}
	if w.isSet("component") || w.isSet("region") || w.isSet("status") || w.needsStatus() {
		replaced = append(replaced, impactKeys...)
	}
	if !w.isSet("message") && !w.noText && t.Text != "" {
		w.text, w.textReady, given["message"] = t.Text, true, true
	}
	w.kept = source.Kept{Plan: t.Plan, Keys: without(t.Keys, replaced)}
	set := w.isSet
	w.isSet = func(flag string) bool { return set(flag) || given[flag] }
	return nil
}

// keepTemplate adds what the template says and no flag replaces.
func (w *newFlags) keepTemplate(d *source.NewEntry) {
	d.Kept = w.kept
	if len(d.Impacts) > 1 { // they were said of one impact
		d.Kept.Keys = without(d.Kept.Keys, []string{"note", "label"})
	}
}

// without returns the keys of a template that are not among the replaced ones.
func without(keys []source.TemplateKey, replaced []string) []source.TemplateKey {
	return slices.DeleteFunc(keys, func(k source.TemplateKey) bool { return slices.Contains(replaced, k.Name) })
}

// targetsOf returns the impacts of a template as values of --component, with regions and
// statuses or without. A group is all of its components.
func targetsOf(s *site.Site, impacts []site.Impact, withRegions, withStatus bool) []string {
	var values []string
	for i := range impacts {
		impact, more := &impacts[i], ""
		for n, r := range impact.Regions {
			if withRegions {
				more += map[bool]string{true: "@", false: ","}[n == 0] + r.ID
			}
		}
		if withStatus && impact.StatusSet {
			more += "=" + impact.Status.String()
		}
		if impact.All {
			values = append(values, "all"+more)
		}
		for _, c := range impact.Components {
			values = append(values, c.ID+more)
		}
		for _, c := range s.Components {
			if slices.ContainsFunc(impact.Groups, func(g site.Ref) bool { return g.ID == c.Group }) {
				values = append(values, c.ID+more)
			}
		}
	}
	return values
}

// useTemplate fills in what the template says and no flag does.
func (w *announcementFlags) useTemplate(v snapshot) error {
	if w.template == "" {
		return nil
	}
	t, err := v.template(w.template, "announcement")
	if err != nil {
		return err
	}
	var replaced []string
	if w.title == "" {
		w.title = t.Entry.Title.Default
	} else {
		replaced = append(replaced, "title")
	}
	if w.isSet("component") {
		replaced = append(replaced, "components")
	}
	for _, flag := range []string{"pinned", "draft"} {
		if w.isSet(flag) {
			replaced = append(replaced, flag)
		}
	}
	w.draft = w.draft || t.Entry.Draft && !w.isSet("draft")
	w.kept.Keys = without(t.Keys, replaced)
	if !w.isSet("message") && !w.noText && t.Text != "" {
		set := w.isSet
		w.text, w.textReady = t.Text, true
		w.isSet = func(flag string) bool { return set(flag) || flag == "message" }
	}
	return nil
}

// useTemplate takes the text of the template, unless -m gives one, and the statuses of its
// components, unless -c does or the update closes the entry.
func (u *updateFlags) useTemplate(v snapshot, word site.UpdateStatus) error {
	if u.template == "" {
		return nil
	}
	t, err := v.template(u.template, "")
	if err != nil {
		return err
	}
	if u.silent {
		return usageErrorf("leave one of them out", "--template and --silent cannot be used together")
	}
	given := map[string]bool{}
	if !u.isSet("message") {
		u.text, u.textReady, given["message"] = t.Text, true, true
	}
	if len(u.components) == 0 && !word.Ends() && word != site.Postmortem {
		for _, target := range targetsOf(&v.site, t.Entry.Impacts, !u.isSet("region"), true) {
			if strings.Contains(target, "=") {
				u.components, given["component"] = append(u.components, target), true
			}
		}
	}
	set := u.isSet
	u.isSet = func(flag string) bool { return set(flag) || given[flag] }
	if strings.TrimSpace(u.text) == "" && u.textReady {
		return usageErrorf("add -m", "%s has no text", source.TemplateFile(u.template))
	}
	return nil
}
