package render_test

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// The instants at which the golden site is built, and which files of it are kept.
var goldenInstants = map[string]struct {
	at   string
	keep func(name string) bool
}{
	"incident": {"2026-04-14T10:00:00Z", func(name string) bool {
		if german, isGerman := strings.CutPrefix(name, "de/"); isGerman {
			return strings.HasPrefix(german, "incidents/2026-04-14") || german == "index.html" || german == "history.atom"
		}
		folder, file, _ := strings.Cut(name, "/")
		one, _, _ := strings.Cut(file, "/")
		return folder != "components" || one == "public-api" || one == "search"
	}},
	"maintenance": {"2026-04-20T00:40:00Z", func(name string) bool {
		return name == "index.html" || name == "api/v2/summary.json" || strings.HasPrefix(name, "maintenance/2026-04-20") ||
			strings.HasSuffix(name, ".txt") || strings.HasSuffix(name, ".ics")
	}},
}

// Every file of a small site, as it was read before it was committed. After a change of
// the output, run this test with -update and read what git shows.
func TestTheFilesOfASmallSite(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/golden/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	c := content{}
	for _, f := range archive.Files {
		c[f.Name] = string(f.Data)
	}
	for instant, of := range goldenInstants {
		out := publishFolder(t, c.folder(), of.at)
		var list strings.Builder
		for _, name := range slices.Sorted(maps.Keys(out)) {
			list.WriteString(steady(name) + "\n")
			if of.keep(name) && !strings.HasPrefix(name, "assets/") && path.Ext(name) != ".js" && path.Base(name) != "choose.txt" {
				golden(t, "golden/"+instant+"/"+name, []byte(steadyFile(name, out[name])))
			}
		}
		golden(t, "golden/"+instant+".txt", []byte(list.String()))
	}
}

var (
	sheets  = regexp.MustCompile(`(?s)(<style[^>]*>).*?(</style>)`)
	scripts = regexp.MustCompile(`(?s)(<script(?: async| defer| type="module"| blocking="render")*>).*?(</script>)`)
	sums    = regexp.MustCompile(`sha256-[A-Za-z0-9+/&#;]+=`)
	hashes  = regexp.MustCompile(`\.[0-9a-f]{10}\.(css|js|svg|png)`)
	builds  = regexp.MustCompile(`\b[0-9a-f]{12,64}\b`)
)

// steady returns a text without what the style sheets and scripts of the theme decide:
// other tests hold these.
func steady(text string) string {
	text = sheets.ReplaceAllString(text, "$1$2")
	text = scripts.ReplaceAllString(text, "$1$2")
	text = sums.ReplaceAllString(text, "sha256-SUM")
	text = hashes.ReplaceAllString(text, ".HASH.$1")
	return builds.ReplaceAllString(text, "DIGEST")
}

func steadyFile(name string, data []byte) string {
	if path.Ext(name) == ".png" {
		sum := sha256.Sum256(data)
		return hex.EncodeToString(sum[:]) + "\n"
	}
	return steady(string(data))
}
