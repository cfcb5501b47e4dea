package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A burst of changes (a pull of 500 files, an editor that writes beside and
// renames) is over when nothing has happened for quiet, or for brief where it was
// all about one file; one that does not end is told after longest.
const (
	brief   = 5 * time.Millisecond
	quiet   = 30 * time.Millisecond
	longest = 2 * time.Second
)

// changes are the files and folders that have changed, by their paths from the
// site's folder; nil: nobody knows which.
type changes []string

// watch tells what in the content or the themes of a site's folder has changed.
// Several changes in quick succession are told once. It goes on until the context
// is done.
func watch(ctx context.Context, site string) (<-chan changes, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := watcher{notify: notify, site: filepath.Clean(site)}
	if err := notify.Add(w.site); err != nil {
		notify.Close()
		return nil, err
	}
	for _, folder := range []string{"content", "themes"} {
		if err := w.add(filepath.Join(w.site, folder)); err != nil {
			notify.Close()
			return nil, err
		}
	}
	changed := make(chan changes)
	go w.run(ctx, changed)
	return changed, nil
}

type watcher struct {
	notify *fsnotify.Watcher
	site   string
}

// add watches a folder and all below it. One that is not there will be seen when
// it comes.
func (w watcher) add(folder string) error {
	return filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !entry.IsDir() {
			return err
		}
		if err := w.notify.Add(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("cannot watch %s: %w", name, err)
		}
		return nil
	})
}

func (w watcher) run(ctx context.Context, changed chan<- changes) {
	defer w.notify.Close()
	var calm, limit <-chan time.Time
	var told chan<- changes // where somebody may hear of it now
	seen, lost := map[string]bool{}, false
	for {
		select {
		case <-ctx.Done():
			return
		case event := <-w.notify.Events:
			if !w.matters(event) {
				continue
			}
			if event.Has(fsnotify.Create) {
				w.follow(event.Name)
			}
			seen[w.name(event)] = true
			if limit == nil {
				limit = time.After(longest)
			}
			calm = time.After(respite(event, len(seen)))
			told = nil
		case <-w.notify.Errors: // events were lost: look at everything again
			w.follow(filepath.Join(w.site, "content"))
			w.follow(filepath.Join(w.site, "themes"))
			lost, told = true, changed
		case <-calm:
			told = changed
		case <-limit:
			told = changed
		case told <- w.all(seen, lost):
			seen, lost = map[string]bool{}, false
			calm, limit, told = nil, nil, nil
		}
	}
}

// respite is how long nothing may happen after an event until the burst is over,
// when it has been about a number of files. One that is empty is being written.
func respite(event fsnotify.Event, files int) time.Duration {
	if info, err := os.Stat(event.Name); files == 1 && err == nil && info.Size() > 0 {
		return brief
	}
	return quiet
}

// all are the changes that were seen, unless some were lost.
func (w watcher) all(seen map[string]bool, lost bool) changes {
	if lost {
		return nil
	}
	return append(changes{}, slices.Sorted(maps.Keys(seen))...)
}

// name is the path of what has changed, from the site's folder.
func (w watcher) name(event fsnotify.Event) string {
	way, _ := filepath.Rel(w.site, event.Name)
	return filepath.ToSlash(way)
}

// follow watches what may be a new folder. What was put into it before the
// watch began is found by the rebuild that its coming causes.
func (w watcher) follow(name string) {
	if err := w.add(name); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// matters passes over what editors put beside a file while they save it, and
// whatever else lies in the site's folder, such as the output.
func (w watcher) matters(event fsnotify.Event) bool {
	if event.Op == fsnotify.Chmod {
		return false
	}
	way, err := filepath.Rel(w.site, event.Name)
	if err != nil {
		return false
	}
	top, _, _ := strings.Cut(filepath.ToSlash(way), "/")
	if top != "content" && top != "themes" {
		return false
	}
	base := filepath.Base(way)
	return !strings.HasPrefix(base, ".") && !strings.HasPrefix(base, "#") && base != "4913" &&
		!strings.HasSuffix(base, "~") && !strings.HasSuffix(base, ".tmp") && !strings.HasSuffix(base, ".swp")
}
