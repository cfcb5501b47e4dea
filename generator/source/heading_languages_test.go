package source

import (
	"slices"
	"testing"

	"allclear/generator/site"
)

func TestNoHeadingWordMeansTwoThings(t *testing.T) {
	for lang, own := range headingLanguages {
		for _, kind := range []site.Kind{site.Incident, site.Maintenance} {
			meant := map[string]site.UpdateStatus{}
			for _, base := range []string{"en", lang} {
				for _, word := range site.UpdateStatuses(kind) {
					for _, name := range headingLanguages[base].words[word] {
						for _, spelling := range []string{fold(name), fold(asciiUmlauts.Replace(name))} {
							if other, taken := meant[spelling]; taken && other != word {
								t.Errorf("%s: %q is %v and %v", lang, name, other, word)
							}
							meant[spelling] = word
						}
					}
				}
			}
			for _, word := range site.UpdateStatuses(kind) {
				if len(own.words[word]) == 0 {
					t.Errorf("%s has no word for %v", lang, word)
				}
			}
		}
	}
}

// What people type who do not look it up, or have no such key on their keyboard.
func TestHeadingWordsAreReadAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct {
		lang string
		kind site.Kind
		text string
		want site.UpdateStatus
	}{
		{"es", site.Incident, "Actualizacion", site.Note},
		{"es", site.Incident, "Solucionado", site.Resolved},
		{"es", site.Incident, "Monitoreo", site.Monitoring},
		{"es", site.Maintenance, "Terminado", site.Completed},
		{"fr", site.Incident, "resolue", site.Resolved},
		{"fr", site.Incident, "MISE A JOUR", site.Note},
		{"fr", site.Incident, "Enquête", site.Investigating},
		{"fr", site.Incident, "En cours d’investigation", site.Investigating},
		{"fr", site.Maintenance, "Programmée", site.Scheduled},
		{"de", site.Incident, "Geloest", site.Resolved},
		{"de", site.Incident, "Gelost", site.Resolved},
		{"de", site.Incident, "Ursache identifiziert", site.Identified},
		{"de", site.Incident, "Wird ueberwacht", site.Monitoring},
		{"de", site.Maintenance, "Laeuft", site.InProgress},
		{"de", site.Maintenance, "Gestartet", site.InProgress},
		{"de", site.Maintenance, "Erledigt", site.Completed},
		{"pt-BR", site.Incident, "Investigacao", site.Investigating},
		{"pt-BR", site.Maintenance, "Concluida", site.Completed},
		{"it", site.Maintenance, "Terminata", site.Completed},
		{"nl", site.Incident, "Geidentificeerd", site.Identified},
		{"pl", site.Incident, "rozwiazano", site.Resolved},
		{"pl", site.Incident, "Naprawiono", site.Resolved},
		{"cs", site.Incident, "Vyreseno", site.Resolved},
		{"cs", site.Incident, "Pr\u030cic\u030cina nalezena", site.Identified}, // as some systems compose letters
		{"uk", site.Incident, "З\u02bcясовуємо", site.Investigating},
		{"uk", site.Incident, "З'ясовуємо", site.Investigating},
		{"uk", site.Incident, "Причину встановлено", site.Identified},
		{"tr", site.Incident, "COZULDU", site.Resolved},
		{"tr", site.Incident, "inceleniyor", site.Investigating},
		{"sv", site.Incident, "Lost", site.Resolved},
		{"ar", site.Maintenance, "تمت", site.Completed},
		{"he", site.Incident, "זוהתה", site.Identified},
		{"he", site.Maintenance, "מתבצעת", site.InProgress},
		{"ja", site.Incident, "復旧済み", site.Resolved},
		{"ja", site.Maintenance, "終了", site.Completed},
		{"ko", site.Incident, "복구됨", site.Resolved},
		{"zh-TW", site.Incident, "已修復", site.Resolved},
		{"zh-Hans", site.Incident, "已恢复", site.Resolved},
		{"zh-Hans", site.Maintenance, "处理中", site.InProgress},
	} {
		if got, ok := ParseUpdateStatus(c.kind, c.text, []string{c.lang}); !ok || got != c.want {
			t.Errorf("%s: %q is read as %v (%v), not %v", c.lang, c.text, got, ok, c.want)
		}
	}
}

func TestAPersonOfEachLanguageIsOfferedTheirOwnWord(t *testing.T) {
	for lang, want := range map[string]string{
		"de": "Wird untersucht", "de-AT": "Wird untersucht", "zh-Hans": "调查中", "zh-CN": "调查中", "zh-TW": "調查中", "zh-Hant": "調查中",
		"da": "Investigating",
	} {
		if got := HeadingWord(site.Investigating, lang); got != want {
			t.Errorf("%s is offered %q, not %q", lang, got, want)
		}
	}
	if offered := newVocabulary([]string{"zh-Hant"}).suggested[site.Incident]; !slices.Contains(offered, "原因已確認") ||
		slices.Contains(offered, "原因已确认") {
		t.Errorf("hints offer %q to readers of traditional Chinese", offered)
	}
}
