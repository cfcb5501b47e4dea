package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"
	"time"

	"allclear/cmd/allclear/internal/cache"
	"allclear/cmd/allclear/internal/preview"
	"allclear/generator/site"
	"allclear/generator/source"

	"github.com/spf13/cobra"
)

// serveCommand returns the serve command.
func serveCommand() *cobra.Command {
	var r readFlags
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
	cmd.Flags().StringVar(&r.baseURL, "base-url", "", "the site's `address`, instead of the one in site.yml")
	cmd.Flags().BoolVar(&open, "open", false, "open a browser")
	return cmd
}

func serve(ctx context.Context, r readFlags, listen string, open bool) error {
	listen, err := listenAddress(listen)
	if err != nil {
		return err
	}
	folder, err := openSiteDir(r.source)
	if err != nil {
		return err
	}
	if r.at, err = r.pinTime(folder); err != nil {
		return err
	}
	changed, err := preview.Watch(ctx, r.source) // before the first build, so that no change is missed
	if err != nil {
		return errorf("", "cannot watch the site's files: %v", err)
	}
	known := cache.Open(r.source)
	p := r.preview(known)
	if err := p.Rebuild(); err != nil {
		return err
	}
	known.Save()
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return errorf("another allclear serve may be running; choose another port with --listen",
			"cannot listen on %s: %s", listen, listenReason(err))
	}
	defer listener.Close()
	holdExit.Lock() // from now on a signal ends p.Serve, which closes connections first
	go p.Follow(ctx, changed)
	address := "http://" + browserAddress(listener.Addr()) + "/"
	fmt.Fprintf(os.Stderr, "%s (end with Ctrl-C)\n", styleFor(os.Stderr).Bold("serving "+address))
	if open {
		openBrowser(address)
	}
	return p.Serve(ctx, listener)
}

// preview returns a preview of the site. It uses the parsed files of the cache, which may
// be nil.
func (r readFlags) preview(known *cache.Cache) *preview.Preview {
	if r.cache = known.Source(); r.cache == nil {
		r.cache = &source.Cache{}
	}
	return preview.New(preview.Config{
		Build:   r.buildPreview,
		Changed: r.cache.Changed,
		Log:     os.Stderr,
		Style:   styleFor(os.Stderr),
	})
}

// buildPreview builds the site for the preview.
func (r readFlags) buildPreview() (preview.Site, error) {
	v, result, err := r.build(site.Hash{})
	if err != nil {
		return preview.Site{}, err
	}
	built := preview.Site{Files: result.Files, Problems: v.problems}
	if r.at != "" {
		built.At = v.now
	} else if !v.problems.HasErrors() {
		built.Next = v.site.NextChange(v.now)
	}
	return built, nil
}

// listenAddress parses --listen: an address and a port, or only a port, which means
// 127.0.0.1.
func listenAddress(text string) (string, error) {
	if strings.Trim(text, "0123456789") == "" && text != "" {
		text = "127.0.0.1:" + text
	}
	if host, port, err := net.SplitHostPort(text); err != nil || port == "" {
		return text, usageErrorf("write an address and a port, such as 127.0.0.1:4000", "--listen: cannot read %q (host %q)", text, host)
	}
	return text, nil
}

// pinTime returns --at as an absolute time, since "-20m" would mean another time at every
// rebuild. It returns "" without --at.
func (r readFlags) pinTime(folder fs.FS) (string, error) {
	if r.at == "" {
		return "", nil
	}
	at, _, err := r.instant(folder)
	return at.UTC().Format(time.RFC3339), err
}

// windowsAddressInUse is WSAEADDRINUSE. Package syscall defines it on Windows only.
const windowsAddressInUse = syscall.Errno(10048)

// listenReason returns why listening on a port failed.
func listenReason(err error) string {
	if errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, windowsAddressInUse) {
		return "the port is in use"
	}
	var at *net.OpError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}

// browserAddress returns the address under which a browser on this machine reaches addr.
func browserAddress(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
