package generator_test

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// laid is how a browser laid out a page.
type laid struct {
	Over      float64 `json:"over"` // pixels that it is too wide
	Direction string  `json:"direction"`
}

// No page of the site in four languages is wider than the narrowest phone, and
// each runs in the direction of its language.
func TestNoPageInAnyLanguageScrollsSideways(t *testing.T) {
	out := inFour(t)
	tab := browser(t)
	folder := t.TempDir()
	for file, data := range out {
		if err := os.MkdirAll(filepath.Join(folder, path.Dir(file)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, file), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	pages := 0
	for file := range out {
		if path.Ext(file) != ".html" {
			continue
		}
		pages++
		seen, err := chromedp.Run(tab, func(ctx context.Context, target *chromedp.Target) (laid, error) {
			if _, err := chromedp.EmulateViewport(320, 640)(ctx, target); err != nil {
				return laid{}, err
			}
			if _, err := chromedp.Navigate("file://"+filepath.Join(folder, file))(ctx, target); err != nil {
				return laid{}, err
			}
			return chromedp.Evaluate[laid]("({over: document.documentElement.scrollWidth - innerWidth, direction: getComputedStyle(document.body).direction})")(ctx, target)
		})
		if err != nil {
			t.Fatal(file, err)
		}
		if seen.Over > 0 {
			t.Errorf("%s is %v pixels too wide", file, seen.Over)
		}
		if want := map[bool]string{false: "ltr", true: "rtl"}[strings.HasPrefix(file, "ar/")]; seen.Direction != want {
			t.Errorf("%s runs %s", file, seen.Direction)
		}
	}
	if pages != 4*13 {
		t.Errorf("%d pages were looked at", pages)
	}
}
