package preview

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

// A burst of changes, such as a pull of 500 files or an editor that writes a temporary
// file and renames it, is over when nothing has changed for debounce, or for
// debounceOne if only one file has changed. A burst that does not end is sent after
// debounceMax.
const (
	debounceOne = 5 * time.Millisecond
	debounce    = 30 * time.Millisecond
	debounceMax = 2 * time.Second
)

// Changes lists the files and folders that have changed, relative to the site's folder
// and sorted. If it is nil, any file may have changed.
type Changes []string

// Watch watches content/ and themes/ in a site's folder, and sends the changes until the
// context is done. It sends changes in quick succession together.
func Watch(ctx context.Context, site string) (<-chan Changes, error) {
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
	changed := make(chan Changes)
	go w.run(ctx, changed)
	return changed, nil
}

// watcher watches the folders of a site.
type watcher struct {
	notify *fsnotify.Watcher
	site   string
}

// add watches a folder and its subfolders. It ignores a folder that does not exist; it
// will be added when it is created.
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

// run collects events until the context is done, and sends the changes of each burst.
func (w watcher) run(ctx context.Context, changed chan<- Changes) {
	defer w.notify.Close()
	var quiet, limit <-chan time.Time
	var ready chan<- Changes // changed once the burst is over, else nil
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
				limit = time.After(debounceMax)
			}
			quiet = time.After(debounceFor(event, len(seen)))
			ready = nil
		case <-w.notify.Errors: // events were lost, so watch everything again
			w.follow(filepath.Join(w.site, "content"))
			w.follow(filepath.Join(w.site, "themes"))
			lost, ready = true, changed
		case <-quiet:
			ready = changed
		case <-limit:
			ready = changed
		case ready <- w.all(seen, lost):
			seen, lost = map[string]bool{}, false
			quiet, limit, ready = nil, nil, nil
		}
	}
}

// debounceFor returns how long to wait after an event for more events. files is the
// number of files changed in this burst so far. An empty file is still being written.
func debounceFor(event fsnotify.Event, files int) time.Duration {
	if info, err := os.Stat(event.Name); files == 1 && err == nil && info.Size() > 0 {
		return debounceOne
	}
	return debounce
}

// all returns the changes in seen, or nil if events were lost.
func (w watcher) all(seen map[string]bool, lost bool) Changes {
	if lost {
		return nil
	}
	return append(Changes{}, slices.Sorted(maps.Keys(seen))...)
}

// name returns the path of the changed file, relative to the site's folder.
func (w watcher) name(event fsnotify.Event) string {
	way, _ := filepath.Rel(w.site, event.Name)
	return filepath.ToSlash(way)
}

// follow watches name if it is a folder. Files created in it before that are found by the
// rebuild that the new folder causes.
func (w watcher) follow(name string) {
	if err := w.add(name); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// matters reports whether an event can change the site. It ignores the temporary files of
// editors, and everything outside content/ and themes/, such as the output.
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
