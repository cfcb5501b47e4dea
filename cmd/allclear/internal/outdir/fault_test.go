//go:build linux

package outdir

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

func TestFaultyTimingOfSixBuildsLeavesOneWholeSite(t *testing.T) {
	p := newVariants(t)
	p.variant(0)
	other := t.TempDir()
	if err := os.CopyFS(filepath.Join(other, "content"), os.DirFS(filepath.Join(p.site, "content"))); err != nil {
		t.Fatal(err)
	}
	p.variant(1)
	var running []*exec.Cmd
	for n := range 6 {
		cmd := p.build("--out", p.out)
		if n%2 == 0 {
			cmd = p.build("--source", other, "--out", p.out)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running = append(running, cmd)
	}
	for _, cmd := range running {
		if err := cmd.Wait(); err != nil {
			t.Errorf("%v", err)
		}
	}
	if p.whole("six builds at once") {
		t.Error("files of both variants are there")
	}
}

// A limit on open files makes opening any file fail.
func TestFaultyOpensChangeNothingOrAll(t *testing.T) {
	p := newVariants(t)
	p.variant(0)
	p.must(p.build())
	p.variant(1)
	failures := 0
	for files := 4; files <= 16; files++ {
		cmd := p.build()
		cmd.Args = append([]string{"sh", "-c", fmt.Sprintf(`ulimit -n %d && exec "$@"`, files), "sh"}, cmd.Args...)
		cmd.Path = must(exec.LookPath("sh"))
		if output, err := cmd.CombinedOutput(); err != nil {
			failures++
			if !bytes.Contains(output, []byte("allclear: ")) && !bytes.Contains(output, []byte("runtime")) {
				t.Errorf("%d files: no message, but %q", files, output)
			}
		}
		if p.whole(fmt.Sprintf("%d files", files)) {
			t.Errorf("%d files: half a site", files)
		}
	}
	if failures == 0 {
		t.Error("no build failed")
	}
	p.must(p.build())
	p.is(1, "with files enough")
}

func TestFaultyDiskThatIsFullLeavesTheLastGoodSite(t *testing.T) {
	p := newVariants(t)
	p.out = filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(p.out, 0o755); err != nil {
		t.Fatal(err)
	}
	p.variant(0)
	size := 0
	for _, data := range p.trees[0] {
		size += (len(data) + 4095) / 4096 * 4096
	}
	if err := mountDisk(p.out, size+size/3); err != nil {
		t.Skipf("a small disk needs the right to mount one: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(p.out, 0) })
	p.must(p.build("--out", p.out))
	p.is(0, "the first build")
	p.variant(1)
	output, err := p.build("--out", p.out).CombinedOutput()
	if err == nil || !bytes.Contains(output, []byte("no space left on device")) {
		t.Errorf("on a full disk: %v, %s", err, output)
	}
	p.is(0, "a full disk")
}

func TestFaultyPermissionsLeaveTheFolderAlone(t *testing.T) {
	p := newVariants(t)
	p.variant(0)
	p.must(p.build())
	p.variant(1)
	cmd := p.build()
	if os.Geteuid() == 0 {
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		cmd.Dir = "/"
	} else {
		os.Chmod(p.out, 0o555)
		defer os.Chmod(p.out, 0o755)
	}
	output, err := cmd.CombinedOutput()
	if err == nil || !bytes.Contains(output, []byte("permission denied")) {
		t.Errorf("got %v, %s", err, output)
	}
	os.Chmod(p.out, 0o755)
	p.is(0, "a folder that may not be written to")
}

func TestFaultyAssumptionsOfOneFileSystemAreNotMade(t *testing.T) {
	p := newVariants(t)
	shared, err := os.MkdirTemp("/dev/shm", "allclear-test-")
	if err != nil {
		t.Skipf("there is no other file system here: %v", err)
	}
	t.Cleanup(func() { os.RemoveAll(shared) })
	p.out = filepath.Join(shared, "public")
	for v := range p.trees {
		p.variant(v)
		p.must(p.build("--out", p.out))
		p.is(v, "another file system")
	}
}

// mountDisk mounts a file system of the given size in bytes at a folder.
func mountDisk(dir string, size int) error {
	return syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size))
}
