package source

import (
	"slices"
	"strings"

	"allclear/generator/site"
)

// tongue is what headings say in one language.
type tongue struct {
	words  map[site.Word][]string // the first is the one that hints offer
	report []string
	plan   []string
	of     string // between two numbers: 3 of 7
}

// tongues are the languages whose headings are understood, by the first part
// of their tag. English is understood everywhere.
var tongues = map[string]tongue{
	"en": {words(
		"Investigating", "Identified", "Monitoring", "Update", "Resolved",
		"Scheduled", "In progress", "Verifying", "Completed", "Canceled|Cancelled",
	), []string{"Postmortem", "Post-mortem", "Write-up", "Incident report"}, []string{"Plan"}, "of"},
	"de": {words(
		"Untersuchung|Wird untersucht|In Untersuchung|Untersuchen", "Identifiziert|Ursache gefunden|Erkannt", "Beobachtung|Wird beobachtet|Unter Beobachtung|Überwachung", "Aktualisierung|Neuigkeit", "Behoben|Gelöst|Gelost",
		"Geplant|Angekündigt", "In Arbeit|Läuft|In Durchführung", "Prüfung|Wird geprüft|Überprüfung", "Abgeschlossen|Fertig|Beendet", "Abgesagt|Abgebrochen|Storniert",
	), []string{"Nachbericht", "Vorfallbericht", "Abschlussbericht", "Nachbetrachtung"}, []string{"Ablauf", "Ablaufplan"}, "von"},
	"fr": {words(
		"Enquête en cours|Investigation en cours|En cours d'investigation|Investigation", "Identifié|Cause identifiée|Problème identifié", "Surveillance|Sous surveillance|En surveillance", "Mise à jour", "Résolu|Incident résolu",
		"Planifié|Planifiée|Prévu|Prévue", "En cours", "Vérification|En vérification|En cours de vérification", "Terminé|Terminée", "Annulé|Annulée",
	), []string{"Rapport d'incident", "Post-mortem", "Analyse post-incident"}, []string{"Déroulement"}, "sur"},
	"es": {words(
		"Investigando|En investigación", "Identificado|Causa identificada", "Supervisando|En observación|Monitoreando|Monitorizando", "Actualización", "Resuelto",
		"Programado|Programada|Planificado", "En curso|En progreso", "Verificando|En verificación", "Completado|Completada|Finalizado", "Cancelado|Cancelada",
	), []string{"Informe del incidente", "Análisis posterior", "Informe posterior"}, []string{"Procedimiento"}, "de"},
	"pt": {words(
		"Investigando|Em investigação", "Identificado|Causa identificada", "Monitorando|Em monitoramento|Em observação", "Atualização", "Resolvido",
		"Agendado|Agendada|Programado|Programada", "Em andamento|Em progresso", "Verificando|Em verificação", "Concluído|Concluída", "Cancelado|Cancelada",
	), []string{"Relatório do incidente", "Análise pós-incidente"}, []string{"Plano"}, "de"},
	"it": {words(
		"Indagine in corso|In fase di indagine|Analisi in corso", "Identificato|Causa individuata|Individuato", "Monitoraggio|In monitoraggio|Sotto osservazione", "Aggiornamento", "Risolto",
		"Programmato|Programmata|Pianificato|Pianificata", "In corso", "Verifica|In verifica|Verifica in corso", "Completato|Completata", "Annullato|Annullata",
	), []string{"Rapporto sull'incidente", "Analisi post-incidente"}, []string{"Piano"}, "di"},
	"nl": {words(
		"Onderzoek|In onderzoek|Wordt onderzocht", "Geïdentificeerd|Oorzaak gevonden", "Monitoring|In observatie|Wordt gevolgd", "Bijgewerkt|Voortgang", "Opgelost",
		"Gepland", "Bezig|In uitvoering", "Controle|Verificatie|Wordt gecontroleerd", "Voltooid|Afgerond", "Geannuleerd",
	), []string{"Incidentrapport", "Nabeschouwing", "Evaluatie"}, []string{"Stappenplan"}, "van"},
	"pl": {words(
		"Badanie|W trakcie badania|Badamy|Analizujemy", "Zidentyfikowano|Przyczyna znaleziona", "Monitorowanie|Monitorujemy", "Aktualizacja", "Rozwiązano|Rozwiązany|Rozwiązane",
		"Zaplanowano|Zaplanowane|Planowane", "W toku|W trakcie", "Weryfikacja|Sprawdzanie", "Zakończono|Zakończone", "Anulowano|Anulowane|Odwołano",
	), []string{"Raport z incydentu", "Raport o incydencie"}, []string{"Przebieg"}, "z"},
	"cs": {words(
		"Vyšetřujeme|Vyšetřování|Zjišťujeme příčinu", "Identifikováno|Příčina nalezena", "Sledujeme|Monitorujeme|Sledování", "Aktualizace", "Vyřešeno",
		"Naplánováno|Plánováno", "Probíhá", "Ověřujeme|Ověřování", "Dokončeno", "Zrušeno",
	), []string{"Zpráva o incidentu", "Závěrečná zpráva"}, []string{"Postup"}, "z"},
	"uk": {words(
		"Розслідування|Розслідуємо|З'ясовуємо", "Виявлено|Причину виявлено", "Спостереження|Спостерігаємо|Моніторинг", "Оновлення", "Вирішено|Усунено",
		"Заплановано", "Триває|Виконується", "Перевірка|Перевіряємо", "Завершено", "Скасовано",
	), []string{"Звіт про інцидент", "Підсумковий звіт"}, []string{"План"}, "з"},
	"tr": {words(
		"İnceleniyor|Araştırılıyor", "Tespit edildi|Belirlendi", "İzleniyor|Takip ediliyor", "Güncelleme", "Çözüldü|Giderildi",
		"Planlandı", "Devam ediyor|Sürüyor", "Doğrulanıyor|Kontrol ediliyor", "Tamamlandı", "İptal edildi",
	), []string{"Olay raporu", "Son rapor"}, []string{"Adımlar"}, "/"},
	"sv": {words(
		"Utreds|Undersöks|Utredning pågår|Undersöker", "Identifierat|Orsak funnen|Identifierad", "Övervakas|Övervakar|Bevakas", "Uppdatering", "Löst|Åtgärdat",
		"Planerat|Planerad", "Pågår|Pågående", "Verifieras|Kontrolleras|Verifierar", "Slutfört|Klart|Slutförd|Avslutat", "Inställt|Avbrutet|Inställd",
	), []string{"Incidentrapport", "Efteranalys"}, []string{"Förlopp"}, "av"},
	"fi": {words(
		"Selvitetään|Tutkitaan|Tutkinnassa", "Tunnistettu|Syy löydetty|Syy selvillä", "Seurataan|Seurannassa|Tarkkaillaan", "Päivitys", "Ratkaistu|Korjattu",
		"Suunniteltu|Ajoitettu", "Käynnissä|Meneillään", "Varmistetaan|Tarkistetaan", "Valmis|Päättynyt", "Peruttu|Peruutettu",
	), []string{"Häiriöraportti", "Jälkiraportti"}, []string{"Suunnitelma"}, "/"},
	"ja": {words(
		"調査中", "原因特定|原因を特定|特定済み", "経過観察中|監視中|経過観察", "更新|続報", "解決済み|解決|復旧",
		"予定|計画済み", "実施中|進行中|作業中", "確認中|検証中", "完了", "中止|キャンセル",
	), []string{"事後報告", "障害報告", "ポストモーテム", "インシデント報告"}, []string{"計画", "手順"}, "/"},
	"ko": {words(
		"조사 중", "원인 파악|원인 확인|확인됨", "모니터링 중|모니터링|관찰 중", "업데이트", "해결됨|해결|복구 완료",
		"예정|예정됨", "진행 중", "확인 중|검증 중", "완료|완료됨", "취소됨|취소",
	), []string{"사후 보고서", "장애 보고서", "사후 분석"}, []string{"계획", "절차"}, "/"},
	"zh": {words(
		"调查中|調查中|正在调查|正在調查", "已确认|已確認|已查明|已定位|原因已确认|原因已確認", "监控中|監控中|观察中|觀察中", "更新|最新进展|最新進展", "已解决|已解決",
		"已计划|已計劃|已安排|已排定|計劃中|计划中", "进行中|進行中", "验证中|驗證中", "已完成", "已取消",
	), []string{"事后报告", "事後報告", "事故报告", "事故報告", "复盘", "檢討報告"}, []string{"计划", "計劃", "步骤", "步驟"}, "/"},
	"hi": {words(
		"जाँच जारी|जांच जारी|जाँच हो रही है|जांच हो रही है", "पहचान हुई|कारण मिला|पहचाना गया|कारण पता चला", "निगरानी जारी|निगरानी", "अपडेट", "समाधान हुआ|हल हुआ|हल हो गया|समाधान हो गया",
		"निर्धारित|नियोजित", "जारी|प्रगति पर", "सत्यापन जारी|सत्यापन|जाँच और पुष्टि", "पूर्ण|पूरा हुआ|पूरा", "रद्द",
	), []string{"घटना रिपोर्ट", "विश्लेषण रिपोर्ट"}, []string{"योजना"}, "/"},
	"ar": {words(
		"قيد التحقيق|جارٍ التحقيق|جاري التحقيق", "تم تحديد السبب|تم التحديد", "قيد المراقبة|جارٍ المراقبة|المراقبة", "تحديث", "تم الحل|محلول|تم حلها",
		"مجدول|مجدولة", "قيد التنفيذ|جارٍ التنفيذ|جاري التنفيذ", "قيد التحقق|جارٍ التحقق|جاري التحقق", "مكتمل|مكتملة|اكتمل|اكتملت", "ملغى|ملغاة|تم الإلغاء",
	), []string{"تقرير الحادث", "تقرير ما بعد الحادث"}, []string{"الخطة"}, "من"},
	"he": {words(
		"בבדיקה|בחקירה", "זוהה|הסיבה זוהתה|אותרה הסיבה", "במעקב|בניטור", "עדכון", "נפתרה|נפתר|טופל|טופלה",
		"מתוכנן|מתוכננת", "בביצוע|מתבצע|בעיצומו", "באימות|בווידוא", "הושלם|הושלמה", "בוטל|בוטלה",
	), []string{"דוח תקלה", "דוח אירוע", "תחקיר"}, []string{"תוכנית"}, "מתוך"},
}

// sections open a report behind updates; in a report they are its sections.
var sections = []string{"Root cause analysis", "RCA", "Retrospective", "Post-incident review"}

// words lists the status words in the order of tongues; "|" parts synonyms.
func words(list ...string) map[site.Word][]string {
	order := []site.Word{
		site.Investigating, site.Identified, site.Monitoring, site.Note, site.Resolved,
		site.Scheduled, site.InProgress, site.Verifying, site.Completed, site.Canceled,
	}
	out := map[site.Word][]string{}
	for i, synonyms := range list {
		out[order[i]] = strings.Split(synonyms, "|")
	}
	return out
}

// vocabulary is what headings may say on one site. A folded word may stand for
// a word of each kind: German has one word where English has two.
type vocabulary struct {
	words   [2]map[string]site.Word // by kind
	offer   [2][]string             // the words that hints offer, by kind
	report  map[string]bool
	section map[string]bool // names of reports that are sections within one
	plan    map[string]bool
	of      []string
}

// newVocabulary gathers English and the site's languages. English stands
// first and wins.
func newVocabulary(languages []string) vocabulary {
	v := vocabulary{report: map[string]bool{}, section: map[string]bool{}, plan: map[string]bool{}}
	for _, name := range sections {
		v.section[fold(name)] = true
	}
	v.words = [2]map[string]site.Word{{}, {}}
	for _, lang := range append([]string{"en"}, languages...) {
		base, _, _ := strings.Cut(strings.ToLower(lang), "-")
		t, ok := tongues[base]
		if !ok {
			continue
		}
		v.of = append(v.of, t.of)
		for _, name := range t.report {
			v.report[fold(name)] = true
		}
		for _, name := range t.plan {
			v.plan[fold(name)] = true
		}
		for _, kind := range []site.Kind{site.Incident, site.Maintenance} {
			v.learn(kind, t)
		}
	}
	return v
}

func (v *vocabulary) learn(kind site.Kind, t tongue) {
	for _, word := range site.WordsOf(kind) {
		for i, name := range t.words[word] {
			if _, taken := v.words[kind][fold(name)]; !taken {
				v.words[kind][fold(name)] = word
			}
			if i == 0 && !slices.Contains(v.offer[kind], name) {
				v.offer[kind] = append(v.offer[kind], name)
			}
		}
	}
}

// offerOf is the word that hints offer for a status: the first of the site's
// languages that has one.
func (v *vocabulary) offerOf(kind site.Kind, word site.Word) string {
	for _, name := range v.offer[kind] {
		if v.words[kind][fold(name)] == word {
			return name
		}
	}
	return tongues["en"].words[word][0]
}

// ParseWord reads the status word of an update heading of a kind, in English or
// in one of the languages. Case, spaces, '-' and '_' do not matter.
func ParseWord(kind site.Kind, text string, languages []string) (site.Word, bool) {
	word, ok := newVocabulary(languages).words[kind][fold(text)]
	return word, ok
}

// HeadingWord is the word that an update heading says in a language, in English
// where the language is not known.
func HeadingWord(word site.Word, language string) string {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if names := tongues[base].words[word]; len(names) > 0 {
		return names[0]
	}
	return tongues["en"].words[word][0]
}

// fold makes two spellings of a word equal: case, spaces, hyphens, apostrophes
// and the dots of the Turkish i do not matter.
func fold(word string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '_', '\u00a0', '\u0307', '\'', '’', 'ʼ', '*':
			return -1
		case 'ı':
			return 'i'
		}
		return r
	}, strings.ToLower(strings.TrimSpace(word)))
}
