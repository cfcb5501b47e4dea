package render

import (
	"bytes"
	"net/url"
	"testing"
)

// Each byte of an old address is written as browsers ask for it. What net/url escapes as
// well means the same to them, and what it does not may stand as it is.
func TestOldAddressesAreEscapedAsBrowsersAskForThem(t *testing.T) {
	for c := range 256 {
		path := "a" + string([]byte{byte(c)}) + "b"
		back, err := url.PathUnescape(escapedPath(path))
		if err != nil || back != path {
			t.Errorf("%q becomes %q, which is %q again (%v)", path, escapedPath(path), back, err)
		}
		plain := c > ' ' && c < 0x7f && !bytes.ContainsRune([]byte("\"#%<>?^`{}"), rune(c))
		if escaped := escapedPath(path) != path; escaped == plain {
			t.Errorf("%q becomes %q", path, escapedPath(path))
		}
	}
	if got := escapedPath("/ü %/x"); got != "/%C3%BC%20%25/x" {
		t.Error(got)
	}
}
