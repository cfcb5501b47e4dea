package remote

import (
	"cmp"
	"io/fs"
	"strconv"
	"strings"
)

// explainAnswer turns the error that a store answers with into one for the user.
func explainAnswer(endpoint string, status int, code, message string) error {
	switch code {
	case "NoSuchKey":
		return fs.ErrNotExist
	case "PreconditionFailed", "ConditionalRequestConflict":
		return ErrChanged
	}
	if strings.Contains(message, "<") || strings.HasPrefix(code, strconv.Itoa(status)) {
		return Errorf("see whether endpoint is right in content/site.yml: a web server is there, but perhaps no store",
			"%s does not answer as a store: status %d", endpoint, status)
	}
	reason := strings.TrimSuffix(cmp.Or(message, "no reason"), ".")
	return Errorf(s3Hints[code], "the store answers: %s (%s)", reason, code)
}

const (
	s3KeyHint    = "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and whether the key belongs to this store"
	s3RightsHint = "the key needs permission to list this bucket, and to get, put and delete its objects"
	s3RegionHint = "add the bucket's region to its address: ?region=eu-central-1"
	s3BusyHint   = "the store is busy; publish again in a minute"
	s3FullHint   = "make room in the store, or raise its quota; then publish again"
)

// s3Hints say what to do about the errors of stores
// (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; those with XMinio
// are MinIO's).
var s3Hints = map[string]string{
	"NoSuchBucket":      "create the bucket, or correct its name or the endpoint in content/site.yml",
	"InvalidBucketName": "correct the bucket's name in content/site.yml",

	"AccessDenied": s3RightsHint, "AllAccessDisabled": s3RightsHint, "Forbidden": s3RightsHint,

	"InvalidAccessKeyId": s3KeyHint, "SignatureDoesNotMatch": s3KeyHint, "InvalidToken": s3KeyHint,
	"ExpiredToken": "get a new key: AWS_SESSION_TOKEN belongs to one whose time is over",

	"PermanentRedirect": s3RegionHint, "AuthorizationHeaderMalformed": s3RegionHint, "InvalidRegion": s3RegionHint,
	"IllegalLocationConstraintException": s3RegionHint,

	"RequestTimeTooSkewed": "set this machine's clock: the store takes no requests from a clock that is minutes off",

	"SlowDown": s3BusyHint, "ServiceUnavailable": s3BusyHint, "InternalError": s3BusyHint, "XMinioServerNotInitialized": s3BusyHint,

	"QuotaExceeded": s3FullHint, "XMinioStorageFull": s3FullHint, "XMinioAdminBucketQuotaExceeded": s3FullHint,
}
