package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// ledgerLimit is more bytes than a list of a million files has.
const ledgerLimit = 256 << 20

// findLedger reads the list of a folder. Where it is damaged, what the last build is
// remembered to have left takes its place. lost means that nothing is remembered
// either: nobody knows which files in the folder builds wrote.
func findLedger(root *os.Root, dir string, known record) (before ledger, lost bool, err error) {
	list, wrong, err := readLedger(root, dir)
	if err != nil || wrong == "" {
		return list, false, err
	}
	if wrong == notThere && !signed(root) {
		return ledger{}, false, nil // a folder that no build wrote into
	}
	name := filepath.Join(dir, ledgerName)
	if len(known) > 0 {
		fmt.Fprintf(os.Stderr, "%s, the list of what builds wrote, is damaged (%s): this build writes a new one, from what the last build remembers\n", name, wrong)
		return known.ledger(), false, nil
	}
	fmt.Fprintf(os.Stderr, "%s, the list of what builds wrote, is damaged (%s): this build writes a new one, from what it finds\n"+
		"hint: old pages may be left behind; to remove them, empty %s and build again\n", name, wrong, dir)
	return ledger{}, true, nil
}

const notThere = "it is missing"

// readLedger reads a list, and says in a few words what is wrong with it.
func readLedger(root *os.Root, dir string) (l ledger, wrong string, err error) {
	info, err := root.Lstat(ledgerName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, notThere, nil
	case err != nil:
		return nil, "", failed("", "cannot read the list of files in %s: %s", dir, reason(err))
	case info.IsDir():
		return nil, "it is a folder", nil
	case !info.Mode().IsRegular():
		return nil, "", failed("delete it and build again", "%s is not an ordinary file", filepath.Join(dir, ledgerName))
	case info.Size() > ledgerLimit:
		return nil, "it is far too large", nil
	}
	f, err := openOrdinary(root, ledgerName)
	if err != nil {
		return nil, "", failed("", "cannot read the list of files in %s: %s", dir, reason(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, ledgerLimit))
	if err != nil {
		return nil, "", failed("", "cannot read the list of files in %s: %s", dir, reason(err))
	}
	l, wrong = decodeLedger(text)
	return l, wrong, nil
}

// signed reports whether a folder holds a build.json as allclear writes it: whoever
// copied the site without its hidden files left our list behind.
func signed(root *os.Root) bool {
	f, err := openOrdinary(root, "build.json")
	if err != nil {
		return false
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 1<<16))
	var said struct {
		Build   string    `json:"build"`
		Version string    `json:"version"`
		BuiltAt time.Time `json:"built_at"`
	}
	return err == nil && json.Unmarshal(text, &said) == nil && said.Build != "" && said.Version != "" && !said.BuiltAt.IsZero()
}
