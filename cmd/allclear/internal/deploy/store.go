package deploy

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"allclear/cmd/allclear/internal/remote"
)

// store is a place that holds single files and cannot replace all of them at once. Each
// file is replaced as a whole: a visitor gets the old or the new one. Several goroutines
// may call its methods at once.
type store interface {
	get(ctx context.Context, path string, limit int64) ([]byte, error) // fs.ErrNotExist if there is none
	put(ctx context.Context, f File, from content) error
	remove(ctx context.Context, path string) error // no error if there is none
	close() error
}

// stored is a Target on a store, with a manifest beside the site.
//
// Before anything else changes, the manifest lists all files that are about to change,
// without their digests. So an interrupted publish leaves nothing unknown: the next one
// uploads those files again and removes what is left over.
type stored struct {
	store
	width int // how many files are sent at once
	now   func() time.Time
}

// fileTimeout is how long one file may take: two minutes, and a second for each 32 KB.
func fileTimeout(f File) time.Duration {
	return 2*time.Minute + time.Duration(f.Size/(32<<10))*time.Second
}

// listTimeout is how long reading or writing the manifest may take.
const listTimeout = 2 * time.Minute

func (t *stored) Close() error { return t.close() }

func (t *stored) Read(ctx context.Context, path string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	return t.get(ctx, path, manifestLimit)
}

func (t *stored) Plan(ctx context.Context, s *Site) (Changes, error) {
	p, err := t.plan(ctx, s)
	return p.changes(s), err
}

// plan is what a publish does.
type plan struct {
	before  manifest
	upload  []File
	remove  []string
	keep    map[string]record // obsolete assets that stay for a while
	damaged bool              // the manifest was
}

func (p plan) changes(s *Site) Changes {
	var uploaded []string
	for _, f := range p.upload {
		uploaded = append(uploaded, f.Path)
	}
	c := s.changes(uploaded, p.remove)
	if p.damaged {
		c.Notes = append(c.Notes, manifestName+" is damaged: everything is uploaded, and files that the site no longer has are left behind")
	}
	return c
}

// plan reads the manifest and compares it with the site.
func (t *stored) plan(ctx context.Context, s *Site) (plan, error) {
	var p plan
	data, err := t.Read(ctx, manifestName)
	switch {
	case isMissing(err):
		err = t.checkUnused(ctx)
	case err == nil:
		var whole bool
		p.before, whole = parseManifest(data)
		p.damaged = !whole
	}
	if err != nil {
		return p, err
	}
	p.remove, p.keep = p.before.obsolete(s, t.now())
	slices.Sort(p.remove)
	for _, f := range s.files {
		if known := p.before.Files[f.Path]; known != recordOf(f) {
			p.upload = append(p.upload, f)
		}
	}
	return p, nil
}

// checkUnused returns an error if the place holds a home page that is not ours. Without a
// manifest, nothing else says whose files are there.
func (t *stored) checkUnused(ctx context.Context) error {
	if data, err := t.Read(ctx, "build.json"); err == nil {
		if _, err := parseBuild(data); err == nil {
			return nil
		}
	}
	_, err := t.Read(ctx, "index.html")
	switch {
	case isMissing(err):
		return nil
	case err != nil:
		return err
	}
	return remote.Errorf("publish to an empty place, or remove that site first",
		"another site is there: it has an index.html, and allclear did not publish it")
}

func (t *stored) Publish(ctx context.Context, s *Site) (Changes, error) {
	p, err := t.plan(ctx, s)
	if err != nil || len(p.upload)+len(p.remove) == 0 {
		return p.changes(s), err
	}
	during, after := p.manifests(s)
	if err := t.putManifest(ctx, during); err != nil {
		return Changes{}, err
	}
	for _, files := range inStages(p.upload, p.before.presence) {
		if err := t.putAll(ctx, files); err != nil {
			return Changes{}, err
		}
	}
	err = each(ctx, t.width, len(p.remove), func(ctx context.Context, i int) error {
		ctx, cancel := context.WithTimeout(ctx, listTimeout)
		defer cancel()
		return t.remove(ctx, p.remove[i])
	})
	if err != nil {
		return Changes{}, err
	}
	if err := t.checkAlone(ctx, during); err != nil {
		return Changes{}, err
	}
	return p.changes(s), t.putManifest(ctx, after)
}

// manifests returns the manifest while a publish is under way, which lists old and new
// files, and the one after it.
func (p plan) manifests(s *Site) (during, after manifest) {
	during = manifest{Run: rand.Text(), Files: map[string]record{}}
	after = manifest{Files: map[string]record{}}
	maps.Copy(during.Files, p.before.Files)
	maps.Copy(during.Files, p.keep)
	maps.Copy(after.Files, p.keep)
	for _, f := range s.files {
		after.Files[f.Path] = recordOf(f)
	}
	for _, f := range p.upload {
		during.Files[f.Path] = p.before.Files[f.Path].unknown()
	}
	for _, path := range p.remove {
		during.Files[path] = record{} // the next publish may want it back
	}
	return during, after
}

// putAll uploads files side by side.
func (t *stored) putAll(ctx context.Context, files []File) error {
	return each(ctx, t.width, len(files), func(ctx context.Context, i int) error {
		ctx, cancel := context.WithTimeout(ctx, fileTimeout(files[i]))
		defer cancel()
		from, err := files[i].Open()
		if err != nil {
			return err
		}
		defer from.Close()
		return t.put(ctx, files[i], from)
	})
}

// putManifest uploads a manifest.
func (t *stored) putManifest(ctx context.Context, m manifest) error {
	data, err := m.encode()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	f := File{Path: manifestName, Size: int64(len(data)), Type: "application/json", Cache: "no-store"}
	return t.put(ctx, f, contentOf(data))
}

// checkAlone returns an error if another publish has begun since the manifest during was
// written. What either of them uploaded is then unknown, so the manifest has no digests
// any more, and the next publish uploads everything.
func (t *stored) checkAlone(ctx context.Context, during manifest) error {
	data, err := t.Read(ctx, manifestName)
	var now manifest
	if err == nil {
		err = json.Unmarshal(data, &now)
	}
	if err == nil && now.Run == during.Run {
		return nil
	}
	maps.Copy(during.Files, now.Files)
	for path, r := range during.Files {
		during.Files[path] = r.unknown()
	}
	during.Run = rand.Text()
	if err := t.putManifest(ctx, during); err != nil {
		return err
	}
	return remote.Errorf("let only one job publish at a time, and publish again", "another publish ran here at the same time")
}
