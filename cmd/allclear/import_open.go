package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/record"
	"allclear/cmd/allclear/internal/rootfs"
	"allclear/generator/diag"
	"allclear/generator/importer"
)

// open returns the files to read: a folder, a file, standard input, or what was recorded
// of an address, of which some may be missing. done releases them.
func (f importFlags) open(ctx context.Context, tool, from string) (files fs.FS, missing []importer.Problem, done func(), err error) {
	if strings.HasPrefix(from, "https://") || strings.HasPrefix(from, "http://") {
		return f.download(ctx, tool, from)
	}
	files, done, err = f.openFiles(tool, from)
	return files, nil, done, err
}

// openFiles is open for what is no address.
func (f importFlags) openFiles(tool, from string) (files fs.FS, done func(), err error) {
	nothing := func() {}
	if from == "-" {
		data, err := io.ReadAll(io.LimitReader(os.Stdin, 256<<20+1))
		if err != nil {
			return nil, nothing, errorf("", "cannot read standard input: %s", reason(err))
		}
		return importer.NewOverlay(nil, []importer.File{{Path: "standard-input" + extension(tool), Data: data}}), nothing, nil
	}
	info, err := os.Stat(from)
	if err != nil {
		hint := "name the folder or file that " + tool + " keeps or exports; docs/moving.md says which"
		if tool == "statuspage" && strings.Contains(from, ".") && !strings.HasPrefix(from, ".") {
			hint = "if it is the address of a page, write https://" + strings.TrimPrefix(from, "//")
		}
		return nil, nothing, errorf(hint, "cannot open %s: %s", from, reason(err))
	}
	dir, name := from, ""
	if !info.IsDir() {
		dir, name = filepath.Dir(from), filepath.Base(from)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nothing, errorf("", "cannot open %s: %s", from, reason(err))
	}
	if name == "" {
		return rootfs.FS(root), func() { root.Close() }, nil
	}
	defer root.Close()
	data, err := fs.ReadFile(rootfs.FS(root), name)
	if err != nil {
		return nil, nothing, errorf("", "cannot read %s: %s", from, reason(err))
	}
	return importer.NewOverlay(nil, []importer.File{{Path: name, Data: data}}), nothing, nil
}

// extension returns that of the files a tool exports, for standard input.
func extension(tool string) string {
	switch tool {
	case "gatus", "stactus":
		return ".yaml"
	case "cstate", "statusfy":
		return ".md"
	}
	return ".json"
}

// download records a page into a folder and opens that.
func (f importFlags) download(ctx context.Context, tool, address string) (fs.FS, []importer.Problem, func(), error) {
	nothing := func() {}
	if tool != "statuspage" {
		return nil, nil, nothing, usageErrorf("docs/moving.md has the command that downloads what to import",
			"only pages of Statuspage can be imported from their address")
	}
	dir, err := f.recordFolder(address)
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err != nil {
		return nil, nil, nothing, errorf("name another folder with --record", "cannot create the folder for the recording: %s", reason(err))
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, nothing, errorf("name another folder with --record", "cannot open %s: %s", dir, reason(err))
	}
	terminal := isTerminal(os.Stderr)
	clearLine := func() {
		if terminal {
			fmt.Fprint(os.Stderr, "\r\x1b[K")
		}
	}
	missing, err := record.Statuspage(ctx, address, record.Options{Root: root, Agent: "allclear/" + version() + " import", Now: time.Now,
		Notice: func(format string, args ...any) {
			clearLine()
			fmt.Fprintln(os.Stderr, diag.Printable(fmt.Sprintf(format, args...)))
		},
		Done: func(files, of int) {
			switch {
			case terminal && of > 0:
				fmt.Fprintf(os.Stderr, "\r\x1b[Krecorded %d of %d entries", files, of)
			case terminal:
				fmt.Fprintf(os.Stderr, "\r\x1b[Krecorded %d pages of the history", files)
			}
		}})
	clearLine()
	if err != nil {
		root.Close()
		if ctx.Err() != nil {
			return nil, nil, nothing, ctx.Err()
		}
		hint := ""
		if errors.Is(err, record.ErrNoPage) {
			hint = "give the address of the page itself, without /history or another path behind it"
		}
		return nil, nil, nothing, errorf(hint, "%s", err)
	}
	fmt.Fprintf(os.Stderr, "recorded in %s\n", diag.Printable(dir))
	return rootfs.FS(root), missing, func() { root.Close() }, nil
}
