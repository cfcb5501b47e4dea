//go:build linux && amd64

package outdir

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"testing"
)

// These tests trace a build as a debugger does: it stops before each system call, and
// the test can kill it there or make the call fail. Calls of all threads are counted.

// Options and flags of ptrace(2) and wait4(2) that package syscall does not define.
const (
	exitKill    = 0x100000   // PTRACE_O_EXITKILL
	ownChildren = 0x60000000 // __WALL | __WNOTHREAD
	callStop    = syscall.SIGTRAP | 0x80
)

// changing reports whether a system call can change what is on the disk.
func changing(r *syscall.PtraceRegs) bool {
	switch r.Orig_rax {
	case syscall.SYS_OPENAT:
		return r.Rdx&(syscall.O_WRONLY|syscall.O_RDWR|syscall.O_CREAT) != 0
	case syscall.SYS_WRITE:
		return r.Rdi > 2
	}
	return slices.Contains([]uint64{syscall.SYS_RENAMEAT, sysRenameat2, syscall.SYS_UNLINKAT, syscall.SYS_MKDIRAT, syscall.SYS_PWRITE64,
		syscall.SYS_FCHMOD, syscall.SYS_FCHMODAT, syscall.SYS_FTRUNCATE, syscall.SYS_LINKAT, syscall.SYS_SYMLINKAT, syscall.SYS_UTIMENSAT},
		r.Orig_rax)
}

const (
	sysRenameat2 = 316
	sysSyncfs    = 306
)

// touching reports whether a system call concerns files.
func touching(r *syscall.PtraceRegs) bool {
	switch r.Orig_rax {
	case syscall.SYS_READ, syscall.SYS_CLOSE, syscall.SYS_FSTAT:
		return r.Rdi > 2
	}
	return changing(r) || slices.Contains([]uint64{syscall.SYS_OPENAT, syscall.SYS_NEWFSTATAT, syscall.SYS_GETDENTS64,
		syscall.SYS_READLINKAT,
		syscall.SYS_PREAD64, syscall.SYS_FLOCK, syscall.SYS_FSYNC, sysSyncfs}, r.Orig_rax)
}

// interruption says how to interrupt a build at the call with the number at, among the
// calls that picks selects: kill it or, if fail is not zero, let the call fail with that
// error.
type interruption struct {
	picks func(*syscall.PtraceRegs) bool
	at    int
	fail  syscall.Errno
}

// interrupted is the result of an interrupted build.
type interrupted struct {
	calls  int // how many it made
	status syscall.WaitStatus
	said   string
}

// interrupt runs a build and interrupts it. It skips the test if programs may not be
// traced.
func (p *variants) interrupt(i interruption) interrupted {
	p.Helper()
	runtime.LockOSThread() // only the thread that starts a program can trace it
	defer runtime.UnlockOSThread()
	said := must(os.Create(filepath.Join(p.TempDir(), "said")))
	defer said.Close()
	cmd := p.build()
	cmd.Stdout, cmd.Stderr = said, said
	cmd.SysProcAttr = &syscall.SysProcAttr{Ptrace: true}
	if err := cmd.Start(); err != nil {
		p.Skipf("programs may not be traced here: %v", err)
	}
	t := tracer{T: p.T, interruption: i, pid: cmd.Process.Pid, inside: map[int]bool{}}
	t.ended.status = t.run()
	cmd.Process.Release()
	t.ended.said = string(must(os.ReadFile(said.Name())))
	return t.ended
}

type tracer struct {
	*testing.T
	interruption
	pid     int
	inside  map[int]bool // threads in a system call
	failing int          // the thread whose call must fail
	ended   interrupted
}

// run continues the build from call to call until it has ended.
func (t *tracer) run() syscall.WaitStatus {
	t.Helper()
	var status syscall.WaitStatus
	for begun := false; ; {
		thread, err := syscall.Wait4(-1, &status, ownChildren, nil)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			t.Fatalf("the build is lost: %v", err)
		}
		if !status.Stopped() {
			if thread == t.pid {
				return status
			}
			continue
		}
		if !begun {
			begun = true
			if err := syscall.PtraceSetOptions(t.pid, syscall.PTRACE_O_TRACESYSGOOD|syscall.PTRACE_O_TRACECLONE|exitKill); err != nil {
				t.Fatal(err)
			}
		}
		pass := 0
		switch sig := status.StopSignal(); sig {
		case callStop:
			t.call(thread)
		case syscall.SIGTRAP, syscall.SIGSTOP: // a new thread
		default:
			pass = int(sig)
		}
		syscall.PtraceSyscall(thread, pass) // fails if the thread was killed
	}
}

// call handles a thread that is about to make a system call, or has just made one.
func (t *tracer) call(thread int) {
	var regs syscall.PtraceRegs
	t.inside[thread] = !t.inside[thread]
	if syscall.PtraceGetRegs(thread, &regs) != nil {
		return // killed
	}
	switch {
	case !t.inside[thread] && t.failing == thread:
		t.failing = 0
		regs.Rax = uint64(-int64(t.fail))
		syscall.PtraceSetRegs(thread, &regs)
	case t.inside[thread] && t.picks(&regs):
		t.ended.calls++
		if t.ended.calls != t.at {
			return
		}
		if t.fail == 0 {
			syscall.Kill(t.pid, syscall.SIGKILL)
			return
		}
		t.failing = thread
		regs.Orig_rax = ^uint64(0) // skip the call
		syscall.PtraceSetRegs(thread, &regs)
	}
}
