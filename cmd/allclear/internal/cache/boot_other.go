//go:build !linux

package cache

// bootID returns "": this system has no such id.
func bootID() string { return "" }
