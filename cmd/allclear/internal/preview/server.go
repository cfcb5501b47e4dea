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

// Serve answers the listener's connections until the context is done. Its error is why
// the server ended before.
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

// ownHostOnly refuses requests that name another host, so that no web site can
// read the preview through a name that it points at this machine.
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

// hostOf is a Host header without its port; ok is false where what stands for the port
// is no number.
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

// ownName reports whether a host name means this preview: an address, localhost or,
// where the preview listens to the network, the machine's name.
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
