package render

import (
	"bytes"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/corpus"
	reporting "allclear/generator/report"
	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

// The report of a period that is over is made from its own entries alone. It is the same as
// the one of the whole site, in all its figures and its checksum.
func TestAReportOfItsOwnEntriesIsThatOfTheWholeSite(t *testing.T) {
	folder := fstest.MapFS{}
	corpus.Write(300, 1, func(path string, text []byte) error {
		folder[path] = &fstest.MapFile{Data: text}
		return nil
	})
	s, problems := source.Read(folder, source.Options{})
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	s.Reports = true
	s.SLA.Exclude = site.Exclusion{Set: true, Announced: 24 * time.Hour, Limited: true, Limit: 2 * time.Hour}
	b, err := newBuild(&s, themes.Open(nil), Options{Now: corpus.Now})
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, p := range b.reports() {
		alone := p.document()
		whole := &reporting.Document{UptimeReport: s.UptimeReport(p.Period, alone.Now, s.ReportedIn(p.Period, alone.Now)), Site: &s}
		for name, write := range map[string]func(*reporting.Document) ([]byte, error){
			"CSV": (*reporting.Document).CSV, "JSON": (*reporting.Document).JSON,
		} {
			got, err := write(alone)
			if err != nil {
				t.Fatal(err)
			}
			want, err := write(whole)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s: another %s than of the whole site", p.Name, name)
			}
			rows += bytes.Count(got, []byte("\n"))
		}
	}
	if rows < 1000 {
		t.Errorf("only %d lines were compared", rows)
	}
}
