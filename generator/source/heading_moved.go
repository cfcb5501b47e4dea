package source

import "strings"

// movingWords are the words that people use, in the languages of the pages, for a window
// that was moved. There is no such status: the times in the front matter change instead.
var movingWords = foldedSet(
	"Postponed|Rescheduled|Deferred",              // English
	"مؤجل|مؤجلة|تأجيل|تم التأجيل",                 // Arabic
	"Odloženo|Přesunuto|Odložena",                 // Czech
	"Verschoben|Vertagt|Verlegt",                  // German
	"Aplazado|Pospuesto|Reprogramado",             // Spanish
	"Siirretty|Lykätty",                           // Finnish
	"Reporté|Reportée|Reprogrammé|Décalé",         // French
	"נדחה|נדחתה",                                  // Hebrew
	"स्थगित|पुनर्निर्धारित",                       // Hindi
	"Rinviato|Rinviata|Posticipato|Riprogrammato", // Italian
	"延期|日程変更",                                     // Japanese
	"연기|연기됨|일정 변경",                                // Korean
	"Uitgesteld|Verplaatst|Verzet",                // Dutch
	"Przełożone|Przesunięte|Odroczone",            // Polish
	"Adiado|Adiada|Reagendado|Remarcado",          // Portuguese
	"Uppskjutet|Framflyttat|Ombokat",              // Swedish
	"Ertelendi",                                   // Turkish
	"Перенесено|Відкладено",                       // Ukrainian
	"推迟|已推迟|延期|改期|已改期",                            // Chinese, simplified
	"推遲|延後|已延後",                                   // Chinese, traditional
)

// vagueMovingWords mean the same before a time, and may be ordinary headings otherwise.
var vagueMovingWords = foldedSet("Delayed|Moved|Extended")

// foldedSet returns words, separated by "|", in the form in which words are compared.
func foldedSet(lists ...string) wordSet {
	set := wordSet{}
	for _, list := range lists {
		for _, word := range strings.Split(list, "|") {
			set[fold(word)] = true
		}
	}
	return set
}

// movingHint returns what to do instead of writing that a window was moved.
func movingHint(time string) string {
	return "to move a window, change its start and end, and announce it in an update: ## Update — " + time
}
