package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"strings"
	"time"

	"allclear/cmd/allclear/when"
	"allclear/generator/diag"
	"allclear/generator/measured"
	"allclear/generator/site"
	"allclear/generator/source"

	"github.com/spf13/cobra"
)

// measurementFlags are the arguments and flags of ingest measurements.
type measurementFlags struct {
	ingestFlags
	into   string   // the id of the measurement
	file   string   // the input, "" for standard input
	labels []string // NAME=VALUE, which the series must have
	scale  float64  // by which values are multiplied
}

func ingestMeasurementsCommand() *cobra.Command {
	var f measurementFlags
	cmd := &cobra.Command{
		Use:   "measurements --into ID [FILE]",
		Short: "Add measured values to a file in content/measurements/",
		Long: `Add what monitoring measured to the file of a measurement that components.yml declares.
The source is recognized by its content. Values whose time is in the file already are
not added again, so overlapping inputs do no harm. Hours that are over for 90 days
become one line each, with mean, minimum and maximum.

Sources: ` + strings.Join(measured.Kinds(), ", ") + `.
docs/measurements.md has a recipe for each.`,
		Example: `  curl -fsS "$PROMETHEUS/api/v1/query_range?…" | allclear ingest measurements --into api-response
  git log --format='%cI %s' -- history/api.yml | allclear ingest measurements --into api-response
  allclear ingest measurements --into api-response --label job=api --scale 1000 answer.json`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case f.into == "":
				return usageErrorf("write --into ID, the id of a measurement in components.yml", "ingest measurements needs --into")
			case !(math.Abs(f.scale) > 0) || math.IsInf(f.scale, 0):
				return usageErrorf("write --scale 1000 for seconds as milliseconds", "--scale: %v is not a factor", f.scale)
			case len(args) > 1:
				return usageErrorf("", "ingest measurements takes one file, or standard input")
			case len(args) == 1 && args[0] != "-":
				f.file = args[0]
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error { return f.run() },
	}
	f.timeRule = when.Past
	f.flags(cmd)
	cmd.Flags().StringVar(&f.into, "into", "", "the `ID` of the measurement in components.yml")
	cmd.Flags().StringVar(&f.kind, "from", "", "the `SOURCE`, instead of recognizing it: "+strings.Join(measured.Kinds(), ", "))
	cmd.Flags().StringArrayVar(&f.labels, "label", nil, "take the series with this `NAME=VALUE`; may be repeated")
	cmd.Flags().Float64Var(&f.scale, "scale", 1, "multiply values by a `NUMBER`: 1000 for seconds as milliseconds")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "write nothing, and say what would be added")
	return cmd
}

// run adds the points of the input to the file.
func (f measurementFlags) run() error {
	data, err := f.input()
	if err != nil {
		return err
	}
	list, err := measured.Read(data, f.kind)
	if err != nil {
		return measuredError(err)
	}
	series, err := f.choose(list)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(f.source)
	if err != nil {
		return usageErrorf("use the folder that contains content/", "--source: cannot open %s: %s", f.source, reason(err))
	}
	defer root.Close()
	if _, err := openSiteDir(f.source); err != nil {
		return err
	}
	release, err := f.lock(root)
	if err != nil {
		return err
	}
	defer release()
	return f.merge(series)
}

// input reads the file, or standard input.
func (f measurementFlags) input() ([]byte, error) {
	var from io.Reader = os.Stdin
	if f.file != "" {
		file, err := os.Open(f.file)
		if err != nil {
			return nil, errorf("", "cannot read %s: %s", f.file, reason(err))
		}
		defer file.Close()
		from = file
	} else if isTerminal(os.Stdin) {
		return nil, usageErrorf("allclear ingest measurements --into "+f.into+" FILE",
			"ingest measurements reads a file, or standard input")
	}
	data, err := io.ReadAll(io.LimitReader(from, measured.MaxInput+1))
	if err != nil {
		return nil, errorf("", "cannot read the input: %s", reason(err))
	}
	return data, nil
}

// choose returns the only series that has all labels of --label.
func (f measurementFlags) choose(list []measured.Series) (measured.Series, error) {
	var names []string
	var chosen []measured.Series
	for _, s := range list {
		fits := true
		for _, label := range f.labels {
			name, value, ok := strings.Cut(label, "=")
			if !ok {
				return measured.Series{}, usageErrorf("write --label NAME=VALUE", "--label: %q has no =", label)
			}
			own, has := s.Labels[name]
			fits = fits && has && own == strings.Trim(value, `"`)
		}
		if fits {
			chosen = append(chosen, s)
		}
		names = append(names, s.String())
	}
	const most = 20
	if len(names) > most {
		names = append(names[:most], fmt.Sprintf("and %d more", len(list)-most))
	}
	listed := " " + strings.Join(names, ", ")
	switch {
	case len(chosen) == 1:
		return chosen[0], nil
	case len(chosen) == 0:
		return measured.Series{}, errorf("take a label of the series that you want", "no series has these labels; there are:%s", listed)
	}
	return measured.Series{}, errorf("choose one with --label NAME=VALUE, or let the query return one",
		"there are %d series:%s", len(chosen), listed)
}

// merge writes the file with the points of a series.
func (f measurementFlags) merge(series measured.Series) error {
	v, err := f.read()
	if err != nil {
		return err
	}
	m, err := v.measurement(f.into)
	if err != nil {
		return err
	}
	before, err := source.Reader(v.folder)(m.File)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return errorf("", "cannot read %s: %s", m.File, reason(err))
	}
	for i := range series.Points {
		p := &series.Points[i]
		p.Value *= f.scale
		p.Min, p.Max = p.Value, p.Value
	}
	after, done, err := source.MergeMeasurements(before, series.Points, v.now)
	var wrong *source.MergeError
	switch {
	case errors.As(err, &wrong):
		return errorf(wrong.Hint, "nothing was written to %s: %s", m.File, wrong.Message)
	case len(after) > source.MaxMeasured:
		return errorf("measure less often", "%s would be larger than 16 MB", m.File)
	case !f.dryRun && !bytes.Equal(before, after):
		if err := f.replaceMeasured(m.File, after); err != nil {
			return err
		}
	}
	f.reportMerge(m, series, done)
	return nil
}

// measurement returns the measurement with an id.
func (v snapshot) measurement(id string) (*site.Measurement, error) {
	var ids []string
	for i := range v.site.Measurements {
		if m := &v.site.Measurements[i]; m.ID == id && m.File != "" {
			return m, nil
		}
		ids = append(ids, v.site.Measurements[i].ID)
	}
	if mistakes := errorsIn(v.problems, "content/components.yml"); len(mistakes) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
	}
	hint := "declare it in content/components.yml: measurements: [{id: " + id + ", name: …, unit: ms, component: …}]"
	if len(ids) > 0 {
		hint = diag.DidYouMean(id, ids)
	}
	return nil, errorf(hint, "there is no measurement %q", id)
}

// replaceMeasured writes the file in one step, and creates the folder if it is missing.
func (f measurementFlags) replaceMeasured(name string, data []byte) error {
	root, err := os.OpenRoot(f.source)
	if err != nil {
		return errorf("", "cannot open %s: %s", f.source, reason(err))
	}
	defer root.Close()
	if err := root.Mkdir(path.Dir(name), 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return errorf("", "cannot create the folder %s: %s", path.Dir(name), reason(err))
	}
	return f.replaceFile(name, data)
}

// reportMerge says what was added.
func (f measurementFlags) reportMerge(m *site.Measurement, series measured.Series, done source.Merge) {
	parts := []string{fmt.Sprintf("%d new", done.Added), fmt.Sprintf("%d there already", done.Known)}
	if done.Differed > 0 {
		parts = append(parts, fmt.Sprintf("%d of them with another value, which stays", done.Differed))
	}
	if done.Between > 0 {
		parts = append(parts, fmt.Sprintf("%d of the new ones between older ones", done.Between))
	}
	if series.Skipped > 0 {
		parts = append(parts, fmt.Sprintf("%d without a value", series.Skipped))
	}
	if done.RolledUp > 0 {
		parts = append(parts, fmt.Sprintf("%d hours older than 90 days as one line each", done.RolledUp))
	}
	newest := int64(0)
	for _, p := range series.Points {
		newest = max(newest, p.Time)
	}
	if newest != 0 {
		parts = append(parts, "newest "+time.Unix(newest, 0).UTC().Format(time.RFC3339))
	}
	fmt.Printf("%s: %s\n", m.File, strings.Join(parts, ", "))
	if f.dryRun {
		fmt.Fprintln(os.Stderr, "nothing was written (--dry-run)")
	}
}

// measuredError returns an error of package measured for the user.
func measuredError(err error) error {
	var wrong *measured.Error
	if errors.As(err, &wrong) {
		return errorf(wrong.Hint, "%s", diag.PrintableText(wrong.Message))
	}
	return err
}
