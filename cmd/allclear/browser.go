package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
)

// openBrowser opens an address in the default browser. It prints an error if it cannot.
func openBrowser(address string) {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		fmt.Fprintf(os.Stderr, "cannot open a browser: %v\n", err)
		return
	}
	go cmd.Wait()
}
