package preview

import (
	"context"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"
)

// limits are what all clients of the preview together may take from it, so that none
// of them, broken or malicious, keeps it from answering.
type limits struct {
	connections int           // open at once; the next ones wait
	streams     int           // of these, how many may listen to changes; the next ones are refused
	request     time.Duration // for a client to send a request
	answer      time.Duration // for a client to take an answer, or one message of a stream
	idle        time.Duration // between two requests of one connection
}

// defaultLimits leave room for some people with many tabs. However many tabs listen,
// half of the connections stay free for pages.
var defaultLimits = limits{
	connections: 256,
	streams:     128,
	request:     5 * time.Second,
	answer:      30 * time.Second,
	idle:        30 * time.Second,
}

// listener accepts so many connections at once; the next ones wait.
func (l limits) listener(inner net.Listener) net.Listener {
	return netutil.LimitListener(inner, l.connections)
}

func (l limits) server(ctx context.Context, handler http.Handler) *http.Server {
	return &http.Server{
		Handler:        handler,
		ReadTimeout:    l.request, // the header's time, too
		WriteTimeout:   l.answer,
		IdleTimeout:    l.idle,
		MaxHeaderBytes: 64 << 10,
		BaseContext:    func(net.Listener) context.Context { return ctx },
	}
}
