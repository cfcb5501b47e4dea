package render

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
)

// exposition writes Prometheus' text format, version 0.0.4
// (https://prometheus.io/docs/instrumenting/exposition_formats/).
type exposition struct{ bytes.Buffer }

// family begins a metric: its help text, and its type, gauge.
func (x *exposition) family(name, help string) {
	fmt.Fprintf(x, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name)
}

// sample writes one value; labels are pairs of a name and a value.
func (x *exposition) sample(name string, value float64, labels ...string) {
	x.WriteString(name)
	for i := 0; i+1 < len(labels); i += 2 {
		x.WriteByte("{,"[min(i, 1)])
		fmt.Fprintf(x, `%s="%s"`, labels[i], labelEscapes.Replace(labels[i+1]))
	}
	if len(labels) > 0 {
		x.WriteByte('}')
	}
	x.WriteByte(' ')
	x.WriteString(strconv.FormatFloat(value, 'f', -1, 64))
	x.WriteByte('\n')
}

// labelEscapes escapes the value of a label.
var labelEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// metrics returns the site's state for monitoring systems. A status is a number, higher
// when worse: 0 operational, 1 under maintenance, 2 degraded performance, 3 partial
// outage, 4 major outage.
func (b *build) metrics() ([]File, error) {
	return []File{{Path: "metrics", Append: appending(func() ([]byte, error) {
		var x exposition
		b.overallMetrics(&x)
		b.componentMetrics(&x)
		b.entryMetrics(&x)
		return x.Bytes(), nil
	})}}, nil
}

// statusScale explains the numbers of statuses in help texts.
const statusScale = "0 operational, 1 under maintenance, 2 degraded performance, 3 partial outage, 4 major outage."

// overallMetrics writes the metrics of the whole site.
func (b *build) overallMetrics(x *exposition) {
	x.family("allclear_indicator", "The overall status: 1 for the current indicator, 0 for the others.")
	for i := site.AllClear; i <= site.CriticalIndicator; i++ {
		holds := 0.0
		if i == b.state.Indicator {
			holds = 1
		}
		x.sample("allclear_indicator", holds, "indicator", i.String())
	}
	healthy, total := b.state.Healthy()
	x.family("allclear_components_healthy", "Components that are operational.")
	x.sample("allclear_components_healthy", float64(healthy))
	x.family("allclear_components", "Components in service.")
	x.sample("allclear_components", float64(total))
	x.family("allclear_build_info", "The program that built the site.")
	x.sample("allclear_build_info", 1, "version", b.settings.version)
	x.family("allclear_build_timestamp_seconds", "The instant whose state the site shows.")
	x.sample("allclear_build_timestamp_seconds", unix(b.now))
	if !b.future.next.IsZero() {
		x.family("allclear_next_change_timestamp_seconds", "The next instant at which the site changes on its own.")
		x.sample("allclear_next_change_timestamp_seconds", unix(b.future.next))
	}
}

// unix returns an instant as Unix time in seconds.
func unix(t time.Time) float64 { return float64(t.Unix()) }

// componentMetrics writes the status and uptime of each component.
func (b *build) componentMetrics(x *exposition) {
	components := b.listedComponents()
	if len(components) == 0 {
		return
	}
	x.family("allclear_component_status", "A component over all its regions: "+statusScale)
	for _, cs := range components {
		x.sample(
			"allclear_component_status",
			float64(cs.Status),
			"component",
			cs.Component.ID,
			"name",
			cs.Component.Name.Default,
			"group",
			cs.Component.Group,
		)
	}
	if len(b.settings.site.Regions) > 0 {
		x.family("allclear_component_region_status", "A component in one region: "+statusScale)
		for _, cs := range components {
			for _, r := range cs.Regions {
				if r.Region != "" {
					x.sample("allclear_component_region_status", float64(r.Status), "component", cs.Component.ID, "region", r.Region)
				}
			}
		}
	}
	if !b.settings.site.Uptime.Show || b.settings.site.Uptime.Days == 0 {
		return
	}
	from := b.settings.site.Midnight(b.now, 1-b.settings.site.Uptime.Days)
	window := strconv.Itoa(b.settings.site.Uptime.Days) + "d"
	x.family("allclear_component_uptime_ratio", "The share of the window's days, today included, in which a component was up, from 0 to 1.")
	for _, cs := range components {
		if ratio := b.history.Uptime(cs.Component, site.Everywhere, from, b.now); ratio.Known() {
			x.sample("allclear_component_uptime_ratio", ratio.Float(), "component", cs.Component.ID, "window", window)
		}
	}
}

// entryMetrics writes the numbers of open incidents and of maintenance windows.
func (b *build) entryMetrics(x *exposition) {
	x.family("allclear_incidents_open", "Open incidents by severity.")
	for _, severity := range []site.Severity{site.None, site.InMaintenance, site.Minor, site.Major, site.Critical} {
		n := 0
		for _, e := range b.state.Open {
			if b.settings.site.SeverityAt(e, b.now) == severity {
				n++
			}
		}
		x.sample("allclear_incidents_open", float64(n), "severity", severity.String())
	}
	x.family("allclear_maintenances", "Maintenance windows that are under way or announced.")
	x.sample("allclear_maintenances", float64(len(b.state.Active)), "phase", "active")
	x.sample("allclear_maintenances", float64(len(b.state.Upcoming)), "phase", "upcoming")
}
