package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// newRun returns the id of a run: this machine, the process, and a random text.
func newRun(random string) string {
	return machine() + "-" + strconv.Itoa(os.Getpid()) + "-" + random
}

// machine returns an id of this machine since it was started, and of the container in it.
// Processes of other machines have other ids.
func machine() string {
	name, _ := os.Hostname()
	boot, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	space, _ := os.Readlink("/proc/self/ns/pid")
	sum := sha256.Sum256([]byte(name + "\n" + string(boot) + "\n" + space))
	return hex.EncodeToString(sum[:4])
}

// alive reports whether a run may still be going on. It is false only if the run was a
// process of this machine that has ended.
func alive(run string) bool {
	parts := strings.Split(run, "-")
	if len(parts) != 3 || parts[0] != machine() {
		return true
	}
	pid, err := strconv.Atoi(parts[1])
	if err != nil {
		return true
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	return !errors.Is(process.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
