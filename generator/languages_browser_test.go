package generator_test

import (
	"bytes"
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"

	"allclear/generator"
	"allclear/themes"
)

// laid is how a browser laid out a page.
type laid struct {
	Over      float64 `json:"over"` // pixels that it is too wide
	Direction string  `json:"direction"`
	Broken    string  `json:"broken"` // a time that does not stand on one line
}

// No page of the site in four languages is wider than the narrowest phone, and
// each runs in the direction of its language.
func TestNoPageInAnyLanguageScrollsSideways(t *testing.T) {
	pages := onAPhone(t, inFour(t))
	if len(pages) != 4*16 {
		t.Errorf("%d pages were looked at", len(pages))
	}
	for file, seen := range pages {
		if seen.Over > 0 {
			t.Errorf("%s is %v pixels too wide", file, seen.Over)
		}
		if seen.Broken != "" {
			t.Errorf("%s breaks the time %q across lines", file, seen.Broken)
		}
		if want := map[bool]string{false: "ltr", true: "rtl"}[strings.HasPrefix(file, "ar/")]; seen.Direction != want {
			t.Errorf("%s runs %s", file, seen.Direction)
		}
	}
}

// German makes one word of many, and Thai puts no space between them.
func TestLongWordsMakeNoPageWiderThanAPhone(t *testing.T) {
	for tag, words := range map[string][3]string{
		"de": {"Rechnungsschnittstellenüberwachung", "Donaudampfschifffahrtsgesellschaftskapitänspatentverlängerungsantrag",
			"Zahlungsdienstleisteranbindung"},
		"th": {"ระบบติดตามสถานะการชำระเงินผ่านบัตรเครดิตระหว่างประเทศ", "การส่งจดหมายอิเล็กทรอนิกส์ล่าช้าในภูมิภาคเอเชียตะวันออกเฉียงใต้",
			"ศูนย์ข้อมูลกรุงเทพมหานคร"},
	} {
		said := strings.NewReplacer("LANG", tag, "LONGER", words[1], "LONG", words[0], "PLACE", words[2])
		folder := fstest.MapFS{}
		for file, text := range wordy {
			folder["content/"+file] = &fstest.MapFile{Data: []byte(said.Replace(text))}
		}
		result := generator.Build(folder, themes.In(folder), generator.Options{Now: time.Date(2025, 7, 25, 4, 0, 0, 0, time.UTC)})
		if result.Problems.HasErrors() {
			t.Fatal(result.Problems)
		}
		pages := onAPhone(t, filesOf(t, result))
		if len(pages) != 14 {
			t.Errorf("%s: %d pages were looked at", tag, len(pages))
		}
		for file, seen := range pages {
			if seen.Over > 0 {
				t.Errorf("%s: %s is %v pixels too wide", tag, file, seen.Over)
			}
		}
	}
}

// wordy is a site whose names and texts are long words.
var wordy = map[string]string{
	"site.yml": "title: LONG\nurl: https://status.example.com\ntimezone: Asia/Bangkok\nlanguages: [LANG]\ndescription: LONGER\n" +
		"insights: true\n",
	"components.yml": `regions: [{id: a, name: PLACE}, {id: b, name: LONG}]
components:
  - group: LONGER
    components:
      - {id: x, name: LONG, description: LONGER, regions: [a, b], since: 2025-01-01, target: 99.95}
      - {id: y, name: PLACE}
  - {id: z, name: LONGER}
`,
	"incidents/open.md": `---
title: LONGER
tags: [LONG, LONGER]
next_update: 2025-07-25 08:00
impacts:
  - {components: [x], regions: [a], status: partial, start: 2025-07-25 06:32, label: PLACE, note: LONGER}
  - {components: [z], status: major, start: 2025-07-25 07:00}
---
LONGER

## Investigating — 2025-07-25 06:41
LONG ` + "`LONGER`" + ` [LONGER](https://www.example.com/LONGER)

## Postmortem
### LONGER
LONGER

### LONG
| LONG | PLACE |
|---|---|
| LONGER | LONG |
`,
	"maintenance/window.md": `---
title: LONG
headline: LONGER
start: 2025-07-25 10:00
end: 2025-07-25 12:00
impacts:
  - {components: [y], label: PLACE, eta: 2025-07-25 11:30}
---
LONGER

## Plan
- [x] **LONGER** LONG
- [ ] **PLACE** 3 of 7 LONGER
`,
	"pages/about.md": "---\ntitle: LONG\n---\n# LONGER\n",
}

// onAPhone lays out the pages of a site in a browser of 320 by 640 pixels.
func onAPhone(t *testing.T, out map[string][]byte) map[string]laid {
	t.Helper()
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
	pages := map[string]laid{}
	for file, data := range out {
		if path.Ext(file) != ".html" || bytes.Contains(data, []byte(`http-equiv="refresh"`)) {
			continue // it leads on before anybody sees it
		}
		seen, err := chromedp.Run(tab, func(ctx context.Context, target *chromedp.Target) (laid, error) {
			if _, err := chromedp.EmulateViewport(320, 640)(ctx, target); err != nil {
				return laid{}, err
			}
			if _, err := chromedp.Navigate("file://"+filepath.Join(folder, file))(ctx, target); err != nil {
				return laid{}, err
			}
			return chromedp.Evaluate[laid](`({over: document.documentElement.scrollWidth - innerWidth,
				direction: getComputedStyle(document.body).direction,
				broken: [...document.querySelectorAll("time")].filter(e => e.offsetHeight >
					1.5 * e.getClientRects()[0]?.height)[0]?.innerText || ""})`)(ctx, target)
		})
		if err != nil {
			t.Fatal(file, err)
		}
		pages[file] = seen
	}
	return pages
}

func TestTheHistoryIsSearchedInThePagesOwnLanguage(t *testing.T) {
	o := output{t, map[string]func() ([]byte, error){}, nil}
	for file, data := range inFour(t) {
		o.files[file] = func() ([]byte, error) { return data, nil }
	}
	h := hosted(t, o)
	v := visits(t, h, "de/history/index.html", "2025-07-25T07:31:00Z")
	v.do(chromedp.Focus("[name=q]"), chromedp.KeyEvent("warteschlange verspätet"))
	v.until("one hit", `document.querySelectorAll("#_hits li").length == 1 && document.querySelector("#_months").hidden`)
	v.sees("#_hits li a", "E-Mails kommen verspätet an")
	v.sees("#_count", "Treffer: 1")
	v.do(chromedp.Click("#_hits a"))
	v.until("the incident", `document.querySelector("#_live")`)
	v.sees("h1", "E-Mails kommen verspätet an")
	if at := v.reads(`location.pathname + document.documentElement.lang`); !strings.HasPrefix(at, "/de/incidents/delays/") ||
		!strings.HasSuffix(at, "de") {
		t.Errorf("the hit leads to %s", at)
	}
	v.open("de/history/index.html?q=queue")
	v.until("an answer", `document.querySelector("#_count").innerText`)
	v.sees("#_count", "Nichts gefunden.")
	v.calm("de/history")
}
