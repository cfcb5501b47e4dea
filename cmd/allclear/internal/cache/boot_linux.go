package cache

import (
	"os"
	"strings"
)

// bootID returns an id that changes whenever the machine restarts, or "" if it is
// unknown.
func bootID() string {
	id, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	return strings.TrimSpace(string(id))
}
