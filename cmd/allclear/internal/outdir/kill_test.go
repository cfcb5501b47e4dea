//go:build linux

package outdir

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

func TestKilledBuildsLeaveWholePagesAndTheNextOneHeals(t *testing.T) {
	kills := 8
	if n, err := strconv.Atoi(os.Getenv("ALLCLEAR_KILLS")); err == nil {
		kills = n
	}
	p := newVariants(t)
	p.variant(0)
	began := time.Now()
	p.must(p.build())
	length := time.Since(began)
	p.is(0, "the first build")
	r := rand.New(rand.NewPCG(6, 6))
	killed, mixtures := 0, 0
	for n := 1; n <= kills; n++ {
		v := n % 2
		p.variant(v)
		when, dead := p.kill(n, r, length)
		if dead {
			killed++
		}
		if p.whole(when) {
			mixtures++
		}
		p.must(p.build())
		p.is(v, "the build after "+when)
	}
	if killed == 0 {
		t.Error("no build was killed before it ended")
	}
	t.Logf("%d builds interrupted by SIGKILL of %d, all left whole pages and no dead link; %d were caught between two moves; %d "+
		"healed by the next build", killed, kills, mixtures, kills)
}

// kill starts a build and kills it: at any time, after it has begun to stage files, or
// after it has begun to move them.
func (p *variants) kill(n int, r *rand.Rand, length time.Duration) (when string, dead bool) {
	p.Helper()
	manifest := func() string { data, _ := os.ReadFile(filepath.Join(p.out, manifestName)); return string(data) }
	before := manifest()
	cmd := p.build()
	if err := cmd.Start(); err != nil {
		p.Fatal(err)
	}
	deadline := time.Now().Add(10 * time.Second)
	until := func(come func() bool) {
		for !come() && time.Now().Before(deadline) && syscall.Kill(cmd.Process.Pid, 0) == nil {
			time.Sleep(50 * time.Microsecond)
		}
	}
	wait := time.Duration(r.Int64N(int64(length)))
	switch n % 3 {
	case 1:
		wait /= 8
		until(func() bool { return len(must(filepath.Glob(filepath.Join(p.out, stagingPrefix+"*")))) > 0 })
	case 2:
		wait /= 100
		until(func() bool { return manifest() != before })
	}
	time.Sleep(wait)
	cmd.Process.Kill()
	err := cmd.Wait()
	var exit *exec.ExitError
	return fmt.Sprintf("kill %d after %s", n, wait), errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signaled()
}
