package importer_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/importer"
	"allclear/generator/site"
	"allclear/generator/source"
)

// recorded is what this test reads of an incident, independently of the importer.
type recorded struct {
	ID      string `json:"id"`
	Updates []struct {
		Status   string    `json:"status"`
		At       time.Time `json:"display_at"`
		Affected []struct {
			Code string `json:"code"`
			New  string `json:"new_status"`
		} `json:"affected_components"`
	} `json:"incident_updates"`
	ScheduledFor *time.Time `json:"scheduled_for"`
}

// TestComponentsOfStatuspageAreAsTheyWereAtEachUpdate imports each incident of a recorded
// page alone, and asks for the status of its components at the time of each update. It
// also does so for a corpus, if ALLCLEAR_CORPUS is set.
func TestComponentsOfStatuspageAreAsTheyWereAtEachUpdate(t *testing.T) {
	folders := []string{"testdata/statuspage"}
	if corpus := os.Getenv("ALLCLEAR_CORPUS"); corpus != "" {
		more, _ := filepath.Glob(filepath.Join(corpus, "statuspage", "*"))
		folders = append(folders, more...)
	}
	asked := 0
	for _, folder := range folders {
		filepath.WalkDir(folder, func(name string, _ fs.DirEntry, _ error) error {
			if strings.HasSuffix(name, ".json") {
				asked += askEach(t, name)
			}
			return nil
		})
	}
	if asked < 20 {
		t.Errorf("only %d statuses were compared", asked)
	}
	t.Logf("%d statuses compared", asked)
}

// askEach compares the statuses of a file's incidents, and returns how many.
func askEach(t *testing.T, name string) (asked int) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Incidents   []json.RawMessage `json:"incidents"`
		Maintenance []json.RawMessage `json:"scheduled_maintenances"`
		Updates     []json.RawMessage `json:"incident_updates"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Updates) > 0 {
		file.Incidents = append(file.Incidents, data)
	}
	for _, raw := range append(file.Incidents, file.Maintenance...) {
		var r recorded
		if err := json.Unmarshal(raw, &r); err != nil {
			t.Fatal(err)
		}
		asked += askAlone(t, name, r, raw)
	}
	return asked
}

// askAlone imports one incident, and compares the statuses of its components.
func askAlone(t *testing.T, name string, r recorded, raw []byte) (asked int) {
	t.Helper()
	src, err := importer.Read("statuspage", fstest.MapFS{"incident.json": &fstest.MapFile{Data: raw}}, importer.Options{Now: importedAt})
	if err != nil {
		t.Fatal(err)
	}
	plan := importer.Prepare(src, importer.PrepareOptions{Check: checkContent})
	s, _ := source.Read(importer.NewOverlay(nil, plan.Files), source.Options{})
	for _, u := range r.Updates {
		if u.Status == "postmortem" {
			continue
		}
		if r.ScheduledFor != nil && u.At.Before(*r.ScheduledFor) && u.Status == "scheduled" {
			continue // a window affects nothing before it begins; the report says so
		}
		want := r.at(u.At)
		state := s.At(u.At)
		for _, c := range state.Components {
			status, known := want[c.Component.OwnID.ID]
			if !known {
				continue
			}
			if asked++; c.Status.String() != status {
				t.Errorf("%s: %s: %s is %s at %s, and was %s", name, r.ID, c.Component.ID, c.Status, u.At, status)
			}
		}
	}
	return asked
}

// at returns the status of each component at an instant, by its code: the newest that an
// update gave it, and operational once all is over.
func (r recorded) at(t time.Time) map[string]string {
	status := map[string]string{}
	for i := len(r.Updates) - 1; i >= 0; i-- {
		u := r.Updates[i]
		if u.At.After(t) || u.Status == "postmortem" {
			continue
		}
		for _, a := range u.Affected {
			if a.Code != "" {
				status[a.Code] = a.New
			}
		}
		if u.Status == "resolved" || u.Status == "completed" {
			for code := range status {
				status[code] = site.Operational.String()
			}
		}
	}
	return status
}
