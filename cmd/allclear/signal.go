package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// holdExit delays the end of the program on SIGINT and SIGTERM while it is locked. A
// build locks it while it moves files. serve locks it for good, and returns when its
// context is done.
var holdExit sync.Mutex

// endOnSignal ends the program on SIGINT or SIGTERM, as soon as holdExit is unlocked,
// with the exit code that shells expect after a signal: 128 plus its number. The context
// that it returns is canceled by the signal.
func endOnSignal(parent context.Context) context.Context {
	ctx, cancel := context.WithCancel(parent)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		s := <-signals
		cancel()
		holdExit.Lock()
		os.Exit(signalExitCode(s))
	}()
	return ctx
}

func signalExitCode(s os.Signal) int {
	if number, ok := s.(syscall.Signal); ok {
		return 128 + int(number)
	}
	return exitFailed
}
