package cache

import (
	"os"
	"strings"
)

// bootID returns what tells this start of the machine from others, or "".
func bootID() string {
	id, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	return strings.TrimSpace(string(id))
}
