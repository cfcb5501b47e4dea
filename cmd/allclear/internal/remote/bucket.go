package remote

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// BucketWidth is how many objects may be uploaded at once.
const BucketWidth = 32

// s3Tries is how often a request is sent before it fails. Every request may be repeated:
// it replaces or removes a whole object.
const s3Tries = 5

// ErrChanged says that an object is not the version any more that was to be replaced.
var ErrChanged = errors.New("it was changed in the meantime")

// Bucket is a bucket of an S3 store, or a folder in it.
type Bucket struct {
	client   *minio.Client
	endpoint string // its host
	bucket   string
	folder   string
}

// OpenBucket opens s3://BUCKET/FOLDER?endpoint=https://HOST&region=REGION with the key of
// the environment. It does not connect yet.
func OpenBucket(address string, env Environment) (*Bucket, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	const what = "the key that may write to the bucket"
	id, err := env.Require("AWS_ACCESS_KEY_ID", what)
	if err != nil {
		return nil, err
	}
	secret, err := env.Require("AWS_SECRET_ACCESS_KEY", what)
	if err != nil {
		return nil, err
	}
	token := env.Own("AWS_SESSION_TOKEN")
	if token == "" && env.Own("AWS_ACCESS_KEY_ID") == "" { // a session belongs to its key
		token = env.whole("AWS_SESSION_TOKEN")
	}
	region := cmp.Or(u.Query().Get("region"), env.Lookup("AWS_REGION"), "us-east-1")
	endpoint, err := url.Parse(cmp.Or(u.Query().Get("endpoint"), "https://s3."+region+".amazonaws.com"))
	if err != nil {
		return nil, err
	}
	client, err := minio.New(endpoint.Host, &minio.Options{
		Creds: credentials.NewStaticV4(id, secret, token), Secure: endpoint.Scheme == "https", Region: region, MaxRetries: s3Tries,
		Transport: &http.Transport{
			Proxy:       http.ProxyFromEnvironment,
			DialContext: (&net.Dialer{Timeout: 15 * time.Second}).DialContext, TLSHandshakeTimeout: 15 * time.Second,
			ResponseHeaderTimeout: time.Minute, IdleConnTimeout: time.Minute, MaxIdleConnsPerHost: BucketWidth, DisableCompression: true,
		},
	})
	if err != nil {
		return nil, Errorf("write it as in docs/publishing.md", "the store %s cannot be used: %v", endpoint.Host, err)
	}
	return &Bucket{client, endpoint.Host, u.Host, strings.Trim(u.Path, "/")}, nil
}

// path returns where an object is in the bucket.
func (b *Bucket) path(name string) string {
	if b.folder == "" {
		return name
	}
	return b.folder + "/" + name
}

// Get returns an object of at most limit bytes, and its version. The error is
// fs.ErrNotExist if there is none.
func (b *Bucket) Get(ctx context.Context, name string, limit int64) (data []byte, version string, err error) {
	object, err := b.client.GetObject(ctx, b.bucket, b.path(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, "", b.explain(ctx, err)
	}
	defer object.Close()
	if data, err = ReadLimited(object, limit); err != nil {
		return nil, "", b.explain(ctx, err)
	}
	about, err := object.Stat()
	return data, about.ETag, b.explain(ctx, err)
}

// Put writes an object with its MD5 sum, which the store compares. Without a SHA-256 sum
// the client sends the bytes as they are; with it, and without TLS, it sends them in signed
// chunks, which some stores do not understand.
func (b *Bucket) Put(ctx context.Context, name string, from io.Reader, size int64, mediaType, cache string) error {
	_, err := b.client.PutObject(ctx, b.bucket, b.path(name), from, size, minio.PutObjectOptions{
		ContentType: mediaType, CacheControl: cache, SendContentMd5: true, DisableContentSha256: true,
	})
	return b.explain(ctx, err)
}

// PutIf replaces a version of an object, or makes the object if version is "". The error
// is [ErrChanged] if another version is there.
func (b *Bucket) PutIf(ctx context.Context, name, version string, data []byte) error {
	opt := minio.PutObjectOptions{
		ContentType: "application/json", CacheControl: "no-store", SendContentMd5: true, DisableContentSha256: true,
	}
	if version == "" {
		opt.SetMatchETagExcept("*")
	} else {
		opt.SetMatchETag(version)
	}
	_, err := b.client.PutObject(ctx, b.bucket, b.path(name), bytes.NewReader(data), int64(len(data)), opt)
	return b.explain(ctx, err)
}

// Remove removes an object, if it exists.
func (b *Bucket) Remove(ctx context.Context, name string) error {
	return b.explain(ctx, b.client.RemoveObject(ctx, b.bucket, b.path(name), minio.RemoveObjectOptions{}))
}

// Existing returns which of these objects exist. If there are many, it lists the folder,
// which answers for a thousand at a time.
func (b *Bucket) Existing(ctx context.Context, names []string) (map[string]bool, error) {
	existing := map[string]bool{}
	if len(names) >= BucketWidth {
		prefix := b.path("")
		for object := range b.client.ListObjectsIter(ctx, b.bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
			if object.Err != nil {
				return nil, b.explain(ctx, object.Err)
			}
			existing[strings.TrimPrefix(object.Key, prefix)] = true
		}
		return existing, nil
	}
	var mu sync.Mutex
	var wait sync.WaitGroup
	var failed error
	for _, name := range names {
		wait.Go(func() {
			_, err := b.client.StatObject(ctx, b.bucket, b.path(name), minio.StatObjectOptions{})
			err = b.explain(ctx, err)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				existing[name] = true
			} else if !errors.Is(err, fs.ErrNotExist) {
				failed = err
			}
		})
	}
	wait.Wait()
	return existing, failed
}

// Copy copies an object.
func (b *Bucket) Copy(ctx context.Context, from, to string) error {
	_, err := b.client.CopyObject(ctx, minio.CopyDestOptions{Bucket: b.bucket, Object: b.path(to)},
		minio.CopySrcOptions{Bucket: b.bucket, Object: b.path(from)})
	return b.explain(ctx, err)
}

// explain turns an error of the client into one for the user.
func (b *Bucket) explain(ctx context.Context, err error) error {
	var answer minio.ErrorResponse
	if errors.As(err, &answer) {
		return explainAnswer(b.endpoint, answer.StatusCode, answer.Code, answer.Message)
	}
	return NetworkError(ctx, "reach the store at "+b.endpoint, "see whether endpoint is right in content/site.yml", err)
}
