package corpus

import "strings"

// paragraph returns some sentences, sometimes with a link, code or emphasis.
func (w *writer) paragraph(sentences int) string {
	var parts []string
	for range sentences {
		parts = append(parts, w.sentence())
	}
	switch {
	case w.chance(0.3):
		parts = append(parts, "See [the guide to "+w.pick(subjects)+"](https://docs.example.com/guides/"+w.pick(tags)+
			") for what to do meanwhile.")
	case w.chance(0.3):
		parts = append(parts, "Requests to `/v3/"+w.pick(tags)+"/items` may answer **"+w.pick(codes)+"**.")
	}
	return strings.Join(parts, " ")
}

func (w *writer) sentence() string {
	return w.pick(openings) + " " + w.pick(subjects) + " " + w.pick(verbs) + " " + w.pick(endings)
}

func (w *writer) list() {
	w.line("")
	for range 3 {
		w.line("- %s", w.sentence())
	}
}

func (w *writer) table() {
	w.line("\n| Route | Failures | Answer |\n|---|---:|---|")
	for range 3 {
		w.line("| /v3/%s | %d.%d %% | `%s` |", w.pick(tags), w.IntN(90), w.IntN(10), w.pick(codes))
	}
}

func (w *writer) code() {
	w.line("\n```\nGET /v3/%s/items\nanswer: %s\nretry_after: %d\n```", w.pick(tags), w.pick(codes), w.IntN(120))
}

var (
	troubles = []string{"Elevated error rates in", "Slow answers from", "Delays in", "Timeouts in", "Intermittent failures of",
		"Stale data in", "Failed logins to", "Lost connections to"}
	places = []string{"the public API", "background jobs", "scheduled exports", "the dashboard", "outgoing webhooks", "search results",
		"file uploads", "the European region", "invoices", "e-mail delivery"}
	statuses = []string{"degraded_performance", "degraded_performance", "partial_outage", "major_outage"}
	notes    = []string{"a retry mostly works", "about one request in twelve fails", "reads work, writes are queued",
		"only new sessions are hit"}
	tags     = []string{"contacts", "exports", "events", "reports", "sessions", "invoices", "queries", "templates"}
	codes    = []string{"500", "502", "503", "504", "429"}
	openings = []string{"We see that", "Our engineers found that", "As of now", "Since the last change", "In two of three zones",
		"For a part of our customers", "After the restart", "According to our measurements"}
	subjects = []string{"the connection pool", "a queue of pending jobs", "the newest release of the gateway",
		"one of the database replicas", "the cache in front of the search index", "an upstream provider",
		"the certificate of an internal service", "the scheduler"}
	verbs = []string{"answers more slowly than it should", "rejects a part of the requests", "has recovered", "was taken out of rotation",
		"works through its backlog", "holds fewer connections than planned", "restarts more often than usual",
		"was moved to spare capacity"}
	endings = []string{"while load stays high.", "and we watch it closely.", "since the early morning.", "without any loss of data.",
		"in the affected region only.", "so that retries succeed.", "until the next deployment.", "and the error rate is falling."}
)
