package outdir

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"syscall"
)

// The bytes of a file must be on the disk before the file is renamed. Otherwise a
// power cut can leave an empty file under the new name.

// syncStaged writes all staged files to the disk, and returns when they are there.
func (s *staging) syncStaged() error {
	if hasSyncfs {
		return syncfs(s.root)
	}
	return s.syncTree(s.dirName) // writeNew has synced the files themselves
}

// syncMoves writes all moves to the disk, and returns when they are there.
func (s *staging) syncMoves(changes []stagedFile) error {
	if hasSyncfs {
		return syncfs(s.root)
	}
	folders := []string{"."}
	for _, b := range changes {
		folders = append(folders, path.Dir(b.path))
	}
	for _, folder := range slices.Concat(s.newTopDirs, s.maybeEmpty) {
		folders = append(folders, path.Dir(folder), folder)
	}
	slices.Sort(folders)
	for _, folder := range slices.Compact(folders) {
		if err := syncDir(s.root, folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// syncTree writes the names in a folder and its subfolders to the disk.
func (s *staging) syncTree(top string) error {
	return fs.WalkDir(s.root.FS(), top, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return syncDir(s.root, name)
	})
}

// syncDir writes the names in a folder to the disk.
func syncDir(root *os.Root, name string) error {
	if runtime.GOOS == "windows" {
		return nil // Windows does so by itself
	}
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return ignoreUnsupported(f.Sync())
}

// ignoreUnsupported returns err, or nil if it only means that the file system cannot
// sync. File systems in memory or on a network may not.
func ignoreUnsupported(err error) error {
	for _, unsupported := range []error{syscall.EINVAL, syscall.ENOSYS, errors.ErrUnsupported} {
		if errors.Is(err, unsupported) {
			return nil
		}
	}
	return err
}
