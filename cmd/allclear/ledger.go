package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
)

// ledgerName is the file in an output folder that lists what builds wrote there.
const ledgerName = ".allclear"

const ledgerHead = "# Written by allclear build, which removes only the files that it lists here.\n"

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
	return out.Bytes()
}

// readLedger reads the list of a folder, which is empty where there is none. A
// line that no build wrote is passed over.
func readLedger(root *os.Root) (ledger, error) {
	l := ledger{}
	data, err := root.ReadFile(ledgerName)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	for line := range strings.Lines(string(data)) {
		sum, name, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "  ")
		raw, bad := hex.DecodeString(sum)
		if ok && bad == nil && len(raw) == sha256.Size && fs.ValidPath(name) {
			l.add(name, [sha256.Size]byte(raw))
		}
	}
	return l, err
}
