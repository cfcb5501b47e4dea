package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"allclear/cmd/allclear/internal/cache"

	"github.com/spf13/cobra"
)

func serveVerb() *cobra.Command {
	var r reading
	var listen string
	var open bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Preview the site, live",
		Long: `Serve the site from memory. A page in the browser shows a change as soon as its
file is saved. Mistakes are shown in the terminal and in the browser, over the
last good page. The preview follows the clock: when a maintenance begins, it
changes. With --at it stays at that instant.`,
		Example: `  allclear serve
  allclear serve --open
  allclear serve --at "2025-08-01 02:20"      half-way through a maintenance
  allclear serve --listen 0.0.0.0:4000        for others on your network as well`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return serve(cmd.Context(), r, listen, open)
		},
	}
	r.flags(cmd)
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:4000", "`address` and port to listen on, or a port alone")
	cmd.Flags().StringVar(&r.baseURL, "base-url", "", "the site's `address`, in place of the one in site.yml")
	cmd.Flags().BoolVar(&open, "open", false, "open a browser")
	return cmd
}

func serve(ctx context.Context, r reading, listen string, open bool) error {
	listen, err := listenAddress(listen)
	if err != nil {
		return err
	}
	folder, err := openFolder(r.source)
	if err != nil {
		return err
	}
	if r.at, err = r.pinned(folder); err != nil {
		return err
	}
	changed, err := watch(ctx, r.source) // before the first reading, so that no change falls between
	if err != nil {
		return failed("", "cannot watch the site's files: %v", err)
	}
	known := cache.Open(r.source)
	p := newPreview(r, known)
	if err := p.rebuild(); err != nil {
		return err
	}
	known.Save()
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return failed("another allclear serve may be running; name another port with --listen", "cannot listen on %s: %s", listen, listenReason(err))
	}
	defer listener.Close()
	holdExit.Lock() // serve ends in its own way, and with the program
	go p.follow(ctx, changed)
	address := "http://" + shown(listener.Addr()) + "/"
	fmt.Fprintf(os.Stderr, "%s (end with Ctrl-C)\n", styleFor(os.Stderr).Bold("serving "+address))
	if open {
		openBrowser(address)
	}
	return answer(ctx, listener, p)
}

// listenAddress reads --listen: an address and a port, or a port alone, which is
// one of this machine's.
func listenAddress(text string) (string, error) {
	if strings.Trim(text, "0123456789") == "" && text != "" {
		text = "127.0.0.1:" + text
	}
	if host, port, err := net.SplitHostPort(text); err != nil || port == "" {
		return text, usage("write an address and a port, such as 127.0.0.1:4000", "--listen: cannot read %q (host %q)", text, host)
	}
	return text, nil
}

// pinned is --at as an instant that stays: "-20m" would move with every rebuild.
func (r reading) pinned(folder fs.FS) (string, error) {
	if r.at == "" {
		return "", nil
	}
	at, _, err := r.instant(folder)
	return at.UTC().Format(time.RFC3339), err
}

// answer serves until the context is done.
func answer(ctx context.Context, listener net.Listener, p *preview) error {
	server := p.limits.server(ctx, ownHostOnly(p, listener.Addr()))
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(p.limits.listener(listener)) }()
	select {
	case err := <-ended:
		return failed("", "the server ended: %v", err)
	case <-ctx.Done():
	}
	soon, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if server.Shutdown(soon) != nil {
		server.Close()
	}
	return nil
}

// windowsAddressInUse is WSAEADDRINUSE, which the syscall package does not name
// on other systems.
const windowsAddressInUse = syscall.Errno(10048)

// listenReason is why a port cannot be had.
func listenReason(err error) string {
	if errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, windowsAddressInUse) {
		return "the port is taken"
	}
	var at *net.OpError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}

// shown is an address that a browser on this machine can open.
func shown(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
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
