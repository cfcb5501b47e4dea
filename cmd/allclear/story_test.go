package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// sameFolders implements "same A B": both folders contain the same files with the same
// bytes.
func sameFolders(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] same folder folder")
	}
	different := compare(ts, args[0], args[1])
	switch {
	case !neg && len(different) > 0:
		ts.Fatalf("these differ: %s", strings.Join(different, " "))
	case neg && len(different) == 0:
		ts.Fatalf("%s and %s are the same", args[0], args[1])
	}
}

// differingFiles implements "differs A B file...": exactly these files differ. A pattern
// stands for one or more files.
func differingFiles(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: differs folder folder pattern...")
	}
	different := compare(ts, args[0], args[1])
	for _, pattern := range args[2:] {
		rest := slices.DeleteFunc(slices.Clone(different), func(name string) bool {
			ok, err := filepath.Match(pattern, name)
			ts.Check(err)
			return ok
		})
		if len(rest) == len(different) {
			ts.Fatalf("nothing differs that matches %s; left: %s", pattern, strings.Join(different, " "))
		}
		different = rest
	}
	if len(different) > 0 {
		ts.Fatalf("these differ as well: %s", strings.Join(different, " "))
	}
}

func compare(ts *testscript.TestScript, a, b string) []string {
	first, second := readTree(ts, a), readTree(ts, b)
	var different []string
	for name, data := range first {
		if other, ok := second[name]; !ok || !bytes.Equal(data, other) {
			different = append(different, name)
		}
		delete(second, name)
	}
	for name := range second {
		different = append(different, name)
	}
	slices.Sort(different)
	return different
}

func readTree(ts *testscript.TestScript, dir string) map[string][]byte {
	files := map[string][]byte{}
	root := os.DirFS(ts.MkAbs(dir))
	ts.Check(fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(root, name)
		return err
	}))
	if len(files) == 0 {
		ts.Fatalf("%s is empty", dir)
	}
	return files
}

var longAgo = time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)

// ageFile implements "age file...": it sets the modification times to long ago.
func ageFile(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		ts.Check(os.Chtimes(ts.MkAbs(name), longAgo, longAgo))
	}
}

// freshFile implements "[!] fresh file...": the files were written since they were aged.
func freshFile(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		info, err := os.Stat(ts.MkAbs(name))
		ts.Check(err)
		if fresh := !info.ModTime().Equal(longAgo); fresh == neg {
			ts.Fatalf("%s was written at %s", name, info.ModTime())
		}
	}
}

// exitsWith implements "code N program...": the program ends with this exit code. Its
// output is available to stdout and stderr.
func exitsWith(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code number program...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("%s ended with %d, not %s", strings.Join(args[1:], " "), got, args[0])
	}
}
