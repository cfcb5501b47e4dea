package site

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"allclear/generator/diag"
)

// IDLength is the number of characters of an id in the Statuspage API.
const IDLength = 12

// idCount is how many ids of IDLength digits in base 36 there are: 36 to the power of
// IDLength.
const idCount = 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36

// DerivedID returns the API's id for something without an id of its own: the last
// IDLength digits of the SHA-256 of its kind and name in base 36. The same name
// always gives the same id.
func DerivedID(kind, name string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + name))
	var last uint64
	for word := range slices.Chunk(sum[:], 8) {
		_, last = bits.Div64(last, binary.BigEndian.Uint64(word), idCount)
	}
	digits := strconv.FormatUint(last, 36)
	return "000000000000"[len(digits):] + digits
}

// APIID returns the entry's id in the Statuspage API: its id key, or the derived one.
func (e *Entry) APIID() string { return cmp.Or(e.ID, DerivedID(e.Kind.String(), e.Slug)) }

// APIID returns the component's id in the Statuspage API: its api_id key, or else its own
// id if that has the form of one, or the derived one.
func (c *Component) APIID() string { return cmp.Or(c.OwnID.ID, statuspageID("component", c.ID)) }

// APIID returns the group's id in the Statuspage API, as Component.APIID. Only an id that
// the operator wrote can be one that Statuspage gave, so an id made from the group's name
// is never used as it is.
func (g *Group) APIID() string {
	if g.Named {
		return cmp.Or(g.OwnID.ID, statuspageID("group", g.ID))
	}
	return cmp.Or(g.OwnID.ID, DerivedID("group", g.ID))
}

// statuspageID returns an id of the form of Statuspage's (12 lower-case letters and
// digits) as it is, so that a site that moves keeps the ids that clients know. For any
// other id it returns the derived one.
func statuspageID(kind, id string) string {
	if len(id) != IDLength || strings.ContainsFunc(id, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
		return DerivedID(kind, id)
	}
	return id
}

// checkComponentIDs reports an api_id that is also the API's id of another component or
// group.
func (s *Site) checkComponentIDs(list *diag.List) {
	if !s.someOwnID() {
		return
	}
	taken := map[string]string{} // who has an id, in lower case
	own := func(ref Ref, id, who string) {
		key := strings.ToLower(id)
		if other, exists := taken[key]; exists && ref.ID != "" {
			list.Error(ref.Pos, "duplicate-id", "give each component and group an api_id of its own", "the id %q belongs to %s", id, other)
		}
		taken[key] = who
	}
	for _, written := range []bool{false, true} {
		for i := range s.Groups {
			if g := &s.Groups[i]; (g.OwnID.ID != "") == written {
				own(g.OwnID, g.APIID(), "group "+g.ID)
			}
		}
		for i := range s.Components {
			if c := &s.Components[i]; (c.OwnID.ID != "") == written {
				own(c.OwnID, c.APIID(), "component "+c.ID)
			}
		}
	}
}

// someOwnID reports whether any component or group has an api_id.
func (s *Site) someOwnID() bool {
	return slices.ContainsFunc(s.Groups, func(g Group) bool { return g.OwnID.ID != "" }) ||
		slices.ContainsFunc(s.Components, func(c Component) bool { return c.OwnID.ID != "" })
}

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
