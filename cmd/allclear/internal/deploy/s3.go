package deploy

import (
	"context"
	"slices"
	"time"

	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/site"
)

// s3 is a bucket, or a folder in it.
type s3 struct{ *remote.Bucket }

// openS3 opens s3://BUCKET/FOLDER?endpoint=https://HOST&region=REGION. It does not connect
// yet.
func openS3(t site.PublishTarget, env remote.Environment) (Target, error) {
	bucket, err := remote.OpenBucket(t.To, env)
	return &stored{store: s3{bucket}, width: remote.BucketWidth, now: time.Now}, err
}

func (s s3) get(ctx context.Context, path string, limit int64) ([]byte, error) {
	data, _, err := s.Get(ctx, path, limit)
	return data, err
}

func (s s3) put(ctx context.Context, f File, from content) error {
	return s.Put(ctx, f.Path, from, f.Size, f.Type, f.Cache)
}

func (s s3) remove(ctx context.Context, path string) error { return s.Remove(ctx, path) }

func (s s3) others(ctx context.Context, paths []string) ([]string, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	existing, err := s.Existing(ctx, paths)
	return slices.DeleteFunc(slices.Sorted(slices.Values(paths)), func(path string) bool { return !existing[path] }), err
}

// move copies a file: the new one, which takes its place, makes it a move.
func (s s3) move(ctx context.Context, from, to string) error { return s.Copy(ctx, from, to) }

func (s s3) close() error { return nil }
