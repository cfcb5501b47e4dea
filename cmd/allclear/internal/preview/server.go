package preview

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// Serve serves the preview on listener until the context is done, and then returns nil.
// It returns an error if the server fails before that.
func (p *Preview) Serve(ctx context.Context, listener net.Listener) error {
	server := p.limits.server(ctx, ownHostOnly(p, listener.Addr()))
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(p.limits.listener(listener)) }()
	select {
	case err := <-ended:
		return fmt.Errorf("the server ended: %w", err)
	case <-ctx.Done():
	}
	soon, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if server.Shutdown(soon) != nil {
		server.Close()
	}
	return nil
}

// ownHostOnly refuses requests whose Host header is not the name of this preview.
// Otherwise a web site could read the preview by pointing its own name at this machine
// (DNS rebinding).
func ownHostOnly(next http.Handler, addr net.Addr) http.Handler {
	machine, _ := os.Hostname()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, ok := hostOf(r.Host)
		if !ok || !ownName(host, machine, addr) {
			http.Error(w, fmt.Sprintf("%q is not the name of this preview", host), http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// hostOf returns a Host header without its port. ok is false if the header is malformed.
func hostOf(header string) (host string, ok bool) {
	host, port, found := header, "", false
	if i := strings.LastIndexByte(header, ':'); i > strings.LastIndexByte(header, ']') {
		host, port, found = header[:i], header[i+1:], true
	}
	if found {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return host, false
		}
	}
	return host, !strings.Contains(host, ":") || strings.HasPrefix(host, "[")
}

// ownName reports whether host is a name of this preview: an IP address, localhost or, if
// the preview listens on the network, the machine's name.
func ownName(host, machine string, addr net.Addr) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if inner, ok := strings.CutPrefix(host, "["); ok {
		inner, closed := strings.CutSuffix(inner, "]")
		return closed && strings.Contains(inner, ":") && net.ParseIP(inner) != nil
	}
	if net.ParseIP(host) != nil || host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	tcp, ok := addr.(*net.TCPAddr)
	if !ok || tcp.IP.IsLoopback() {
		return false
	}
	machine = strings.ToLower(machine)
	return machine != "" && (host == machine || host == machine+".local")
}
