package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"allclear/cmd/allclear/internal/filelock"
	"allclear/cmd/allclear/internal/remote"
	"allclear/cmd/allclear/internal/rootfs"
)

// lockWait is how long a write waits for another one.
const lockWait = 10 * time.Second

// file is a ledger in a file. Beside it there is a lock while it is written.
type file struct {
	path string
	name string
	root *os.Root // the folder
}

// openFile opens file:PATH. A relative path is relative to the site's folder.
func openFile(path string, opt Options) (store, error) {
	path, err := opt.Resolve(path)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fileError("make the folder of", path, err)
	}
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, fileError("open", path, err)
	}
	return &file{path, filepath.Base(path), root}, nil
}

func (f *file) cheap() bool  { return true }
func (f *file) close() error { return f.root.Close() }

func (f *file) read(context.Context) ([]byte, string, error) {
	in, err := f.root.Open(f.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", fs.ErrNotExist
	}
	if err != nil {
		return nil, "", fileError("read", f.path, err)
	}
	defer in.Close()
	if info, err := in.Stat(); err == nil && !info.Mode().IsRegular() {
		return nil, "", remote.Errorf("name a file", "the ledger %s is not a regular file", f.path)
	}
	data, err := remote.ReadLimited(in, sizeLimit)
	if err != nil {
		return nil, "", fileError("read", f.path, err)
	}
	sum := sha256.Sum256(data)
	return data, hex.EncodeToString(sum[:]), nil
}

// write replaces the file while it holds the lock. The file is replaced as a whole, and
// its bytes are on the disk before that.
func (f *file) write(ctx context.Context, data []byte, version, _ string) error {
	release, err := f.lock(ctx)
	if err != nil {
		return err
	}
	defer release()
	_, now, err := f.read(ctx)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if now != version {
		return remote.ErrChanged
	}
	fresh := f.name + ".new"
	if err := f.save(fresh, data); err != nil {
		return fileError("write", f.path, err)
	}
	if err := f.root.Rename(fresh, f.name); err != nil {
		return fileError("write", f.path, err)
	}
	if folder, err := f.root.Open("."); err == nil {
		folder.Sync() // some systems cannot; the rename then reaches the disk a little later
		folder.Close()
	}
	return nil
}

// save writes a new file to the disk.
func (f *file) save(name string, data []byte) error {
	if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) { // of a run that was killed
		return err
	}
	out, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = out.Write(data)
	return errors.Join(err, out.Sync(), out.Close())
}

// lock locks the ledger against other writes.
func (f *file) lock(ctx context.Context) (release func(), err error) {
	name := f.name + ".lock"
	for deadline := time.Now().Add(lockWait); ; {
		release, busy, err := filelock.Try(f.root, name)
		if err != nil {
			return nil, fileError("lock", f.path, err)
		}
		if !busy {
			return release, nil
		}
		if time.Now().After(deadline) {
			return nil, remote.Errorf("if no other notify is running, delete "+f.path+".lock",
				"another program has locked the ledger %s", f.path)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Millisecond):
		}
	}
}

func fileError(what, path string, err error) error {
	return remote.Errorf("see whether this user may write there, and whether the disk is full",
		"cannot %s the ledger %s: %s", what, path, rootfs.Reason(err))
}
