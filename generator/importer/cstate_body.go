package importer

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/memo"
	"allclear/generator/site"
)

var (
	// markedWord is a status word in bold or italics at the start of a paragraph.
	markedWord = memo.Regexp(`^[*_]{1,3}([\p{L}][\p{L} -]{2,30}?)[*_]{1,3}\s*(?:[-–—:]\s*)?`)
	// track is cState's shortcode for the time of an update.
	track = memo.Regexp(`\{\{[<%]\s*h?track\s+"?([^">]*?)"?\s*[>%]\}\}`)
	// rule is a line that divides updates.
	ruler = memo.Regexp(`^\s*(-{3,}|\*{3,}|_{3,})\s*$`)
)

// statusWords are the words of updates that people write, in lower case.
var statusWords = map[string]site.UpdateStatus{
	"investigating": site.Investigating, "identified": site.Identified, "monitoring": site.Monitoring, "watching": site.Monitoring,
	"resolved": site.Resolved, "fixed": site.Resolved, "completed": site.Resolved, "update": site.Note, "updated": site.Note,
	"recovered": site.Resolved, "solved": site.Resolved,
}

// bodyPart is a piece of an issue's text: an update, if it has a word or a time.
type bodyPart struct {
	status site.UpdateStatus
	report bool
	time   time.Time
	text   []string
}

// body reads the text of an issue. Its updates are paragraphs that begin with a status
// word in bold, or with a line that is a time; the newest comes first. Where one of them
// has no time, the text is kept whole, as the report.
func (c *cState) body(e *Entry, m markdownFile) {
	parts := c.parts(m.body)
	before := parts[0]
	updates := parts[1:]
	if i := slices.IndexFunc(updates, func(p bodyPart) bool { return p.report }); i >= 0 && len(updates) > 1 {
		e.Report, e.ReportTime = strings.Join(updates[i].text, "\n\n"), updates[i].time
		updates = slices.Delete(updates, i, i+1)
	}
	if len(updates) == 0 || updates[0].report {
		e.Report = m.body
		return
	}
	c.dateEnds(e, updates)
	for _, u := range updates {
		if u.time.IsZero() {
			e.Report = m.body
			c.lose(e, "report-time", nil, "report")
			return
		}
	}
	slices.Reverse(updates)
	e.Summary = strings.Join(before.text, "\n\n")
	for _, u := range updates {
		if e.Kind == Maintenance {
			u.status = site.Note
		}
		e.Updates = append(e.Updates, Update{Status: u.status, Time: u.time, Text: strings.Join(u.text, "\n\n"), from: e.from})
	}
}

// dateEnds dates the newest update by the end and the oldest by its start, where
// they say that something was resolved or began, and have no time.
func (c *cState) dateEnds(e *Entry, updates []bodyPart) {
	newest, oldest := &updates[0], &updates[len(updates)-1]
	if newest.time.IsZero() && newest.status == site.Resolved && !e.End.IsZero() {
		newest.time = e.End
		c.lose(e, "update-time", nil, updateMark(len(updates)-1))
	}
	if oldest.time.IsZero() && oldest.status != site.Resolved && !e.Start.IsZero() {
		oldest.time = e.Start
		c.lose(e, "update-time", nil, updateMark(0))
	}
}

// parts cuts a text into what stands before the first update, and the updates.
func (c *cState) parts(body string) []bodyPart {
	parts := []bodyPart{{}}
	body = htmlComment().ReplaceAllString(body, "")
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(body, "\r\n", "\n"), "\n\n") {
		var lines []string
		for line := range strings.SplitSeq(paragraph, "\n") {
			if !ruler().MatchString(line) {
				lines = append(lines, line)
			}
		}
		paragraph = strings.TrimSpace(strings.Join(lines, "\n"))
		if paragraph == "" {
			continue
		}
		if part, ok := c.opening(paragraph); ok {
			parts = append(parts, part)
			continue
		}
		last := &parts[len(parts)-1]
		last.addTime(c, paragraph)
		if rest := strings.TrimSpace(track().ReplaceAllString(paragraph, "")); rest != "" {
			last.text = append(last.text, rest)
		}
	}
	return parts
}

// opening reads a paragraph that begins an update.
func (c *cState) opening(paragraph string) (bodyPart, bool) {
	first, rest, _ := strings.Cut(paragraph, "\n")
	if s, ok := parseStamp(strings.Trim(first, "*_[]: \t"), c.zone); ok && !s.dayOnly {
		part := bodyPart{status: site.Note, time: s.Time}
		if rest = strings.TrimSpace(rest); rest != "" {
			part.text = []string{rest}
		}
		return part, true
	}
	m := markedWord().FindStringSubmatch(paragraph)
	if m == nil {
		return bodyPart{}, false
	}
	word := strings.ToLower(strings.TrimSpace(m[1]))
	status, known := statusWords[word]
	part := bodyPart{status: status, report: word == "post-mortem" || word == "postmortem"}
	if !known && !part.report {
		return bodyPart{}, false
	}
	text := paragraph[len(m[0]):]
	part.addTime(c, text)
	if text = strings.TrimSpace(track().ReplaceAllString(text, "")); text != "" {
		part.text = []string{text}
	}
	return part, true
}

// addTime takes the time of a track shortcode, unless the update has one.
func (p *bodyPart) addTime(c *cState, text string) {
	if m := track().FindStringSubmatch(text); m != nil && p.time.IsZero() {
		if s, ok := parseStamp(m[1], c.zone); ok {
			p.time = s.Time
		}
	}
}
