package deploy

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/cmd/allclear/internal/remote"
	"allclear/generator/render"
)

// Whatever is wrong with a host, there is one message, it names no request, and it says
// what to do.
func TestAHostThatCannotBeReachedSaysWhatToDo(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNotImplemented)
		fmt.Fprint(w, "<!doctype html><h1>Not for you</h1>")
	}))
	t.Cleanup(web.Close)
	at := strings.TrimPrefix(web.URL, "http://")
	_, port, _ := net.SplitHostPort(at)
	_, home := sshServerOf(t)
	hostKey, err := os.ReadFile(filepath.Join(home, "host.pub"))
	if err != nil {
		t.Fatal(err)
	}
	const bucket = "s3://status?region=eu&endpoint="
	for to, want := range map[string][2]string{
		bucket + "http://127.0.0.1:1":          {"cannot reach the store at 127.0.0.1:1", "nothing listens there"},
		bucket + "https://s3.nowhere.invalid":  {"cannot reach the store at s3.nowhere.invalid", "DNS"},
		bucket + "https://" + at:               {"cannot reach the store at " + at, "speaks http and not https"},
		bucket + "http://" + at:                {at + " does not answer as a store: status 501", "see whether endpoint is right"},
		"sftp://deploy@127.0.0.1:1/srv/status": {"cannot connect to 127.0.0.1:1", "nothing listens there"},
		"sftp://deploy@" + at + "/srv/status":  {at + " does not answer as an SSH server", "an SSH server listens on that port"},
		"git+https://127.0.0.1:1/a.git#pages":  {"git ls-remote: unable to access", "see whether the server is up"},
		"git+https://nowhere.invalid/a#pages":  {"git ls-remote: unable to access", "no address in DNS"},
		"git+file:///nowhere/status.git#pages": {"does not appear to be a git repository", "see whether the address is right"},
		"netlify://site":                       {"cannot reach Netlify", "nothing listens there"},
	} {
		t.Run(to, func(t *testing.T) {
			opt := options(t, "Text.")
			opt.Broken = false
			opt.Env = func(name string) string {
				return map[string]string{
					"AWS_ACCESS_KEY_ID": "PLANTED-ID", "AWS_SECRET_ACCESS_KEY": "PLANTED", "SSH_PASSWORD": "PLANTED",
					"SSH_KNOWN_HOSTS":    "[127.0.0.1]:1 " + string(hostKey) + "[127.0.0.1]:" + port + " " + string(hostKey),
					"NETLIFY_AUTH_TOKEN": "PLANTED", "NETLIFY_API_URL": "http://127.0.0.1:1",
				}[name]
			}
			r := publishTo(t, to, "", opt)
			var e *remote.Error
			if !errors.As(r.Err, &e) {
				t.Fatalf("no message for the user: %#v", r.Err)
			}
			if !strings.Contains(e.Message, want[0]) || !strings.Contains(e.Hint, want[1]) || len(r.Warnings) > 0 {
				t.Errorf("%s\n  hint: %s\n  warnings: %v", e.Message, e.Hint, r.Warnings)
			}
			if strings.Contains(e.Message, "state.json") || strings.Contains(e.Message, "<h1>") || strings.Contains(e.Message, "Get \"") {
				t.Errorf("the message has what nobody wants to read: %s", e.Message)
			}
		})
	}
}

// Secrets are in no message, even if a server repeats them, or the address at which a copy
// is read has a password.
func TestNoMessageHasASecret(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, "<Error><Code>InvalidArgument</Code><Message>wrong: PLANTED-ID PLANTED-KEY %s</Message></Error>",
			r.Header.Get("X-Amz-Security-Token"))
	}))
	t.Cleanup(web.Close)
	for _, to := range []string{"s3://status?region=eu&endpoint=" + web.URL, "dir:" + filepath.Join(t.TempDir(), "public")} {
		var log strings.Builder
		opt := options(t, "Text.")
		opt.Wait = 300_000_000
		opt.Log = func(target, format string, a ...any) { fmt.Fprintf(&log, format, a...) }
		opt.Env = func(name string) string {
			return map[string]string{
				"AWS_ACCESS_KEY_ID": "PLANTED-ID\n", "AWS_SECRET_ACCESS_KEY": "PLANTED-KEY\r\n", "AWS_SESSION_TOKEN": "PLANTED-TOKEN",
				"PAGE_URL": "http://planted:PLANTED-PASSWORD@127.0.0.1:1/",
			}[name]
		}
		r := publishTo(t, to, "$PAGE_URL", opt)
		if r.Err == nil {
			t.Fatal("no error")
		}
		r.Target.URL = ""
		text := fmt.Sprintf("%s%+v%v", log.String(), r, r.Err)
		if strings.Contains(strings.ToUpper(text), "PLANTED") {
			t.Errorf("%s: a secret is in %s", to, text)
		}
	}
	for value, want := range map[string]string{
		"status.example.com": "does not hold an https address", "https://": "does not hold an https address",
		"https://status.example.com/?token=PLANTED": "with a query",
	} {
		opt := options(t, "Text.")
		opt.Env = func(string) string { return value }
		r := publishTo(t, "dir:"+t.TempDir(), "$PAGE_URL", opt)
		if r.Err == nil || !strings.Contains(r.Err.Error(), want) || strings.Contains(r.Err.Error(), "PLANTED") {
			t.Errorf("%s: %v", value, r.Err)
		}
	}
}

// The asset that is read back is a small one, and its name may have a space.
func TestTheSmallestAssetIsReadBack(t *testing.T) {
	s := build(t, "Text.", noon)
	files := s.rendered
	for name, text := range map[string]string{"assets/0 %41.css": "a", "assets/0-video.webm": strings.Repeat("x", 1<<20)} {
		files = append(files, render.File{Path: name, Append: func(into []byte) ([]byte, error) { return append(into, text...), nil }})
	}
	s, err := NewSite(files)
	if err != nil {
		t.Fatal(err)
	}
	samples := s.samples()
	if last := samples[len(samples)-1]; last.Path != "assets/0 %41.css" {
		t.Errorf("%s is read back", last.Path)
	}
	folder := filepath.Join(t.TempDir(), "public")
	url := host(t, dirFS(folder), nil)
	opt := options(t, "Text.")
	opt.Build = func(time.Time) (*Site, error) { return s, nil }
	if r := mustPublish(t, "dir:"+folder, url, opt); !r.Live {
		t.Errorf("%+v", r)
	}
}
