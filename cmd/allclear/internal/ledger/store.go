package ledger

import (
	"context"
	"io/fs"
	"strings"

	"allclear/cmd/allclear/internal/remote"
)

// sizeLimit is how large a ledger may be, in bytes.
const sizeLimit = 16 << 20

// instead says where else a ledger can be.
const instead = `or keep the ledger elsewhere: "ledger: file:PATH" or "ledger: s3://BUCKET/notified.json" under notify in content/site.yml`

// openStore opens the place of a ledger.
func openStore(ctx context.Context, address string, opt Options) (store, error) {
	kind, rest, _ := strings.Cut(address, ":")
	switch kind {
	case "git":
		return openGit(ctx, rest, opt)
	case "file":
		return openFile(rest, opt)
	case "s3":
		return openS3(ctx, address, opt)
	}
	return nil, remote.Errorf("write git:BRANCH, file:PATH or s3://BUCKET/NAME", "%s is no place for a ledger", address)
}

// nothing is a ledger without anything in it, which cannot be written.
type nothing struct{}

func (nothing) read(context.Context) ([]byte, string, error) { return nil, "", fs.ErrNotExist }
func (nothing) write(context.Context, []byte, string, string) error {
	return remote.Errorf("", "there is no ledger")
}
func (nothing) cheap() bool  { return true }
func (nothing) close() error { return nil }
