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
	// others returns which of these files exist, sorted.
	others(ctx context.Context, paths []string) ([]string, error)
	move(ctx context.Context, from, to string) error
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
	foreign []string          // files at paths of the site that allclear did not publish
	found   string            // the folder into which these are moved
	damaged bool              // the manifest was
	lost    bool              // a site of allclear is there, and no manifest
}

func (p plan) changes(s *Site) Changes {
	var uploaded []string
	for _, f := range p.upload {
		uploaded = append(uploaded, f.Path)
	}
	c := s.changes(uploaded, p.remove)
	why := ""
	switch {
	case p.damaged:
		why = manifestName + " is damaged"
	case p.lost:
		why = "there is no " + manifestName
	}
	if why != "" {
		c.Notes = append(c.Notes, why+": everything is uploaded, and files that the site no longer has are left behind")
	}
	for _, path := range p.foreign {
		c.Notes = append(c.Notes, "allclear did not publish "+path+", which is in the way: it moves to "+p.found+"/"+path)
	}
	return c
}

// plan reads the manifest and compares it with the site.
func (t *stored) plan(ctx context.Context, s *Site) (plan, error) {
	var p plan
	data, err := t.Read(ctx, manifestName)
	switch {
	case isMissing(err):
		p.lost, err = t.checkUnused(ctx)
	case err == nil:
		var whole bool
		p.before, whole = parseManifest(data)
		p.damaged = !whole
	}
	if err != nil {
		return p, err
	}
	p.found = foundFolder + "/" + t.now().UTC().Format("20060102T150405Z")
	p.remove, p.keep = p.before.obsolete(s, t.now())
	slices.Sort(p.remove)
	for _, f := range s.files {
		if known := p.before.Files[f.Path]; known != recordOf(f) {
			p.upload = append(p.upload, f)
		}
	}
	if !p.damaged && !p.lost { // else nobody knows whose files are there
		p.foreign, err = t.others(ctx, p.absent())
	}
	return p, err
}

// absent returns the paths of the files to upload that allclear has not published yet.
func (p plan) absent() []string {
	var paths []string
	for _, f := range p.upload {
		if p.before.presence(f.Path) == absent {
			paths = append(paths, f.Path)
		}
	}
	return paths
}

// foundFolder is the folder for files that allclear did not publish and that are in the way
// of the site's. They are never removed.
const foundFolder = ".allclear-found"

// checkUnused returns an error if the place holds a home page that is not ours. Without a
// manifest, nothing else says whose files are there. ours says that a site of allclear is
// there.
func (t *stored) checkUnused(ctx context.Context) (ours bool, err error) {
	if data, err := t.Read(ctx, "build.json"); err == nil {
		if _, err := parseBuild(data); err == nil {
			return true, nil
		}
	}
	_, err = t.Read(ctx, "index.html")
	switch {
	case isMissing(err):
		return false, nil
	case err != nil:
		return false, err
	}
	return false, remote.Errorf("publish to an empty place, or remove that site first",
		"another site is there: it has an index.html, and allclear did not publish it")
}

func (t *stored) Publish(ctx context.Context, s *Site) (Changes, error) {
	p, err := t.plan(ctx, s)
	if err != nil || len(p.upload)+len(p.remove) == 0 {
		return p.changes(s), err
	}
	err = each(ctx, t.width, len(p.foreign), func(ctx context.Context, i int) error {
		ctx, cancel := context.WithTimeout(ctx, listTimeout)
		defer cancel()
		return t.move(ctx, p.foreign[i], p.found+"/"+p.foreign[i])
	})
	if err != nil {
		return Changes{}, err
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

// chosen returns the paths that are marked, sorted.
func chosen(paths []string, marked []bool) []string {
	var list []string
	for i, path := range paths {
		if marked[i] {
			list = append(list, path)
		}
	}
	slices.Sort(list)
	return list
}
