package deploy

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"
	"sync"
	"time"

	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/site"

	"github.com/pkg/sftp"
)

// sftpWidth is how many files are sent at once, over one connection.
const sftpWidth = 8

// sftpTries is how often something is tried before it fails, if the connection is lost.
const sftpTries = 3

// newFolder is the folder below a target into which files are uploaded. From there they
// are renamed to their places.
const newFolder = ".allclear-new"

// sftpStore is a folder on a server.
type sftpStore struct {
	server *sshServer
	root   string // absolute, or relative to the user's home

	mu      sync.Mutex
	session *sftpSession
	folders map[string]bool // those that exist
}

// closeTimeout is how long saying goodbye to a server may take.
const closeTimeout = 10 * time.Second

// sftpClient is the client of one connection. Only this file imports the package.
type sftpClient = sftp.Client

// sftpSession is one connection to the server.
type sftpSession struct {
	files *sftp.Client
	conn  io.Closer
}

// openSFTP opens sftp://USER@HOST:PORT/PATH. It does not connect yet.
func openSFTP(t site.PublishTarget, env remote.Environment) (Target, error) {
	u, err := url.Parse(t.To)
	if err != nil {
		return nil, err
	}
	server, err := newSSHServer(u, env)
	if err != nil {
		return nil, err
	}
	root := path.Clean(u.Path)
	if home, ok := strings.CutPrefix(u.Path, "/~/"); ok {
		root = path.Clean(home)
	}
	return &stored{store: &sftpStore{server: server, root: root}, width: sftpWidth, now: time.Now}, nil
}

// do calls f with a connection. If the connection is lost, it connects again and calls f
// again. When ctx is done, it closes the connection, so that f ends.
func (s *sftpStore) do(ctx context.Context, f func(c *sftp.Client) error) error {
	return remote.Retry(ctx, sftpTries, func() error {
		session, err := s.connect(ctx)
		if err != nil {
			return err
		}
		stop := context.AfterFunc(ctx, func() { session.conn.Close() })
		defer stop()
		err = f(session.files)
		if ctx.Err() != nil {
			return remote.Permanent(context.Cause(ctx))
		}
		if errors.Is(err, sftp.ErrSSHFxConnectionLost) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			s.drop(session)
			return remote.Errorf("publish again", "the connection was lost")
		}
		if err != nil {
			return remote.Permanent(s.explain(err))
		}
		return nil
	})
}

// explain turns an error of the server into one for the user.
func (s *sftpStore) explain(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fs.ErrNotExist
	case errors.Is(err, fs.ErrPermission):
		return remote.Errorf("let "+s.server.config.User+" read and write there", "no permission for %s", s.root)
	}
	return remote.Errorf("see whether the disk is full, and whether "+s.server.config.User+" may write there",
		"the server answers: %v", err)
}

// connect returns the connection to the server, or makes one.
func (s *sftpStore) connect(ctx context.Context) (*sftpSession, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.session != nil {
		return s.session, nil
	}
	conn, err := s.server.dial(ctx)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	files, err := sftp.NewClient(conn, sftp.UseConcurrentWrites(true))
	if err != nil {
		conn.Close()
		return nil, remote.Permanent(remote.Errorf("allow SFTP for this user", "the server offers no SFTP: %v", err))
	}
	s.session, s.folders = &sftpSession{files, conn}, map[string]bool{}
	s.tidy(files)
	return s.session, nil
}

// leftAfter is how long nobody has written to a file in the folder of new files if it is
// left over from a run that was interrupted. A younger one may be of a run that is under way.
const leftAfter = 10 * time.Minute

// tidy removes what interrupted runs left in the folder of new files.
func (s *sftpStore) tidy(c *sftp.Client) {
	left, _ := c.ReadDir(path.Join(s.root, newFolder)) // it is created before the first file is sent
	for _, file := range left {
		if time.Since(file.ModTime()) > leftAfter {
			c.Remove(path.Join(s.root, newFolder, file.Name()))
		}
	}
}

// drop forgets a connection that is lost.
func (s *sftpStore) drop(lost *sftpSession) {
	s.mu.Lock()
	defer s.mu.Unlock()
	lost.conn.Close()
	if s.session == lost {
		s.session = nil
	}
}

func (s *sftpStore) get(ctx context.Context, name string, limit int64) (data []byte, err error) {
	err = s.do(ctx, func(c *sftp.Client) error {
		f, err := c.Open(path.Join(s.root, name))
		if err != nil {
			return err
		}
		defer f.Close()
		data, err = remote.ReadLimited(f, limit)
		return err
	})
	return data, err
}

// put uploads a file under another name and renames it, so that visitors get the old file
// or the new one.
func (s *sftpStore) put(ctx context.Context, f File, from content) error {
	err := s.do(ctx, func(c *sftp.Client) error {
		if _, err := from.Seek(0, io.SeekStart); err != nil {
			return err
		}
		place := path.Join(s.root, f.Path)
		for _, folder := range []string{path.Join(s.root, newFolder), path.Dir(place)} {
			if err := s.makeFolder(c, folder); err != nil {
				return err
			}
		}
		temporary := path.Join(s.root, newFolder, rand.Text())
		if err := write(c, temporary, from); err != nil {
			return err
		}
		if _, ok := c.HasExtension("posix-rename@openssh.com"); ok {
			return c.PosixRename(temporary, place)
		}
		if err := c.Remove(place); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return c.Rename(temporary, place)
	})
	if isMissing(err) { // a folder cannot be created, or somebody removed the file before it was in place
		return remote.Errorf("see whether "+s.server.config.User+" may create folders there; "+
			"if another publish ran at the same time, publish again",
			"the server cannot keep %s in %s", f.Path, s.root)
	}
	return err
}

// write writes a new file.
func write(c *sftp.Client, name string, from io.Reader) error {
	f, err := c.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return err
	}
	_, err = f.ReadFrom(from)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		c.Remove(name) // half a file takes room, and the disk may be full
	}
	return err
}

// makeFolder creates a folder and those above it, if they are not known to exist.
func (s *sftpStore) makeFolder(c *sftp.Client, name string) error {
	s.mu.Lock()
	known := s.folders[name]
	s.mu.Unlock()
	if known {
		return nil
	}
	if err := c.MkdirAll(name); err != nil {
		return err
	}
	s.mu.Lock()
	s.folders[name] = true
	s.mu.Unlock()
	return nil
}

// remove removes a file, and the folders that are empty without it.
func (s *sftpStore) remove(ctx context.Context, name string) error {
	return s.do(ctx, func(c *sftp.Client) error {
		err := c.Remove(path.Join(s.root, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
			if c.RemoveDirectory(path.Join(s.root, folder)) != nil {
				break // it is not empty
			}
		}
		return nil
	})
}

func (s *sftpStore) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.session == nil {
		return nil
	}
	stop := time.AfterFunc(closeTimeout, func() { s.session.conn.Close() })
	defer stop.Stop()
	s.session.files.RemoveDirectory(path.Join(s.root, newFolder)) // fails if it is not there
	s.session.files.Close()
	return s.session.conn.Close()
}
