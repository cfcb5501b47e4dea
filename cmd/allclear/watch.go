package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A burst of changes (a pull of 500 files, an editor that writes beside and
// renames) is over when nothing has happened for quiet; one that does not end is
// told after longest.
const (
	quiet   = 30 * time.Millisecond
	longest = 2 * time.Second
)

// watch tells when something in the content or the themes of a site's folder has
// changed. Several changes in quick succession are told once. It goes on until
// the context is done.
func watch(ctx context.Context, site string) (<-chan struct{}, error) {
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
	changed := make(chan struct{}, 1)
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

func (w watcher) run(ctx context.Context, changed chan<- struct{}) {
	defer w.notify.Close()
	var calm, limit <-chan time.Time
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
			if limit == nil {
				limit = time.After(longest)
			}
			calm = time.After(quiet)
			continue
		case <-w.notify.Errors: // events were lost: look at everything again
			w.follow(filepath.Join(w.site, "content"))
			w.follow(filepath.Join(w.site, "themes"))
		case <-calm:
		case <-limit:
		}
		calm, limit = nil, nil
		select {
		case changed <- struct{}{}:
		default: // the last one has not been heard yet
		}
	}
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
