package main

import (
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// servesStatuspage serves a folder of a story as a page of Statuspage, and sets $PAGE to
// its address: the files of the API as they are, and history-N.json as page N of the
// history, which is HTML. Each incident answers only at the second try. A file with .status
// at the end of its name answers with the number in it instead. Addresses that were asked
// for are in the folder's file "asked".
func servesStatuspage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: statuspage FOLDER")
	}
	folder := ts.MkAbs(args[0])
	var mu sync.Mutex
	tried := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		log, _ := os.OpenFile(filepath.Join(folder, "asked"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		log.WriteString(r.URL.String() + " " + r.UserAgent() + "\n")
		log.Close()
		name := filepath.Join(folder, filepath.FromSlash(r.URL.Path))
		status := name
		if r.URL.Path == "/history" {
			status = filepath.Join(folder, "history-"+filepath.Base(r.URL.Query().Get("page")))
		}
		if data, err := os.ReadFile(status + ".status"); err == nil {
			code, _ := strconv.Atoi(strings.TrimSpace(string(data)))
			w.WriteHeader(code)
			io.WriteString(w, "<html>An error page, or one to sign in.</html>")
			return
		}
		if r.URL.Path == "/history" {
			data, err := os.ReadFile(filepath.Join(folder, "history-"+filepath.Base(r.URL.Query().Get("page"))+".json"))
			if err != nil {
				data = []byte(`{"months": []}`)
			}
			props := html.EscapeString(string(data))
			w.Write([]byte(`<html><div data-react-class="HistoryIndex" data-react-props="` + props + `"></div></html>`))
			return
		}
		if filepath.Base(filepath.Dir(name)) == "incidents" && !tried[name] {
			tried[name] = true
			http.Error(w, "busy", http.StatusServiceUnavailable)
			return
		}
		http.ServeFile(w, r, name)
	}))
	ts.Defer(server.Close)
	ts.Setenv("PAGE", server.URL)
}
