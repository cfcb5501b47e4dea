package site

import (
	"cmp"
	"crypto/sha256"
	"math/big"
	"strings"

	"allclear/generator/diag"
)

// IDLength is the number of characters of an id in the Statuspage API.
const IDLength = 12

// DerivedID returns the API's id for something without an id of its own: the first
// IDLength characters of the SHA-256 of its kind and name in base 36. The same name
// always gives the same id.
func DerivedID(kind, name string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + name))
	digits := new(big.Int).SetBytes(sum[:]).Text(36)
	return (strings.Repeat("0", IDLength) + digits)[len(digits):]
}

// APIID returns the entry's id in the Statuspage API: its id key, or the derived one.
func (e *Entry) APIID() string { return cmp.Or(e.ID, DerivedID(e.Kind.String(), e.Slug)) }

// checkIDs reports entries with the same id in the API or the same address. An entry is
// also at incidents/ID/, where the page of an incident with that slug may be. Ids that
// differ only by case count as equal, since they are one address on many disks.
func (s *Site) checkIDs(list *diag.List) {
	if !s.someID() {
		return
	}
	taken := make(map[string]*Entry, 2*len(s.Entries))
	for i := range s.Entries {
		e := &s.Entries[i]
		if e.Kind == Incident {
			taken[e.Slug] = e
		}
	}
	for i := range s.Entries {
		if e := &s.Entries[i]; e.ID == "" && taken[e.APIID()] == nil {
			taken[e.APIID()] = e
		}
	}
	for i := range s.Entries {
		e := &s.Entries[i]
		if e.ID == "" {
			continue
		}
		id := strings.ToLower(e.ID)
		if other := taken[id]; other != nil && other != e {
			list.Error(e.Pos, "duplicate-id", "give each entry an id of its own", "the id %q belongs to %s", e.ID, other.Pos.File)
		}
		taken[id] = e
	}
}

// someID reports whether any entry has an id key.
func (s *Site) someID() bool {
	for i := range s.Entries {
		if s.Entries[i].ID != "" {
			return true
		}
	}
	return false
}
