package preview

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/cmd/internal/corpusdir"
	"allclear/generator/corpus"
)

// BenchmarkPreview measures the time from saving a file until a browser that listens for
// events gets the new bytes of the edited report, and of the home page. Compare the
// medians, since a busy machine has long tails.
func BenchmarkPreview(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		path, text := corpus.Entry(n/2, n, 1)
		page := "/incidents/" + strings.TrimSuffix(filepath.Base(path), ".md") + "/"
		for _, asked := range []string{page, "/"} {
			b.Run(fmt.Sprintf("%d%s", n, strings.TrimSuffix(asked, filepath.Base(page)+"/")), func(b *testing.B) {
				p, folder := watched(b, n)
				news := make(chan struct{}, 1)
				p.subscribe(news)
				b.ResetTimer()
				var took []time.Duration
				for turn := 0; b.Loop(); turn++ {
					before := fetched(p, asked)
					began := time.Now()
					if err := corpusdir.Save(folder, path, corpus.Edited(text, turn)); err != nil {
						b.Fatal(err)
					}
					edited := fmt.Appendf(nil, "for the %d. time", turn)
					for now := before; bytes.Equal(now, before) || asked == page && !bytes.Contains(now, edited); now = fetched(p, asked) {
						<-news
					}
					took = append(took, time.Since(began))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/median")
				b.ReportMetric(float64(took[len(took)*9/10].Microseconds())/1000, "ms/ninth-decile")
			})
		}
	}
}

// watched returns a preview of an invented site that follows its files.
func watched(b *testing.B, n int) (*Preview, string) {
	folder := corpusdir.Temp(b, n)
	changed, err := Watch(b.Context(), folder)
	if err != nil {
		b.Fatal(err)
	}
	p := New(siteIn(os.DirFS(folder), corpus.Now))
	if err := p.Rebuild(); err != nil {
		b.Fatal(err)
	}
	go p.Follow(b.Context(), changed)
	return p, folder
}

func fetched(p *Preview, page string) []byte {
	answer := httptest.NewRecorder()
	p.ServeHTTP(answer, httptest.NewRequest("GET", page, nil))
	return answer.Body.Bytes()
}
