package deploy

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"allclear/cmd/allclear/internal/outdir"
	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/site"
)

// dir is a folder on this machine. Package outdir keeps it whole.
type dir struct {
	folder string
	hold   sync.Locker
	log    func(format string, a ...any)
}

// openDir opens dir:PATH. A relative path is relative to the site's folder.
func openDir(t site.PublishTarget, opt Options) (Target, error) {
	folder, err := opt.Folder(strings.TrimPrefix(t.To, "dir:"))
	return &dir{folder: folder, hold: opt.Hold, log: func(format string, a ...any) { opt.Log(t.Name, format, a...) }}, err
}

func (d *dir) Plan(ctx context.Context, s *Site) (Changes, error) {
	changed, removed, err := outdir.Differences(d.folder, s.sums())
	return s.changes(changed, removed), ours(err)
}

func (d *dir) Publish(ctx context.Context, s *Site) (Changes, error) {
	changed, removed, err := outdir.Differences(d.folder, s.sums())
	if err != nil {
		return Changes{}, ours(err)
	}
	done, err := outdir.Write(ctx, d.folder, s.rendered, outdir.Options{Hold: d.hold, Log: logLines{d.log}})
	c := s.changes(changed, removed)
	c.Removed = slices.DeleteFunc(c.Removed, func(name string) bool { return slices.Contains(done.Kept, name) })
	for _, name := range done.Kept {
		c.Notes = append(c.Notes, "kept "+filepath.Join(d.folder, name)+": the site no longer has this file, but it was edited by hand")
	}
	if len(done.Found) > 0 {
		c.Notes = append(c.Notes, "moved files that allclear may not have written into "+filepath.Join(d.folder, done.FoundDir))
	}
	return c, ours(err)
}

func (d *dir) Read(_ context.Context, path string) ([]byte, error) {
	return os.ReadFile(filepath.Join(d.folder, filepath.FromSlash(path)))
}

func (d *dir) Close() error { return nil }

// ours turns an error of package outdir into one of this package.
func ours(err error) error {
	var theirs *outdir.Error
	if errors.As(err, &theirs) {
		return remote.Errorf(strings.Replace(theirs.Hint, " with --out", "", 1), "%s", theirs.Message)
	}
	return err
}

// changes returns the changes to the files with these paths.
func (s *Site) changes(uploaded, removed []string) Changes {
	c := Changes{Uploaded: uploaded, Removed: removed, Unchanged: len(s.files) - len(uploaded)}
	sizes := map[string]int64{}
	for _, f := range s.files {
		sizes[f.Path] = f.Size
	}
	for _, path := range uploaded {
		c.Bytes += sizes[path]
	}
	return c
}

// logLines is an io.Writer that logs lines.
type logLines struct{ log func(format string, a ...any) }

func (l logLines) Write(text []byte) (int, error) {
	l.log("%s", strings.TrimSuffix(string(text), "\n"))
	return len(text), nil
}
