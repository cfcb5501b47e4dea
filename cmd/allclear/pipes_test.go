//go:build linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A pipe in the output folder never blocks a build, whatever its name.
func TestPipesInTheOutputFolderAreRefused(t *testing.T) {
	f := newFolder(t)
	build := func() string {
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
		defer stop()
		out, err := exec.CommandContext(ctx, program(t), "build", "--source", f.dir).CombinedOutput()
		if ctx.Err() != nil {
			t.Fatal("the build hangs")
		}
		if err == nil {
			return ""
		}
		return string(out)
	}
	if said := build(); said != "" {
		t.Fatal(said)
	}
	for _, name := range []string{".allclear", ".allclear-lock", "status.txt", "index.html", "build.json", "assets"} {
		full := filepath.Join(f.dir, "public", name)
		old := full + ".old"
		os.Rename(full, old)
		if err := syscall.Mkfifo(full, 0o644); err != nil {
			t.Skipf("this file system makes no named pipes: set TMPDIR to a folder on one that does (%v)", err)
		}
		said := build()
		if !strings.Contains(said, name+" is not a regular file") && !strings.Contains(said, "in the way") {
			t.Errorf("%s: it says %q", name, said)
		}
		os.Remove(full)
		os.Rename(old, full)
		if said := build(); said != "" {
			t.Errorf("after %s: %s", name, said)
		}
	}
}

// A static file may be larger than the memory: it is copied and compared in parts, and an
// unchanged one is not read again in the output folder.
func TestALargeStaticFileIsNotHeld(t *testing.T) {
	const size = 256 << 20
	f := newFolder(t)
	f.put("content/static/disk.img", "")
	f.must(os.Truncate(filepath.Join(f.dir, "content/static/disk.img"), size))
	for n := range 3 {
		var said bytes.Buffer
		cmd := exec.Command(program(t), "build", "--source", f.dir)
		cmd.Stdout, cmd.Stderr = &said, &said
		f.must(cmd.Start())
		peak := peakMemory(cmd.Process.Pid)
		if err := cmd.Wait(); err != nil {
			t.Fatal(err, said.String())
		}
		held := <-peak
		if held == 0 {
			t.Error("its memory could not be read")
		}
		if held > size*3/4 {
			t.Errorf("build %d held %d MB", n, held>>20)
		}
	}
	if info := must(os.Stat(filepath.Join(f.dir, "public/disk.img"))); info.Size() != size {
		t.Errorf("the file has %d bytes", info.Size())
	}
}

// peakMemory returns the peak memory of a process in bytes, after it has ended. Maxrss of
// a child process is no use: on Linux it includes the memory of the parent at the start
// of the child.
func peakMemory(pid int) <-chan int {
	peak := make(chan int, 1)
	go func() {
		most := 0
		for {
			status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			_, after, found := strings.Cut(string(status), "VmHWM:")
			if err != nil || !found { // ended
				peak <- most
				return
			}
			var kilobytes int
			fmt.Sscan(after, &kilobytes)
			most = max(most, kilobytes<<10)
			time.Sleep(2 * time.Millisecond)
		}
	}()
	return peak
}
