package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"allclear/cmd/allclear/internal/cache"
	"allclear/cmd/internal/corpusdir"
)

// alertOf returns what Alertmanager sends about a component.
func alertOf(component, status string, start, end time.Time) string {
	return fmt.Sprintf(`{"version": "4", "status": %q, "groupLabels": {"alertname": "Down", "component": %q}, "alerts": [
		{"status": %[1]q, "labels": {"alertname": "Down", "component": %[2]q}, "startsAt": %q, "endsAt": %q}]}`,
		status, component, start.UTC().Format(time.RFC3339), end.UTC().Format(time.RFC3339))
}

const oneRule = `rules:
  - match: {alertname: Down}
    component: "{{.labels.component}}"
    status: major
    title: "{{.labels.component}} is down"
`

// TestAlertsThatArriveAtOnceAreAllWritten starts many ingests at the same time, each
// payload twice: none is lost, and none opens two incidents.
func TestAlertsThatArriveAtOnceAreAllWritten(t *testing.T) {
	allclear, folder := program(t), t.TempDir()
	var ids []string
	manifest := "components:\n"
	for i := range 6 {
		ids = append(ids, fmt.Sprintf("c%d", i))
		manifest += "  - {id: " + ids[i] + "}\n"
	}
	for name, text := range map[string]string{"site.yml": "title: X\nurl: https://status.example.org\n", "components.yml": manifest,
		"alerts.yml": oneRule} {
		if err := corpusdir.Save(folder, "content/"+name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	now := time.Now()
	send := func(status string) {
		var wait sync.WaitGroup
		for _, id := range append(ids, ids...) {
			wait.Go(func() {
				cmd := exec.Command(allclear, "ingest", "--source", folder)
				cmd.Stdin = strings.NewReader(alertOf(id, status, now.Add(-time.Hour), now.Add(-time.Minute)))
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%s", id, err, out)
				}
			})
		}
		wait.Wait()
	}
	count := func(line string) (files, lines int) {
		names, _ := filepath.Glob(filepath.Join(folder, "content/incidents/*.md"))
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			lines += strings.Count(string(data), line)
		}
		return len(names), lines
	}
	send("firing")
	if files, opened := count("## Investigating"); files != len(ids) || opened != len(ids) {
		t.Errorf("%d alerts at once give %d files with %d beginnings", len(ids), files, opened)
	}
	send("resolved")
	if files, resolved := count("## Resolved"); files != len(ids) || resolved != len(ids) {
		t.Errorf("%d recoveries at once give %d files with %d ends", len(ids), files, resolved)
	}
	if out, err := exec.Command(allclear, "check", "--strict", "--source", folder).CombinedOutput(); err != nil {
		t.Errorf("check: %s", out)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, ".allclear*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// mostToPage is how long an alert may take from its arrival to the published page, for a
// site of 1,000 incidents (docs/monitoring.md).
const mostToPage = 3 * time.Second

// BenchmarkAlertToPage posts an alert to a plain server that runs ingest and build, and
// asks the server for the home page until it shows the incident.
func BenchmarkAlertToPage(b *testing.B) {
	allclear := filepath.Join(b.TempDir(), "allclear")
	if out, err := exec.Command("go", "build", "-o", allclear, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	folder := corpusdir.Temp(b, 1000)
	component := firstComponent(b, folder)
	if err := corpusdir.Save(folder, "content/alerts.yml", []byte(oneRule)); err != nil {
		b.Fatal(err)
	}
	run := func(stdin io.Reader, args ...string) error {
		cmd := exec.Command(allclear, append(args, "--source", folder)...)
		cmd.Stdin = stdin
		cmd.Env = append(os.Environ(), cache.EnvVar+"="+filepath.Join(folder, "caches"))
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%v: %w\n%s", args, err, out)
		}
		return nil
	}
	build := []string{"build", "--out", filepath.Join(folder, "public")}
	if err := run(nil, build...); err != nil {
		b.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServer(http.Dir(filepath.Join(folder, "public"))))
	mux.HandleFunc("POST /alert", func(w http.ResponseWriter, r *http.Request) {
		err := run(r.Body, "ingest")
		if err == nil {
			err = run(nil, build...)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	var worst time.Duration
	for b.Loop() {
		begin := time.Now()
		name := fmt.Sprintf("%d", begin.UnixNano())
		post := strings.ReplaceAll(alertOf(component, "firing", begin.Add(-time.Minute), time.Time{}), `"Down"`, `"Down", "n": "`+name+`"`)
		response, err := http.Post(server.URL+"/alert", "application/json", strings.NewReader(post))
		if err != nil {
			b.Fatal(err)
		}
		said, _ := io.ReadAll(response.Body)
		response.Body.Close()
		page, err := http.Get(server.URL + "/")
		if err != nil {
			b.Fatal(err)
		}
		text, _ := io.ReadAll(page.Body)
		page.Body.Close()
		if response.StatusCode != http.StatusOK || !strings.Contains(string(text), component+" is down") {
			b.Fatalf("the page does not show the alert: %s", said)
		}
		worst = max(worst, time.Since(begin))
	}
	b.ReportMetric(worst.Seconds(), "worst-s")
	if worst > mostToPage {
		b.Errorf("an alert took %s to the page, more than %s", worst, mostToPage)
	}
}

// firstComponent returns the id of a component of the site.
func firstComponent(b *testing.B, folder string) string {
	data, err := os.ReadFile(filepath.Join(folder, "content/components.yml"))
	if err != nil {
		b.Fatal(err)
	}
	_, after, _ := strings.Cut(string(data), "      - id: ")
	id, _, _ := strings.Cut(after, "\n")
	return strings.TrimSpace(id)
}
