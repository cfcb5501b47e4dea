package site_test

import (
	"crypto/sha256"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"allclear/generator/site"
)

// Clients keep the ids of the API, so they must never change: they are the end of a hash in
// base 36.
func TestADerivedIDIsTheEndOfAHash(t *testing.T) {
	for i := range 2000 {
		name := strconv.Itoa(i)
		sum := sha256.Sum256([]byte("incident\x00" + name))
		digits := strings.Repeat("0", site.IDLength) + new(big.Int).SetBytes(sum[:]).Text(36)
		if got, want := site.DerivedID("incident", name), digits[len(digits)-site.IDLength:]; got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	if got := site.DerivedID("incident", "2026-06-20-telephony"); got != "qz450oa1vawr" {
		t.Errorf("got %s", got)
	}
}
