package site

import (
	"math"
	"strings"
	"testing"
	"time"
)

func TestContrastIsThatOfTheAccessibilityGuidelines(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000", "#fff", 21}, {"#fff", "#fff", 1}, {"#767676", "#ffffff", 4.54}, {"#2457d6", "#ffffff", 6.16}} {
		a, _ := ParseColor(c.a)
		b, _ := ParseColor(c.b)
		if got := Contrast(a, b); math.Abs(got-c.want) > 0.05 || got != Contrast(b, a) {
			t.Errorf("%s on %s has %.2f, want %.2f both ways", c.a, c.b, got, c.want)
		}
	}
}

func TestAColorIsReadAndWritten(t *testing.T) {
	for in, want := range map[string]string{"#2457d6": "#2457d6", "#25d": "#2255dd", "#000000": "#000000"} {
		if c, ok := ParseColor(in); !ok || c.Hex() != want {
			t.Errorf("%s is read as %s, %v", in, c.Hex(), ok)
		}
	}
	for _, bad := range []string{"", "2457d6", "#2457", "#gggggg", "red", "#2457d6f"} {
		if _, ok := ParseColor(bad); ok {
			t.Errorf("%q is taken for a color", bad)
		}
	}
}

func TestCheckWarnsOfAnAccentThatIsTooPale(t *testing.T) {
	check := func(accent string) string {
		s := Site{Zone: time.UTC, Brand: Brand{Accent: accent}}
		var said []string
		for _, p := range s.Check(time.Time{}) {
			said = append(said, p.Rule+" "+p.Hint)
		}
		return strings.Join(said, "; ")
	}
	if said := check("#2457d6"); said != "" {
		t.Errorf("a dark accent is warned of: %s", said)
	}
	said := check("#7fd0ff")
	hex := said[strings.Index(said, "#"):][:7]
	darker, _ := ParseColor(hex)
	if !strings.HasPrefix(said, "pale-accent") || Contrast(darker, lightPaper) < TextContrast {
		t.Errorf("a pale accent: %q", said)
	}
}
