package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A program that is killed while a message is on its way: the chat may have it, so that is
// reported once; the receiver of webhooks gets it again, and knows that it is the same.
func TestAProgramThatIsKilledWhileItSends(t *testing.T) {
	for _, ledger := range []string{"file:notified.json", "git:allclear-notified"} {
		f, s := newFolder(t), newSubscribers(t)
		f.put("content/site.yml", fmt.Sprintf(notifySite, ledger))
		if strings.HasPrefix(ledger, "git:") {
			f.inRepository()
		}
		if out, said, err := f.notifies(s.env(), "11:55"); err != nil {
			t.Fatalf("%v\n%s%s", err, out, said)
		}
		f.put("content/incidents/slow.md", slowPages(0))
		cmd := exec.Command(program(t), "notify", "--source", f.dir, "--at", "2026-11-20 12:05")
		cmd.Env = s.env()
		both := make(chan bool, 2)
		s.after = func(string) { // they have it, and do not answer
			both <- true
			time.Sleep(time.Second)
		}
		f.must(cmd.Start())
		for range 2 {
			select {
			case <-both:
			case <-time.After(20 * time.Second):
				t.Fatal("nothing was sent")
			}
		}
		f.must(cmd.Process.Kill())
		cmd.Wait()
		s.after = nil
		out, said, err := f.notifies(s.env(), "12:06")
		wanted := "chat: nobody knows whether it arrived: Investigating: Slow pages (" + firstUpdate + ")"
		if exitCode(err) != 1 || !strings.Contains(said, wanted) || !strings.Contains(out, "hook: sent") {
			t.Errorf("%s: the next run: %v\n%s%s", ledger, err, out, said)
		}
		if out, said, err = f.notifies(s.env(), "12:07"); err != nil || said != "" {
			t.Errorf("%s: the run after it: %v\n%s%s", ledger, err, out, said)
		}
		s.got(t, ledger, map[string]int{"chat " + firstUpdate: 1, "hook " + firstUpdate: 1})
	}
}

// inRepository makes the site's folder a clone of a bare repository.
func (f folder) inRepository() (bare string) {
	f.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		needed(f.T, "git")
	}
	bare = filepath.Join(f.TempDir(), "status.git")
	for _, args := range [][]string{
		{"init", "--quiet", "--bare", bare}, {"-C", f.dir, "init", "--quiet"}, {"-C", f.dir, "remote", "add", "origin", bare},
	} {
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			f.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	return bare
}

// Programs that are killed at any moment, two at a time: the chat never gets an update
// twice, and what it did not get is reported.
func TestProgramsThatAreKilledAtAnyMoment(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped with -short: it starts the program a hundred times")
	}
	f, s := toNotify(t, "file:notified.json")
	random := rand.New(rand.NewPCG(19, 19))
	binary := program(t)
	var reports bytes.Buffer
	var mu sync.Mutex
	start := func(at string) *exec.Cmd {
		cmd := exec.Command(binary, "notify", "--source", f.dir, "--at", "2026-11-20 "+at)
		cmd.Env = s.env()
		pipe, err := cmd.StderrPipe()
		f.must(err)
		f.must(cmd.Start())
		go func() {
			said, _ := io.ReadAll(pipe)
			mu.Lock()
			defer mu.Unlock()
			reports.Write(said)
		}()
		return cmd
	}
	var minutes []int
	for m := range 20 {
		minutes = append(minutes, 2*m)
		f.put("content/incidents/slow.md", slowPages(minutes...))
		at := fmt.Sprintf("12:%02d", 2*m+1)
		var wait sync.WaitGroup
		for range 2 {
			cmd := start(at)
			wait.Go(func() {
				mu.Lock()
				pause := time.Duration(random.IntN(150)) * time.Millisecond
				mu.Unlock()
				time.Sleep(pause)
				cmd.Process.Kill()
				cmd.Wait()
			})
		}
		wait.Wait()
	}
	for range 3 { // what is left, and reports of it
		_, said, _ := f.notifies(s.env(), "12:45")
		reports.WriteString(said)
	}
	mu.Lock()
	defer mu.Unlock()
	for _, m := range minutes {
		id := fmt.Sprintf("incidents/slow/#u-20261120T12%02d00Z", m)
		if m == 0 {
			id = firstUpdate
		}
		chat, hook := s.posts["chat "+id], s.posts["hook "+id]
		reported := strings.Contains(reports.String(), "chat: nobody knows whether it arrived: ") && strings.Contains(reports.String(), id)
		if chat > 1 || chat == 0 && !reported || hook != 1 {
			t.Errorf("%s: the chat got it %d times (reported: %v), the hook %d times", id, chat, reported, hook)
		}
	}
	t.Logf("%d updates, %d reports", len(minutes), strings.Count(reports.String(), "chat: nobody knows"))
}
