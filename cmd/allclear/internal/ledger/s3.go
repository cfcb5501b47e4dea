package ledger

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/remote"
)

// s3Timeout is how long reading or writing the ledger may take.
const s3Timeout = time.Minute

// object is a ledger in a store. A write names the version that it replaces, and the store
// refuses it if another one is there (RFC 9110, section 13.1).
type object struct {
	bucket *remote.Bucket
	name   string
}

// openS3 opens s3://BUCKET/NAME?endpoint=…&region=….
func openS3(ctx context.Context, address string, opt Options) (store, error) {
	place, query, _ := strings.Cut(address, "?")
	rest := strings.TrimPrefix(place, "s3://")
	if !strings.Contains(strings.Trim(rest, "/"), "/") || strings.HasSuffix(rest, "/") {
		return nil, remote.Errorf("write s3://BUCKET/notified.json", "%s names no object", place)
	}
	bucket, err := remote.OpenBucket("s3://"+path.Dir(rest)+"?"+query, remote.Environment{Name: "notify", Get: opt.Env})
	if err != nil {
		return nil, err
	}
	o := &object{bucket, path.Base(rest)}
	return o, o.probe(ctx)
}

func (o *object) cheap() bool  { return true }
func (o *object) close() error { return nil }

func (o *object) read(ctx context.Context) ([]byte, string, error) {
	ctx, cancel := context.WithTimeout(ctx, s3Timeout)
	defer cancel()
	return o.bucket.Get(ctx, o.name, sizeLimit)
}

func (o *object) write(ctx context.Context, data []byte, version, _ string) error {
	ctx, cancel := context.WithTimeout(ctx, s3Timeout)
	defer cancel()
	return o.bucket.PutIf(ctx, o.name, version, data)
}

// probe returns an error if the store ignores conditions, so that two runs could have the
// same claim: it makes a small object twice, and the second time must be refused.
func (o *object) probe(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s3Timeout)
	defer cancel()
	name := o.name + ".probe"
	err := o.bucket.PutIf(ctx, name, "", []byte("{}\n"))
	if err == nil {
		err = o.bucket.PutIf(ctx, name, "", []byte("{}\n"))
	}
	if errors.Is(err, remote.ErrChanged) {
		err = o.bucket.PutIf(ctx, name, strings.Repeat("0", 32), []byte("{}\n"))
	}
	switch {
	case errors.Is(err, remote.ErrChanged):
		return nil
	case errors.Is(err, fs.ErrNotExist), err == nil:
		return remote.Errorf("take another store, "+strings.TrimPrefix(instead, "or "),
			"the store takes no conditional writes, so two runs could send the same update")
	}
	return err
}
