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
	client *minio.Client
	bucket string
	folder string
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
		token = env.Get("AWS_SESSION_TOKEN")
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
		return nil, s3Error(err)
	}
	return &Bucket{client, u.Host, strings.Trim(u.Path, "/")}, nil
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
		return nil, "", s3Error(err)
	}
	defer object.Close()
	if data, err = ReadLimited(object, limit); err != nil {
		return nil, "", s3Error(err)
	}
	about, err := object.Stat()
	return data, about.ETag, s3Error(err)
}

// Put writes an object with its MD5 sum, which the store compares. Without a SHA-256 sum
// the client sends the bytes as they are; with it, and without TLS, it sends them in signed
// chunks, which some stores do not understand.
func (b *Bucket) Put(ctx context.Context, name string, from io.Reader, size int64, mediaType, cache string) error {
	_, err := b.client.PutObject(ctx, b.bucket, b.path(name), from, size, minio.PutObjectOptions{
		ContentType: mediaType, CacheControl: cache, SendContentMd5: true, DisableContentSha256: true,
	})
	return s3Error(err)
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
	return s3Error(err)
}

// Remove removes an object, if it exists.
func (b *Bucket) Remove(ctx context.Context, name string) error {
	return s3Error(b.client.RemoveObject(ctx, b.bucket, b.path(name), minio.RemoveObjectOptions{}))
}

// s3Error turns an error of the client into one for the user.
func s3Error(err error) error {
	var answer minio.ErrorResponse
	if err == nil || !errors.As(err, &answer) {
		return err
	}
	hint := ""
	switch answer.Code {
	case "NoSuchKey":
		return fs.ErrNotExist
	case "PreconditionFailed", "ConditionalRequestConflict":
		return ErrChanged
	case "NoSuchBucket":
		hint = "create the bucket, or correct its name in content/site.yml"
	case "AccessDenied", "AllAccessDisabled", "Forbidden":
		hint = "the key needs permission to list this bucket, and to get, put and delete its objects"
	case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken":
		hint = "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
	case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException":
		hint = "add the bucket's region to its address: ?region=eu-central-1"
	}
	return Errorf(hint, "the store answers: %s (%s)", strings.TrimSuffix(cmp.Or(answer.Message, "no reason"), "."), answer.Code)
}
