package alerts

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Issue is an event of an issue at GitHub that was made with the form for incidents. The
// people who write there are members, so their texts are Markdown, as with allclear new.
type Issue struct {
	Action     string // opened, edited, commented, closed or reopened
	Number     string
	Title      string
	Components []string // as written in the form
	Regions    []string
	Status     string
	Message    string   // of the form
	LeftOut    []string // headings of the form whose text is not used
	Comment    string
	Closed     bool // by now
	Opened     time.Time
	At         Alert // its Start is when this was
}

// issuePayload is the event issues or issue_comment.
type issuePayload struct {
	Action text `json:"action"`
	Issue  *struct {
		Number      text `json:"number"`
		Title       text `json:"title"`
		Body        text `json:"body"`
		State       text `json:"state"`
		Association text `json:"author_association"`
		CreatedAt   text `json:"created_at"`
		UpdatedAt   text `json:"updated_at"`
		ClosedAt    text `json:"closed_at"`
		Labels      []struct {
			Name text `json:"name"`
		} `json:"labels"`
		PullRequest json.RawMessage `json:"pull_request"`
	} `json:"issue"`
	Comment *struct {
		Body        text `json:"body"`
		Association text `json:"author_association"`
		CreatedAt   text `json:"created_at"`
	} `json:"comment"`
}

// members are the associations of people who may publish.
var members = []string{"OWNER", "MEMBER", "COLLABORATOR"}

func readIssue(data []byte) ([]Event, error) {
	const kind = "github-issue"
	var p issuePayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	switch {
	case p.Issue == nil:
		return nil, missing(kind, "issue")
	case p.Issue.Number == "":
		return nil, missing(kind, "issue.number")
	case p.Action == "":
		return nil, missing(kind, "action")
	case len(p.Issue.PullRequest) > 0 && string(p.Issue.PullRequest) != "null":
		return note(kind, "a pull request, not an issue; nothing to do"), nil
	case !slices.Contains(members, strings.ToUpper(string(p.Issue.Association))):
		return note(kind,
			"an issue by somebody who is no member of the repository, so nothing changes; to publish it: allclear new incident"), nil
	}
	fields, leftOut := formFields(string(p.Issue.Body))
	if _, has := fields["status"]; !has {
		return note(kind, "an issue without the fields of the form for incidents; nothing to do"), nil
	}
	i := &Issue{Number: string(p.Issue.Number), Title: issueTitle(string(p.Issue.Title)), Components: splitWords(fields["component"]),
		Regions: splitWords(fields["region"]), Status: oneLine(fields["status"]), Message: fields["message"], LeftOut: leftOut}
	return p.event(kind, i)
}

// event returns the event for what happened to an issue.
func (p issuePayload) event(kind string, i *Issue) ([]Event, error) {
	i.Action, i.Closed = string(p.Action), p.Issue.State == "closed"
	i.Opened = i.At.time("issue.created_at", p.Issue.CreatedAt)
	switch {
	case p.Comment != nil && p.Action != "created":
		return note(kind,
			"a comment that was edited or deleted; what is published stays. To change it: edit its file in content/incidents/"), nil
	case p.Comment != nil && !slices.Contains(members, strings.ToUpper(string(p.Comment.Association))):
		return note(kind, "a comment by somebody who is no member of the repository, so nothing changes"), nil
	case p.Comment != nil:
		i.Action, i.Comment = "commented", string(p.Comment.Body)
		i.At.Start = i.At.time("comment.created_at", p.Comment.CreatedAt)
	case p.Action == "opened":
		i.At.Start = i.Opened
	case p.Action == "closed":
		i.At.Start = i.At.time("issue.closed_at", text(first(p.Issue.ClosedAt, p.Issue.UpdatedAt)))
	case p.Action == "reopened":
		i.At.Start = i.At.time("issue.updated_at", p.Issue.UpdatedAt)
	case p.Action == "edited":
		i.At.Start = i.Opened
	default:
		return note(kind, "an issue that was %s; nothing to do", oneLine(string(p.Action))), nil
	}
	return []Event{{Kind: kind, Key: key(i.Number), Issue: i}}, nil
}

// issueTitle returns the title of an issue without a prefix that the form may have put
// there, such as [Incident].
func issueTitle(title string) string {
	for _, prefix := range []string{"[incident]", "incident:"} {
		if len(title) > len(prefix) && strings.EqualFold(title[:len(prefix)], prefix) {
			title = strings.TrimLeft(title[len(prefix):], " :")
		}
	}
	return asTitle(title)
}

// formNames are the headings of the form's fields, in lower case.
var formNames = map[string]string{
	"component": "component", "components": "component", "services": "component", "region": "region", "regions": "region",
	"status": "status", "how bad is it?": "status", "message": "message", "text": "message",
	"what should customers know?": "message", "what should your customers know?": "message",
}

// formFields returns the fields of an issue that was made with a form: headings of level
// 3, each with a value below. Fields that are not known are not used, since they may not be
// meant for the public: their headings are in leftOut. Of a field that is there twice, the
// first counts.
func formFields(body string) (fields map[string]string, leftOut []string) {
	fields = map[string]string{}
	name := ""
	for line := range strings.SplitSeq(strings.ReplaceAll(body, "\r\n", "\n"), "\n") {
		if heading, is := strings.CutPrefix(line, "### "); is {
			if name = formNames[strings.ToLower(strings.TrimSpace(heading))]; name == "" || has(fields, name) {
				name = "other " + oneLine(heading)
			}
			fields[name] = ""
			continue
		}
		if name != "" {
			fields[name] += line + "\n"
		}
	}
	for name, value := range fields {
		value = strings.TrimSpace(value)
		if value == "_No response_" || value == "None" {
			value = ""
		}
		fields[name] = value
		if heading, is := strings.CutPrefix(name, "other "); is && value != "" && heading != "Checks" {
			leftOut = append(leftOut, heading)
		}
	}
	slices.Sort(leftOut)
	return fields, leftOut
}

func has(fields map[string]string, name string) bool {
	_, has := fields[name]
	return has
}
