package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// settling is held by whoever has something to put away before the program may
// end: files on their way into place, a listening port. It watches its context
// to hear that the program is to end.
var settling sync.Mutex

// endOnSignal ends the program at SIGINT or SIGTERM, at once unless somebody is
// settling, with the exit code by which shells know a signal. The context that
// it returns is done from the signal on.
func endOnSignal(parent context.Context) context.Context {
	ctx, cancel := context.WithCancel(parent)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		s := <-signals
		cancel()
		settling.Lock()
		os.Exit(exitCode(s))
	}()
	return ctx
}

func exitCode(s os.Signal) int {
	if number, ok := s.(syscall.Signal); ok {
		return 128 + int(number)
	}
	return exitFailed
}
