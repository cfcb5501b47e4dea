package deploy

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"allclear/generator/site"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// s3Width is how many objects are uploaded at once.
const s3Width = 32

// s3Tries is how often a request is sent before it fails. Every request may be repeated:
// it replaces or removes a whole object.
const s3Tries = 5

// s3 is a bucket, or a folder in it.
type s3 struct {
	client *minio.Client
	bucket string
	folder string
}

// openS3 opens s3://BUCKET/FOLDER?endpoint=https://HOST&region=REGION. It does not connect
// yet.
func openS3(t site.PublishTarget, env environment) (Target, error) {
	u, err := url.Parse(t.To)
	if err != nil {
		return nil, err
	}
	const what = "the key that may write to the bucket"
	id, err := env.require("AWS_ACCESS_KEY_ID", what)
	if err != nil {
		return nil, err
	}
	secret, err := env.require("AWS_SECRET_ACCESS_KEY", what)
	if err != nil {
		return nil, err
	}
	token := env.get(env.prefix() + "AWS_SESSION_TOKEN")
	if token == "" && env.get(env.prefix()+"AWS_ACCESS_KEY_ID") == "" { // a session belongs to its key
		token = env.get("AWS_SESSION_TOKEN")
	}
	region := cmp.Or(u.Query().Get("region"), env.lookup("AWS_REGION"), "us-east-1")
	endpoint, err := url.Parse(cmp.Or(u.Query().Get("endpoint"), "https://s3."+region+".amazonaws.com"))
	if err != nil {
		return nil, err
	}
	client, err := minio.New(endpoint.Host, &minio.Options{
		Creds: credentials.NewStaticV4(id, secret, token), Secure: endpoint.Scheme == "https", Region: region, MaxRetries: s3Tries,
		Transport: &http.Transport{
			Proxy:       http.ProxyFromEnvironment,
			DialContext: (&net.Dialer{Timeout: 15 * time.Second}).DialContext, TLSHandshakeTimeout: 15 * time.Second,
			ResponseHeaderTimeout: time.Minute, IdleConnTimeout: time.Minute, MaxIdleConnsPerHost: s3Width, DisableCompression: true,
		},
	})
	if err != nil {
		return nil, s3Error(err)
	}
	return &stored{store: &s3{client, u.Host, strings.Trim(u.Path, "/")}, width: s3Width, now: time.Now}, nil
}

func (s *s3) get(ctx context.Context, path string, limit int64) ([]byte, error) {
	object, err := s.client.GetObject(ctx, s.bucket, place(s.folder, path), minio.GetObjectOptions{})
	if err != nil {
		return nil, s3Error(err)
	}
	defer object.Close()
	data, err := readLimited(object, limit)
	return data, s3Error(err)
}

// put uploads a file with its MD5 sum, which the store compares. Without a SHA-256 sum the
// client sends the bytes as they are; with it, and without TLS, it sends them in signed
// chunks, which some stores do not understand.
func (s *s3) put(ctx context.Context, f File, from content) error {
	_, err := s.client.PutObject(ctx, s.bucket, place(s.folder, f.Path), from, f.Size, minio.PutObjectOptions{
		ContentType: f.Type, CacheControl: f.Cache, SendContentMd5: true, DisableContentSha256: true,
	})
	return s3Error(err)
}

func (s *s3) remove(ctx context.Context, path string) error {
	return s3Error(s.client.RemoveObject(ctx, s.bucket, place(s.folder, path), minio.RemoveObjectOptions{}))
}

func (s *s3) close() error { return nil }

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
	case "NoSuchBucket":
		hint = "create the bucket, or correct its name in content/site.yml"
	case "AccessDenied", "AllAccessDisabled", "Forbidden":
		hint = "the key needs permission to list this bucket, and to get, put and delete its objects"
	case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken":
		hint = "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
	case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException":
		hint = "add the bucket's region to its address: ?region=eu-central-1"
	}
	return errorf(hint, "the store answers: %s (%s)", strings.TrimSuffix(cmp.Or(answer.Message, "no reason"), "."), answer.Code)
}
