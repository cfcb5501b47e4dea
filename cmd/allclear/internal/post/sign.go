package post

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"allclear/generator/news"
)

// sign adds the headers with which a receiver recognizes a message: Standard Webhooks 1.0,
// a signature v1, which is HMAC-SHA256 over the id, the instant and the body.
func (c *channel) sign(header http.Header, m news.Message, now time.Time) *failure {
	var signatures []string
	at := strconv.FormatInt(now.Unix(), 10)
	// Several secrets with spaces between them sign a message each, so that a receiver can
	// change from one to the other.
	for secret := range strings.FieldsSeq(c.Secret) {
		encoded, marked := strings.CutPrefix(secret, "whsec_")
		key, err := base64.StdEncoding.DecodeString(encoded)
		if !marked || err != nil || len(key) < 24 || len(key) > 64 {
			return &failure{all: true, message: "its secret is not one of Standard Webhooks",
				hint: `make one of 24 to 64 random bytes: echo "whsec_$(openssl rand -base64 32)"`}
		}
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(m.Key + "." + at + "."))
		mac.Write(m.Body)
		signatures = append(signatures, "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	}
	header.Set("webhook-id", m.Key)
	header.Set("webhook-timestamp", at)
	header.Set("webhook-signature", strings.Join(signatures, " "))
	return nil
}
