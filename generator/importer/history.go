package importer

import (
	"html"
	"slices"
	"time"

	"allclear/generator/memo"
)

// HistoryPage is one page of the history that Statuspage serves: three months.
type HistoryPage struct {
	Codes  []string  // of the incidents and maintenance in it, newest first
	Oldest time.Time // the first day of its oldest month; zero if it lists no month
}

var (
	historyProps = memo.Regexp(`data-react-class="HistoryIndex"[^>]*data-react-props="([^"]*)"|` +
		`data-react-props="([^"]*)"[^>]*data-react-class="HistoryIndex"`)
	historyCode = memo.Regexp(`^[A-Za-z0-9]{6,40}$`)
)

// ParseHistory reads a page of Statuspage's history (/history?page=N). It returns false
// if the page is something else.
func ParseHistory(page []byte) (HistoryPage, bool) {
	var h HistoryPage
	m := historyProps().FindSubmatch(page)
	if m == nil {
		return h, false
	}
	props, problem := parseJSON("history", []byte(html.UnescapeString(string(slices.Concat(m[1], m[2])))))
	if problem != nil || !props.has("months") {
		return h, false
	}
	for _, month := range props.get("months").all() {
		first, err := time.Parse("January 2006", month.get("name").str()+" "+month.get("year").str())
		if err == nil && (h.Oldest.IsZero() || first.Before(h.Oldest)) {
			h.Oldest = first
		}
		for _, incident := range month.get("incidents").all() {
			if code := incident.get("code").str(); historyCode().MatchString(code) && !slices.Contains(h.Codes, code) {
				h.Codes = append(h.Codes, code)
			}
		}
	}
	return h, true
}

// StatuspageList is what a file of Statuspage's public API lists.
type StatuspageList struct {
	Codes   []string  // of incidents and maintenance
	Created time.Time // when the oldest component was created; zero if it lists none
}

// ParseStatuspageList reads the codes of a file of Statuspage's public API, or says what is
// wrong with the file.
func ParseStatuspageList(name string, data []byte) (StatuspageList, *Problem) {
	var l StatuspageList
	n, problem := parseJSON(name, data)
	if problem != nil {
		return l, problem
	}
	for _, key := range []string{"incidents", "scheduled_maintenances"} {
		for _, i := range n.get(key).all() {
			if code := i.get("id").str(); historyCode().MatchString(code) {
				l.Codes = append(l.Codes, code)
			}
		}
	}
	for _, c := range n.get("components").all() {
		if s, ok := parseStamp(c.get("created_at").str(), time.UTC); ok && (l.Created.IsZero() || s.Before(l.Created)) {
			l.Created = s.Time
		}
	}
	return l, nil
}
