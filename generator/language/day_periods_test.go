package language

import (
	"os"
	"testing"
	"time"

	"allclear/generator/site"
)

// The time of day in 12 hours, as CLDR 48 writes it in each language (its pattern h:mm a,
// and K:mm in Japanese). Hindi has its own words for the halves of the day, where CLDR has
// am and pm in Latin letters. A space in a time does not break.
func TestTheTimeOfDayInTwelveHours(t *testing.T) {
	for tag, want := range map[string][3]string{ // 00:05, 12:00, 18:41
		"ar":      {"12:05\u00a0ص", "12:00\u00a0م", "6:41\u00a0م"},
		"cs":      {"12:05\u00a0dop.", "12:00\u00a0odp.", "6:41\u00a0odp."},
		"de":      {"12:05\u00a0AM", "12:00\u00a0PM", "6:41\u00a0PM"},
		"en":      {"12:05\u00a0am", "12:00\u00a0pm", "6:41\u00a0pm"},
		"es":      {"12:05\u00a0a.\u00a0m.", "12:00\u00a0p.\u00a0m.", "6:41\u00a0p.\u00a0m."},
		"fi":      {"12.05\u00a0ap.", "12.00\u00a0ip.", "6.41\u00a0ip."},
		"fr":      {"12:05\u00a0AM", "12:00\u00a0PM", "6:41\u00a0PM"},
		"he":      {"12:05\u00a0לפנה״צ", "12:00\u00a0אחה״צ", "6:41\u00a0אחה״צ"},
		"hi":      {"12:05\u00a0पूर्वाह्न", "12:00\u00a0अपराह्न", "6:41\u00a0अपराह्न"},
		"it":      {"12:05\u00a0AM", "12:00\u00a0PM", "6:41\u00a0PM"},
		"ja":      {"午前0:05", "午後0:00", "午後6:41"},
		"ko":      {"오전\u00a012:05", "오후\u00a012:00", "오후\u00a06:41"},
		"nl":      {"12:05\u00a0a.m.", "12:00\u00a0p.m.", "6:41\u00a0p.m."},
		"pl":      {"12:05\u00a0AM", "12:00\u00a0PM", "6:41\u00a0PM"},
		"pt-BR":   {"12:05\u00a0AM", "12:00\u00a0PM", "6:41\u00a0PM"},
		"sv":      {"12:05\u00a0fm", "12:00\u00a0em", "6:41\u00a0em"},
		"tr":      {"ÖÖ\u00a012:05", "ÖS\u00a012:00", "ÖS\u00a06:41"},
		"uk":      {"12:05\u00a0дп", "12:00\u00a0пп", "6:41\u00a0пп"},
		"zh-Hans": {"上午12:05", "下午12:00", "下午6:41"},
		"zh-Hant": {"上午12:05", "下午12:00", "下午6:41"},
	} {
		list, err := Open(os.DirFS("../../themes/default"), &site.Site{Languages: []string{tag}, Clock: 12})
		if err != nil {
			t.Fatal(err)
		}
		for i, at := range []string{"00:05", "12:00", "18:41"} {
			clock, _ := time.Parse("15:04", at)
			if got := list[0].Date("time", clock); got != want[i] {
				t.Errorf("%s: %s is %q, not %q", tag, at, got, want[i])
			}
		}
		if list[0].DayPeriods() == "" {
			t.Errorf("%s: the script of the pages does not know the halves of the day", tag)
		}
	}
}

// Without the key, and with clock: 24, nothing is in 12 hours. The operator's own pattern
// comes before all.
func TestTwelveHoursAreTheOperatorsChoice(t *testing.T) {
	evening := time.Date(2026, 11, 28, 18, 41, 0, 0, time.UTC)
	for _, story := range []struct {
		clock         int
		own           string
		want, periods string
	}{
		{0, "", "18:41", ""},
		{24, "", "18:41", ""},
		{12, "", "6:41\u00a0pm", "am|pm"},
		{0, "{hour12}.{minute}{period}", "6.41pm", "am|pm"},
		{12, "{hour}h{minute}", "18h41", ""},
	} {
		s := &site.Site{Languages: []string{"en"}, Clock: story.clock}
		if story.own != "" {
			s.Strings = map[string]site.Text{"date.time": {Default: story.own}}
		}
		list, err := Open(os.DirFS("../../themes/default"), s)
		if err != nil {
			t.Fatal(err)
		}
		if got := list[0].Date("time", evening); got != story.want || list[0].DayPeriods() != story.periods {
			t.Errorf("clock %d, %q: %q with %q", story.clock, story.own, got, list[0].DayPeriods())
		}
		if faults := Check(os.DirFS("../../themes/default"), s); len(faults) > 0 {
			t.Errorf("%q: %v", story.own, faults)
		}
	}
}
