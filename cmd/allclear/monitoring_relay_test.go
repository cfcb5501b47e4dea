package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"allclear/generator/alerts"

	"github.com/rogpeppe/go-internal/txtar"
)

// harness runs docs/relay/relay.mjs as a Worker would be run.
const harness = `import relay from "RELAY";
import http from "node:http";
const server = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = request.method === "POST" ? Buffer.concat(chunks) : undefined;
  const answer = await relay.fetch(new Request("http://relay" + request.url, { method: request.method, body }), process.env);
  response.writeHead(answer.status);
  response.end(await answer.text());
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`

// TestTheRelayPassesOnWhatMonitorsSend runs the relay with Node.js between the payloads of
// monitors and a server that stands for GitHub.
func TestTheRelayPassesOnWhatMonitorsSend(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("there is no Node.js, which CI must have")
		}
		t.Skip("skipped: no Node.js; install nodejs to test the relay")
	}
	passed := make(chan []byte, 10)
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Header.Get("Authorization") != "Bearer secret-token" || r.Header.Get("User-Agent") == "" {
			t.Errorf("the headers are %v", r.Header)
		}
		passed <- body
		w.WriteHeader(http.StatusNoContent)
	}))
	defer host.Close()
	relay, err := filepath.Abs("../../docs/relay/relay.mjs")
	if err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(t.TempDir(), "harness.mjs")
	if err := os.WriteFile(script, []byte(strings.Replace(harness, "RELAY", relay, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), node, script)
	cmd.Env = append(os.Environ(), "KEY=long-word", "TOKEN=secret-token", "DISPATCH="+host.URL)
	var said bytes.Buffer
	cmd.Stderr = &said
	port, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	var number int
	if _, err := fmt.Fscan(port, &number); err != nil {
		t.Fatalf("%v: %s", err, said.String())
	}
	post := func(path string, body []byte) int {
		response, err := http.Post(fmt.Sprintf("http://127.0.0.1:%d%s", number, path), "text/plain", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.StatusCode
	}
	for _, kind := range []string{"pagerduty", "pingdom", "statuscake", "sns", "betterstack", "uptimerobot", "opsgenie"} {
		archive, err := txtar.ParseFile("../../generator/alerts/testdata/" + kind + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		payload := bytes.TrimSpace(archive.Files[0].Data)
		if got := post("/long-word", payload); got != http.StatusAccepted {
			t.Errorf("%s: the relay answers %d", kind, got)
			continue
		}
		direct, err := alerts.Read(payload, "")
		if err != nil {
			t.Fatal(err)
		}
		relayed, err := alerts.Read(<-passed, "github-dispatch")
		if err != nil || relayed[0].Source() != direct[0].Source() {
			t.Errorf("%s comes out as %+v, %v", kind, relayed, err)
		}
	}
	for _, path := range []string{"/", "/wrong", "/long-wor", "/long-word/x"} {
		if got := post(path, []byte(`{"a": 1}`)); got != http.StatusNotFound || len(passed) > 0 {
			t.Errorf("%s: the relay answers %d, and passes on %d", path, got, len(passed))
		}
	}
	if got := post("/long-word", bytes.Repeat([]byte("x"), 70000)); got != http.StatusNotFound {
		t.Errorf("a large body is answered with %d", got)
	}
}
