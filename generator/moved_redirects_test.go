package generator_test

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"
)

func TestRedirectsAreOfTheNewestEntriesAndThenTheOperators(t *testing.T) {
	folder := movedSite()
	folder["content/incidents/2020-01-02-dns.md"] = &fstest.MapFile{Data: []byte("---\ntitle: DNS\naliases: [/issues/dns/]\n" +
		"start: 2020-01-02 10:00\nend: 2020-01-02 11:00\n---\n")}
	got := string(builtFiles(t, folder, "2026-02-01")["_redirects"])
	want := `/index.xml /history.rss 301
/feed/ /history.atom 301
/calendar /maintenance.ics 301
/affected/mail/index.xml /components/mail/history.rss 301
/issues/ /history/ 301
/de/issues/ /de/history/ 301
/by-id/ /incidents/2019-07-25-smtp/ 301
/twice/ /incidents/2019-07-25-smtp/ 301
/thrice/ /incidents/2019-07-25-smtp/ 301
/update/ /incidents/2019-07-25-smtp/#u-first 301
/contact.html https://www.example.org/contact?from=status&x=1 301
/affected/E-Mail%20(EU)/ /components/mail/ 301
/de/affected/post/ /de/components/mail/ 301
/about/ /pages/about/ 301
/issues/dns/ /incidents/2020-01-02-dns/ 301
/issues/2019-07-25-smtp/ /incidents/2019-07-25-smtp/ 301
/Old-Issues/Caf%C3%A9%20100%25/ /incidents/2019-07-25-smtp/ 301
/de/issues/2019-07-25-smtp/ /de/incidents/2019-07-25-smtp/ 301
/i.html /incidents/2019-07-25-smtp/ 301
/incidents/abc123def456/ /incidents/2019-07-25-smtp/ 301
/news/tls/ /announcements/2019-07-01-tls/ 301
/incidents/tls/ /announcements/2019-07-01-tls/ 301
# From here on, content/static/_redirects.
/old/*  /history/  301
`
	if got != want {
		t.Errorf("_redirects is\n%swant\n%s", got, want)
	}
}

func TestRedirectsHaveTwoThousandLinesAtMost(t *testing.T) {
	folder := movedSite()
	for i := range 2100 {
		at := time.Date(2020, 1, 1, 10, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Hour)
		name := "n" + at.Format("2006010215")
		folder["content/incidents/"+name+".md"] = &fstest.MapFile{Data: []byte("---\ntitle: N\naliases: [/n/" + name + "/]\n" +
			at.Format("start: 2006-01-02 15:04\n") + "end: 2026-01-01 10:00\n---\n")}
	}
	files := builtFiles(t, folder, "2026-02-01")
	redirects := string(files["_redirects"])
	if n := strings.Count(redirects, "\n"); n != 2000 {
		t.Errorf("_redirects has %d lines", n)
	}
	if !strings.HasPrefix(redirects, "/index.xml ") || !strings.HasSuffix(redirects, "\n/old/*  /history/  301\n") ||
		!strings.Contains(redirects, "/n/n2020032809/ ") || strings.Contains(redirects, "/n/n2020010110/ ") {
		t.Errorf("it begins with %.300s", redirects)
	}
	if files["n/n2020010110/index.html"] == nil {
		t.Error("the oldest entry's old address has no page")
	}
}

func TestASiteInAFolderIsLedToByThatFolder(t *testing.T) {
	folder := movedSite()
	folder["content/site.yml"].Data = []byte(strings.Replace(string(folder["content/site.yml"].Data), "status.example.org\n",
		"www.example.org/status\n", 1))
	files := builtFiles(t, folder, "2026-02-01")
	for _, want := range []string{"/about/ /status/pages/about/ 301\n",
		"/contact.html https://www.example.org/contact?from=status&x=1 301\n"} {
		if !strings.Contains(string(files["_redirects"]), want) {
			t.Errorf("_redirects lacks %s", want)
		}
	}
	site := httptest.NewServer(http.StripPrefix("/status", fileHost(files, false)))
	defer site.Close()
	resp, err := http.Get(site.URL + "/status/about/")
	if err != nil {
		t.Fatal(err)
	}
	page, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	to, err := resp.Request.URL.Parse(html.UnescapeString(string(refresh.FindSubmatch(page)[1])))
	if err != nil || to.Path != "/status/pages/about/index.html" {
		t.Errorf("the page leads to %s (%v)", to, err)
	}
	if !strings.Contains(string(page), `"canonical" href="https://www.example.org/status/pages/about/"`) {
		t.Errorf("%s", page)
	}
}

// settledAddress is the address of a page of the site on which a browser stays.
func settledAddress(t *testing.T, tab context.Context) string {
	t.Helper()
	last, stayed := "", 0
	for range 100 {
		at, err := chromedp.Run(tab, chromedp.Evaluate[string](`document.querySelector("main") ? location.href : ""`))
		if err != nil || at != last { // a page that goes away answers nothing
			last, stayed = at, 0
		} else if stayed++; at != "" && stayed > 4 {
			return at
		}
		time.Sleep(50 * time.Millisecond)
	}
	return last
}

// The fragment of an old address, an update's id or a heading, is kept where scripts run,
// under the policy that _headers sends; without scripts the page is found all the same.
func TestAnOldAddressKeepsItsFragment(t *testing.T) {
	site := httptest.NewServer(fileHost(builtFiles(t, movedSite(), "2026-02-01"), false))
	defer site.Close()
	tab := browser(t)
	for address, want := range map[string]string{
		"/issues/2019-07-25-smtp/#u-20190725T110000Z": "/incidents/2019-07-25-smtp/index.html#u-20190725T110000Z",
		"/issues/2019-07-25-smtp#impact":              "/incidents/2019-07-25-smtp/index.html#impact",
		"/update/#impact":                             "/incidents/2019-07-25-smtp/index.html#impact",
		"/update/":                                    "/incidents/2019-07-25-smtp/index.html#u-first",
		"/i.html#a%3Cb":                               "/incidents/2019-07-25-smtp/index.html#a%3Cb",
		"/de/issues/2019-07-25-smtp/":                 "/de/incidents/2019-07-25-smtp/index.html",
		"/incidents/abc123def456/#u-first":            "/incidents/2019-07-25-smtp/index.html#u-first",
	} {
		if _, err := chromedp.Run(tab, chromedp.Navigate(site.URL+address)); err != nil {
			t.Error(address, err)
		}
		end := settledAddress(t, tab)
		if end != site.URL+want {
			t.Errorf("%s leads to %s, not to %s", address, end, want)
		}
	}
}
