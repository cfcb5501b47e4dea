package main

import (
	"fmt"
	"os"
	"sync/atomic"
	"time"
)

// progress shows in the terminal how many files a build has rendered.
type progress struct {
	total    int
	rendered atomic.Int64
	stop     chan struct{}
	stopped  chan struct{}
}

// startProgress shows the progress of rendering total files, until end is called.
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

// show prints the progress over the previous line, after the first second, if standard
// error is a terminal.
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
