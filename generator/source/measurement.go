package source

import (
	"path"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// measurements is the folder under content/ that has the CSV files.
const measurements = "measurements"

// maxMeasurements is how many measurements a site may have.
const maxMeasurements = 200

// measurements reads the list of measurements.
func (m *manifest) measurements(p pair) {
	if p.shape != list {
		m.wrong(p, "a list", "write - {id: api-response, name: Response time, unit: ms, component: api} for each series")
		return
	}
	if len(p.items) > maxMeasurements {
		m.problems.Error(p.items[maxMeasurements].pos, "too-many", "remove some", "the site has more than %d measurements", maxMeasurements)
		p.items = p.items[:maxMeasurements]
	}
	seen := map[string]diag.Pos{}
	for _, item := range p.items {
		m.measurement(item, seen)
	}
}

// measurement reads one measurement.
func (m *manifest) measurement(v value, seen map[string]diag.Pos) {
	one := site.Measurement{Pos: v.pos}
	m.each(v, measurementKeys, "a measurement", func(p pair) {
		switch p.name {
		case "id":
			one.ID, one.Pos = m.identifier(p, "measurement"), p.value.pos
		case "name":
			one.Name = m.texts(p)
		case "unit":
			one.Unit = m.texts(p)
		case "component":
			one.Component.ID, _ = m.text(p)
			one.Component.Pos = p.value.pos
		case "file":
			one.File, one.FilePos = m.measurementFile(p), p.value.pos
		case "home":
			one.Home = m.boolean(p, false)
		}
	})
	if !m.needs(v, "measurement", "id") || one.ID == "" || m.twice(seen, one.ID, one.Pos, "measurement") {
		return
	}
	if !has(v, "component") {
		m.problems.Error(v.pos, "no-component", "add component: website, the id of the component whose page shows it",
			"measurement %q belongs to no component", one.ID)
	}
	if one.Name.Default == "" && !has(v, "name") {
		one.Name.Default = one.ID
	}
	if one.File == "" && !has(v, "file") {
		one.File, one.FilePos = "content/"+measurements+"/"+one.ID+".csv", one.Pos
	}
	m.site.Measurements = append(m.site.Measurements, one)
}

// measurementFile reads the name of a CSV file in content/measurements/, with or without
// the folders. It returns the path from the site's folder, or reports it and returns "".
func (m *manifest) measurementFile(p pair) string {
	written, ok := m.text(p)
	if !ok {
		return ""
	}
	slashed := strings.ReplaceAll(written, `\`, "/")
	name := path.Base(slashed)
	hint := "move the file to content/" + measurements + "/, and write file: " + strings.TrimSuffix(name, ".csv") + ".csv"
	folder := strings.TrimPrefix(strings.TrimPrefix(path.Dir(slashed), "./"), "content/")
	switch {
	case strings.HasPrefix(slashed, "/") || strings.Contains(slashed, ":") || strings.Contains("/"+slashed+"/", "/../"):
		m.problems.Error(p.value.pos, "outside-content", hint, "%s leads out of content/", quoted(written))
	case folder != "." && folder != measurements:
		m.problems.Error(p.value.pos, "outside-content", hint, "%s is not in content/%s/", quoted(written), measurements)
	case !strings.HasSuffix(name, ".csv") || strings.HasPrefix(name, ".") || !portable(name):
		m.problems.Error(p.value.pos, "bad-csv-name", "write file: api-response.csv", "%s is not the name of a CSV file", quoted(written))
	default:
		return "content/" + measurements + "/" + name
	}
	return ""
}
