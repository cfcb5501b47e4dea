package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// ledgerName is the file in an output folder that lists what builds wrote there.
const ledgerName = ".allclear"

// A list begins with a sentence for people, and ends with a line that shows
// whether it is whole. The lists of older versions have no such end.
const (
	ledgerHead    = "# Written by allclear build, which removes only the files that it lists here. Do not edit it.\n"
	ledgerOldHead = "# Written by allclear build, which removes only the files that it lists here.\n"
	ledgerEnd     = "# whole: "
)

// ledger is what builds wrote into a folder: by path, the SHA-256 sums of the
// bytes. There are two sums while a file is being replaced.
type ledger map[string][][sha256.Size]byte

func (l ledger) has(name string) bool { return len(l[name]) > 0 }

// wrote reports whether a build wrote these very bytes.
func (l ledger) wrote(name string, sum [sha256.Size]byte) bool {
	return slices.Contains(l[name], sum)
}

// only reports whether these bytes, and no others, are what builds wrote there.
func (l ledger) only(name string, sum [sha256.Size]byte) bool {
	return len(l[name]) == 1 && l[name][0] == sum
}

func (l ledger) add(name string, sum [sha256.Size]byte) {
	if !l.wrote(name, sum) {
		l[name] = append(l[name], sum)
	}
}

// with is everything that either of two ledgers lists.
func (l ledger) with(other ledger) ledger {
	if len(l) == 0 {
		return other
	}
	both := ledger{}
	for _, part := range []ledger{l, other} {
		for name, sums := range part {
			for _, sum := range sums {
				both.add(name, sum)
			}
		}
	}
	return both
}

// encode writes a line for each path and sum, sorted.
func (l ledger) encode() []byte {
	out := bytes.NewBufferString(ledgerHead)
	for _, name := range slices.Sorted(maps.Keys(l)) {
		for _, sum := range l[name] {
			out.WriteString(hex.EncodeToString(sum[:]) + "  " + name + "\n")
		}
	}
	fmt.Fprintf(out, "%s%x\n", ledgerEnd, sha256.Sum256(out.Bytes()))
	return out.Bytes()
}

// decodeLedger reads a list. What is wrong with one that is not whole is said in a
// few words, and then nothing of it counts: a list that was cut short or edited
// would have us forget files, or remove somebody else's.
func decodeLedger(text []byte) (l ledger, wrong string) {
	if len(text) == 0 {
		return nil, "it is empty"
	}
	if body, old := bytes.CutPrefix(text, []byte(ledgerOldHead)); old {
		return decodeLines(body)
	}
	body, ok := bytes.CutPrefix(text, []byte(ledgerHead))
	if !ok {
		return nil, "it is not what a build wrote"
	}
	at := bytes.LastIndex(text, []byte(ledgerEnd))
	if at < 0 || !bytes.HasSuffix(text, []byte("\n")) {
		return nil, "its end is missing"
	}
	if string(text[at:]) != fmt.Sprintf("%s%x\n", ledgerEnd, sha256.Sum256(text[:at])) {
		return nil, "it was changed after a build wrote it"
	}
	return decodeLines(body[:at-len(ledgerHead)])
}

func decodeLines(text []byte) (l ledger, wrong string) {
	l = ledger{}
	for line := range strings.Lines(string(text)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		raw, bad := hex.DecodeString(sum)
		if !ok || bad != nil || len(raw) != sha256.Size || !fs.ValidPath(name) || !strings.HasSuffix(line, "\n") {
			return nil, "it has a line that no build wrote"
		}
		if !keptByOthers(name) {
			l.add(name, [sha256.Size]byte(raw))
		}
	}
	return l, ""
}

// keptByOthers reports whether a path lies where version control keeps its own
// files. A build never writes there, and so never removes anything there.
func keptByOthers(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if slices.Contains([]string{".git", ".hg", ".svn", ".jj", ".bzr"}, strings.ToLower(part)) {
			return true
		}
	}
	return false
}
