package preview

import (
	"context"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"
)

// limits bound the resources that all clients together can use, so that a broken or
// malicious client cannot stop the preview from answering others.
type limits struct {
	connections int           // open at once; further ones wait
	streams     int           // event streams at once; further ones are refused
	request     time.Duration // time for a client to send a request
	answer      time.Duration // time for a client to receive a response, or one event
	idle        time.Duration // time between two requests on a connection
}

// defaultLimits allow several people with many tabs each. Half of the connections always
// remain free for pages, however many tabs listen for changes.
var defaultLimits = limits{
	connections: 256,
	streams:     128,
	request:     5 * time.Second,
	answer:      30 * time.Second,
	idle:        30 * time.Second,
}

// listener returns a listener that accepts at most l.connections at once; further ones
// wait.
func (l limits) listener(inner net.Listener) net.Listener {
	return netutil.LimitListener(inner, l.connections)
}

// server returns a server with these limits. The contexts of its requests derive from
// ctx.
func (l limits) server(ctx context.Context, handler http.Handler) *http.Server {
	return &http.Server{
		Handler:        handler,
		ReadTimeout:    l.request, // includes the headers
		WriteTimeout:   l.answer,
		IdleTimeout:    l.idle,
		MaxHeaderBytes: 64 << 10,
		BaseContext:    func(net.Listener) context.Context { return ctx },
	}
}
