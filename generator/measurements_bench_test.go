package generator_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/source"
	"allclear/themes"
)

// tenSeries returns a site with ten measurements of three years, a value every five minutes
// in each: 315,000 lines, 5 MB a file.
func tenSeries(now time.Time) fstest.MapFS {
	folder := fstest.MapFS{"content/site.yml": {Data: []byte("title: Example\nurl: https://status.acme.test\ntimezone: Europe/Berlin\n")}}
	components, list := "components:\n", "measurements:\n"
	for i := range 10 {
		components += fmt.Sprintf("  - {id: c%d}\n", i)
		list += fmt.Sprintf("  - {id: m%d, component: c%d, unit: ms, home: true}\n", i, i)
		var b strings.Builder
		b.WriteString("time,value\n")
		for at := now.AddDate(-3, 0, 0).Unix(); at <= now.Unix(); at += 300 {
			fmt.Fprintf(&b, "%d,%d.%d\n", at, 100+at/300%97, at%10)
		}
		folder[fmt.Sprintf("content/measurements/m%d.csv", i)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	folder["content/components.yml"] = &fstest.MapFile{Data: []byte(components + list)}
	return folder
}

// BenchmarkMeasurements builds a site with ten measurements of three years, and without
// them, reading all or with what an earlier build remembers.
func BenchmarkMeasurements(b *testing.B) {
	now := time.Date(2026, 6, 25, 12, 0, 0, 0, time.UTC)
	with := tenSeries(now)
	without := fstest.MapFS{"content/site.yml": with["content/site.yml"], "content/components.yml": {
		Data: with["content/components.yml"].Data[:strings.Index(string(with["content/components.yml"].Data), "measurements:")]}}
	for _, c := range []struct {
		name   string
		folder fstest.MapFS
		cache  *source.Cache
	}{{"without", without, nil}, {"with", with, nil}, {"again", with, &source.Cache{}}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				result := generator.Build(c.folder, themes.In(c.folder), generator.Options{Now: now, Version: "1.0", Cache: c.cache})
				if result.Problems.HasErrors() {
					b.Fatal(result.Problems)
				}
				for _, f := range result.Files {
					if _, err := f.Bytes(); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
