package main

import (
	"fmt"
	"os"
	"sync/atomic"
	"time"
)

// progress tells a person who waits how far the build is.
type progress struct {
	total    int
	rendered atomic.Int64
	stop     chan struct{}
	stopped  chan struct{}
}

func startProgress(total int) *progress {
	p := &progress{total: total, stop: make(chan struct{}), stopped: make(chan struct{})}
	go p.show(isTerminal(os.Stderr))
	return p
}

func (p *progress) step() { p.rendered.Add(1) }

func (p *progress) end() {
	close(p.stop)
	<-p.stopped
}

// show writes a line over itself, from the first second on and on terminals only.
func (p *progress) show(terminal bool) {
	defer close(p.stopped)
	wait, shown := time.Second, false
	for {
		select {
		case <-p.stop:
			if shown {
				fmt.Fprint(os.Stderr, "\r\x1b[K")
			}
			return
		case <-time.After(wait):
			if terminal {
				fmt.Fprintf(os.Stderr, "\r%d of %s", p.rendered.Load(), count(p.total, "file"))
				shown = true
			}
			wait = 100 * time.Millisecond
		}
	}
}
