//go:build linux

package outdir

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// These tests simulate power cuts on a file system on a loop device: FS_IOC_SHUTDOWN
// drops everything that has not been written yet, as in the tests of file systems. Then
// the file system is mounted again, and the site on it must be complete.

// disk is a file system in a file.
type disk struct {
	*testing.T
	kind, image, dir string
}

// newDisk mounts a new file system of a kind. It skips the test if the machine does not
// allow that.
func newDisk(t *testing.T, kind string, options ...string) disk {
	t.Helper()
	mkfs, err := exec.LookPath("mkfs." + kind)
	if err != nil {
		mkfs, err = exec.LookPath("/usr/sbin/mkfs." + kind)
	}
	if err != nil {
		t.Skipf("install mkfs.%s to run this test", kind)
	}
	place := t.TempDir()
	d := disk{t, kind, filepath.Join(place, "image"), filepath.Join(place, "disk")}
	for _, err := range []error{os.WriteFile(d.image, nil, 0o600), os.Truncate(d.image, 400<<20), os.Mkdir(d.dir, 0o755)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if said, err := exec.Command(mkfs, append(options, "-q", d.image)...).CombinedOutput(); err != nil {
		t.Fatalf("mkfs.%s: %v\n%s", kind, err, said)
	}
	if said, err := d.mount(); err != nil {
		t.Skipf("a disk needs the right to mount one: %s", said)
	}
	t.Cleanup(func() { exec.Command("umount", d.dir).Run() })
	return d
}

func (d disk) mount() (string, error) {
	said, err := exec.Command("mount", "-o", "loop", d.image, d.dir).CombinedOutput()
	return strings.TrimSpace(string(said)), err
}

// cut simulates a power cut.
func (d disk) cut() {
	d.Helper()
	const shutdown, withoutFlush = 0x8004587d, 2
	f, err := os.Open(d.dir)
	if err != nil {
		d.Fatal(err)
	}
	defer f.Close()
	how := uint32(withoutFlush)
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), shutdown, uintptr(unsafe.Pointer(&how))); errno != 0 {
		d.Skipf("%s cannot be cut off here: %v", d.kind, errno)
	}
}

// again mounts the file system again, as a machine does when it restarts.
func (d disk) again() {
	d.Helper()
	if said, err := exec.Command("umount", d.dir).CombinedOutput(); err != nil {
		d.Fatalf("umount: %s", said)
	}
	if said, err := d.mount(); err != nil {
		d.Fatalf("mount: %s", said)
	}
}

func TestPowerCutsLeaveAWholeSite(t *testing.T) {
	cuts, _ := strconv.Atoi(os.Getenv("ALLCLEAR_CUTS"))
	if cuts == 0 {
		t.Skip("this needs minutes, root and loop devices: .ci/powercut runs it")
	}
	if os.Geteuid() != 0 {
		t.Skip("only root may mount a disk")
	}
	for _, kind := range [][]string{{"xfs"}, {"ext4"}} {
		t.Run(kind[0], func(t *testing.T) { cutPower(t, newDisk(t, kind[0], kind[1:]...), cuts) })
	}
}

// cutPower simulates many power cuts: by turns after a build has ended and another
// program has synced a file, and at any moment of a build.
func cutPower(t *testing.T, d disk, cuts int) {
	p := newVariantsWith(t, 150)
	p.out = filepath.Join(d.dir, "public")
	p.variant(0)
	began := time.Now()
	p.must(p.build("--out", p.out))
	length := time.Since(began)
	r := rand.New(rand.NewPCG(8, 8))
	ended, mixtures, damaged, refused := 0, 0, 0, 0
	for n := 1; n <= cuts; n++ {
		v := n % 2
		p.variant(v)
		list := must(os.ReadFile(filepath.Join(p.out, manifestName)))
		build := p.build("--out", p.out)
		if err := build.Start(); err != nil {
			t.Fatal(err)
		}
		after := n%4 < 2
		var failed error
		if after {
			failed = build.Wait()
			p.elsewhere(d)
		} else {
			p.midway(n%4 == 3, list, time.Duration(r.Int64N(int64(length))))
			p.elsewhere(d)
		}
		d.cut()
		if !after {
			failed = build.Wait()
		}
		d.again()
		when := "cut " + strconv.Itoa(n)
		whole := t.Run(when, func(t *testing.T) {
			p := *p
			p.T = t
			switch {
			case failed == nil:
				ended++
				p.holds(v, "after the build had ended")
			case p.whole("midway"):
				mixtures++
			}
		})
		if !whole {
			damaged++
		}
		if said, err := p.build("--out", p.out).CombinedOutput(); err != nil || strings.Contains(string(said), manifestName) {
			refused++
			t.Errorf("%s: the next build: %v\n%s", when, err, said)
			os.RemoveAll(p.out)
			p.must(p.build("--out", p.out))
		}
		p.is(v, "the build after "+when)
	}
	t.Logf("%s: %d power cuts, %d of them once the build had ended; %d sites damaged, %d refused by the next build; %d were "+
		"mixtures of whole files; "+
		"%d files in a site", d.kind, cuts, ended, damaged, refused, mixtures, len(p.trees[0]))
}

// midway waits for a random moment of a build or, if moving is set, for one at which
// files move, which the manifest shows.
func (p *variants) midway(moving bool, list []byte, wait time.Duration) {
	if !moving {
		time.Sleep(wait)
		return
	}
	for range 20_000 {
		if now, err := os.ReadFile(filepath.Join(p.out, manifestName)); err == nil && !bytes.Equal(now, list) {
			break
		}
		time.Sleep(50 * time.Microsecond)
	}
	time.Sleep(wait % (3 * time.Millisecond))
}

// elsewhere syncs a file of another program. The file system then also writes the
// metadata that it has recorded so far, but not data that it only holds in memory.
func (p *variants) elsewhere(d disk) {
	p.Helper()
	f, err := os.Create(filepath.Join(d.dir, "journal"))
	if err != nil {
		p.Fatal(err)
	}
	defer f.Close()
	f.WriteString(time.Now().String())
	if err := f.Sync(); err != nil {
		p.Fatal(err)
	}
}
