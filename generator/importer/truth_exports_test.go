package importer_test

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

func incidentIOTruths(t *testing.T, files fs.FS) (all []truth) {
	var list struct {
		Incidents []struct {
			Name, Type string
			Impacts    []struct {
				Status string     `json:"component_status"`
				Start  time.Time  `json:"start_at"`
				End    *time.Time `json:"end_at"`
			} `json:"component_impacts"`
			Updates []struct {
				Message string
				Status  string    `json:"incident_status"`
				At      time.Time `json:"published_at"`
			}
			Starts time.Time `json:"starts_at"`
			Ends   time.Time `json:"ends_at"`
		}
	}
	readJSON(t, files, "incidents.json", &list)
	for _, i := range list.Incidents {
		w := truth{title: i.Name, begin: i.Starts, end: i.Ends, open: i.Type != "maintenance"}
		for _, u := range i.Updates {
			if i.Type != "maintenance" && (w.begin.IsZero() || u.At.Before(w.begin)) {
				w.begin = u.At
			}
			if u.Status == "resolved" {
				w.open, w.end = false, u.At
			}
			w.texts = append(w.texts, strings.NewReplacer("<p>", "", "</p>", "", "<strong>", "", "</strong>", "").Replace(u.Message))
		}
		for _, p := range i.Impacts {
			if p.Start.Before(w.begin) {
				w.begin = p.Start
			}
			w.severity = max(w.severity, map[string]site.Severity{"degraded_performance": site.Minor, "partial_outage": site.Major,
				"full_outage": site.Critical}[p.Status])
		}
		all = append(all, w)
	}
	return all
}

func betterStackTruths(t *testing.T, files fs.FS) (all []truth) {
	type thing struct {
		ID, Type   string
		Attributes struct {
			Title, Message string
			Type           string                    `json:"report_type"`
			Starts         time.Time                 `json:"starts_at"`
			Ends           *time.Time                `json:"ends_at"`
			Affected       []struct{ Status string } `json:"affected_resources"`
		}
		Relationships struct {
			Report struct{ Data struct{ ID string } } `json:"status_report"`
		}
	}
	var file struct{ Data, Included []thing }
	readJSON(t, files, "reports.json", &file)
	worst := map[string]site.Severity{"degraded": site.Minor, "downtime": site.Critical}
	for _, r := range file.Data {
		w := truth{title: r.Attributes.Title, begin: r.Attributes.Starts}
		if r.Attributes.Ends != nil {
			w.end = *r.Attributes.Ends
		}
		affected := r.Attributes.Affected
		for _, u := range file.Included {
			if u.Relationships.Report.Data.ID == r.ID {
				w.texts = append(w.texts, u.Attributes.Message)
				affected = append(affected, u.Attributes.Affected...)
			}
		}
		for _, a := range affected {
			if r.Attributes.Type != "maintenance" {
				w.severity = max(w.severity, worst[a.Status])
			}
		}
		all = append(all, w)
	}
	return all
}

func instatusTruths(t *testing.T, files fs.FS) (all []truth) {
	type entry struct {
		Name, Status, Impact string
		Started, Start       time.Time
		Resolved             *time.Time
		Duration             int
		Updates              []struct{ Message string }
	}
	var incidents, windows []entry
	readJSON(t, files, "incidents.json", &incidents)
	readJSON(t, files, "maintenances.json", &windows)
	for _, i := range append(incidents, windows...) {
		w := truth{title: i.Name, begin: i.Started, severity: map[string]site.Severity{"MAJOROUTAGE": site.Critical}[i.Impact]}
		w.open = i.Status != "RESOLVED" && i.Status != "COMPLETED"
		if i.Resolved != nil {
			w.end = *i.Resolved
		}
		if i.Started.IsZero() {
			w.begin = i.Start
		}
		for _, u := range i.Updates {
			w.texts = append(w.texts, u.Message)
		}
		all = append(all, w)
	}
	return all
}

func cachetTruths(t *testing.T, files fs.FS) (all []truth) {
	var list struct {
		Data []struct {
			Name, Message   string
			Status, Visible int
			Component       int    `json:"component_status"`
			Occurred        string `json:"occurred_at"`
			Updates         []struct {
				Status        int
				Message, Time string
				Created       string `json:"created_at"`
			}
		}
	}
	readJSON(t, files, "incidents.json", &list)
	for _, i := range list.Data {
		if i.Visible == 0 || i.Status == 0 {
			continue // not public, or the plan of an old version
		}
		w := truth{title: i.Name, begin: instant(i.Occurred), open: i.Status != 4, texts: []string{i.Message}}
		w.severity = map[int]site.Severity{2: site.Minor, 3: site.Major, 4: site.Critical}[i.Component]
		for _, u := range i.Updates {
			if w.texts = append(w.texts, u.Message); u.Status == 4 {
				w.end = instant(u.Created)
			}
		}
		if i.Component == 3 {
			w.severity = site.SeverityUnset // of a component that is not public
		}
		all = append(all, w)
	}
	return all
}

func gatusTruths(t *testing.T, files fs.FS) (all []truth) {
	data, err := fs.ReadFile(files, "config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, config := range readYAML[struct {
		Announcements []struct{ Timestamp, Type, Message string }
	}](t, data) {
		for _, a := range config.Announcements {
			if a.Type == "outage" {
				title, _, _ := strings.Cut(a.Message, ".")
				all = append(all, truth{title: title, begin: instant(a.Timestamp), severity: site.Critical, texts: []string{a.Message},
					end: instant("2025-03-01T11:00:00Z")})
			}
		}
		var told []string
		for _, a := range config.Announcements {
			if a.Type == "operational" || a.Type == "warning" {
				told = append(told, a.Message)
			}
		}
		w := all[len(all)-1]
		w.texts = told
		all = append(all, w) // what follows is part of it
	}
	return all
}
