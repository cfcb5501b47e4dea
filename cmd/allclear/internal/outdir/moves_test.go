//go:build linux

package outdir

import (
	"encoding/binary"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// move is a file or folder that appeared in the output folder or disappeared from it.
type move struct {
	name string
	came bool
}

// moves runs a build and returns, in order, the moves that the kernel (inotify) reports
// in the output folder, without the lock and the staging folder.
func (p *variants) moves() (list []move) {
	p.Helper()
	watcher := must(syscall.InotifyInit1(syscall.IN_NONBLOCK | syscall.IN_CLOEXEC))
	defer syscall.Close(watcher)
	folders := map[int32]string{}
	err := filepath.WalkDir(p.out, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		watch, err := syscall.InotifyAddWatch(watcher, name, syscall.IN_MOVED_TO|syscall.IN_MOVED_FROM|syscall.IN_DELETE)
		folders[int32(watch)] = must(filepath.Rel(p.out, name))
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
	p.must(p.build())
	buffer := make([]byte, 1<<20)
	for {
		n, err := syscall.Read(watcher, buffer)
		if err == syscall.EAGAIN || n == 0 {
			return list
		}
		if err != nil {
			p.Fatal(err)
		}
		for at := 0; at < n; {
			watch := int32(binary.NativeEndian.Uint32(buffer[at:]))
			mask, length := binary.NativeEndian.Uint32(buffer[at+4:]), int(binary.NativeEndian.Uint32(buffer[at+12:]))
			name := strings.TrimRight(string(buffer[at+syscall.SizeofInotifyEvent:at+syscall.SizeofInotifyEvent+length]), "\x00")
			at += syscall.SizeofInotifyEvent + length
			if mask&syscall.IN_Q_OVERFLOW != 0 {
				p.Fatal("the kernel lost moves")
			}
			if !strings.HasPrefix(name, manifestName+"-") && name != "" {
				list = append(list, move{path.Join(folders[watch], name), mask&syscall.IN_MOVED_TO != 0})
			}
		}
	}
}

// A visitor never gets a page whose style sheet or link target is missing: first the
// manifest is written, then assets move, then new pages, then changed pages, then the
// home page, and only then are files removed.
func TestTheHomePageMovesLast(t *testing.T) {
	p := newVariants(t)
	p.variant(0)
	p.must(p.build())
	p.variant(1)
	list := p.moves()

	end := len(list) - 1 // after the manifest only empty folders are removed
	for end > 0 && list[end] != (move{manifestName, true}) {
		if _, file := p.trees[0][list[end].name]; file {
			t.Errorf("%s goes after the last list of files", list[end].name)
		}
		end--
	}
	home := slices.Index(list, move{"index.html", true})
	if home < 0 || len(list) < 50 {
		t.Fatalf("only %d moves were seen, and the home page was number %d", len(list), home)
	}
	if list[0] != (move{manifestName, true}) || end < home {
		t.Errorf("the list of files does not move first, to name old and new, and again after the home page: %v", list)
	}
	style, page, changed := -1, -1, -1 // the last asset, the first page, the first changed page
	for i, m := range list[1:end] {
		i++
		_, before := p.trees[0][m.name]
		_, after := p.trees[1][m.name]
		isFolder := !before && !after
		switch {
		case !m.came && i < home:
			t.Errorf("%s goes before the home page has changed", m.name)
		case m.came && i > home:
			t.Errorf("%s comes after the home page", m.name)
		case !m.came:
		case strings.HasPrefix(m.name, "assets/"):
			style = i
		case page < 0:
			page = i
		}
		if m.came && before && changed < 0 {
			changed = i
		}
		if m.came && isFolder && page >= 0 && page < i && changed >= 0 {
			t.Errorf("the new folder %s comes after a page that may link to it", m.name)
		}
		if m.came && !before && !isFolder && changed >= 0 && changed < i {
			t.Errorf("the new file %s comes after %s, which may link to it", m.name, list[changed].name)
		}
	}
	if style < 0 || page < style {
		t.Errorf("the first page is move %d, the last style sheet or script is move %d", page, style)
	}
	for _, m := range []move{{"incidents/only-1-0", true}, {"incidents/only-0-0/index.html", false}} {
		if !slices.Contains(list, m) {
			t.Errorf("the move of %s was not seen", m.name)
		}
	}
}
