package render

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"regexp"
	"testing"
	"time"

	"allclear/generator/site"
)

func TestATimeZoneIsWrittenSoThatEverybodyReadsTheSame(t *testing.T) {
	for name, want := range map[string][2]string{ // in January and in July
		"UTC":                  {"UTC", "UTC"},
		"Europe/Berlin":        {"CET", "CEST"},
		"Europe/London":        {"GMT", "BST"},
		"America/New_York":     {"EST", "EDT"},
		"Asia/Tokyo":           {"JST", "JST"},
		"Europe/Istanbul":      {"UTC+3", "UTC+3"},
		"America/Sao_Paulo":    {"UTC−3", "UTC−3"},
		"Asia/Kathmandu":       {"UTC+5:45", "UTC+5:45"},
		"America/Scoresbysund": {"UTC−2", "UTC−1"},
		"Atlantic/Azores":      {"UTC−1", "UTC"},
		"Asia/Kolkata":         {"UTC+5:30", "UTC+5:30"},
		"Asia/Jerusalem":       {"UTC+2", "IDT"},
		"America/Chicago":      {"UTC−6", "UTC−5"},
		"Asia/Shanghai":        {"UTC+8", "UTC+8"},
		"America/Los_Angeles":  {"UTC−8", "UTC−7"},
	} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, month := range []time.Month{time.January, time.July} {
			if got := site.ZoneName(time.Date(2025, month, 15, 12, 0, 0, 0, zone)); got != want[i] {
				t.Errorf("%s in %s: %s, not %s", name, month, got, want[i])
			}
		}
	}
}

// In no two places of the world does the same text stand for two offsets.
func TestNoNameOfATimeZoneHasTwoOffsets(t *testing.T) {
	data, err := os.ReadFile("../source/zones.zip")
	if err != nil {
		t.Fatal(err)
	}
	list, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	offsets, numeric := map[string]int{}, regexp.MustCompile(`^[+-]`)
	for _, f := range list.File {
		if f.FileInfo().IsDir() {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		rules, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		zone, err := time.LoadLocationFromTZData(f.Name, rules)
		if err != nil {
			t.Fatal(err)
		}
		for month := time.January; month <= time.December; month++ {
			at := time.Date(2025, month, 15, 12, 0, 0, 0, zone)
			name, seconds := site.ZoneName(at), 0
			if _, seconds = at.Zone(); numeric.MatchString(name) {
				t.Errorf("%s is written as %s", f.Name, name)
			}
			if other, ok := offsets[name]; ok && other != seconds {
				t.Errorf("%s stands for %d s and, in %s, for %d s", name, other, f.Name, seconds)
			}
			offsets[name] = seconds
		}
	}
	if len(offsets) < 40 {
		t.Errorf("%d names were looked at", len(offsets))
	}
}
