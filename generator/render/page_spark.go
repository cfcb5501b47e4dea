package render

import "allclear/generator/site"

// spark is the last 24 hours of a measurement as a small line on the home page.
type spark struct {
	Name   string    // "Response time"
	NameIn *langAttr // the language of the name, if it is not the page's
	Value  string    // the latest value: "182 ms"
	Label  string    // what the line shows, for screen readers
	measuredPaths
}

// sparks returns the small lines of a component: those of measurements with home: true, if
// there is anything from the last 24 hours. Files that cannot be read are reported where
// the component's page is made.
func (v siteView) sparks(c *site.Component) []spark {
	var list []spark
	for _, m := range v.site.MeasurementsOf(c.ID) {
		if !m.Home {
			continue
		}
		measured, err := v.build.measured()
		day := measured[m.ID].Ranges[site.LastDay]
		if err != nil || day.Count == 0 {
			continue
		}
		one := spark{Name: v.text(m.Name), NameIn: v.untranslated(m.Name), Value: v.measuredValue(m, measured[m.ID].Latest.Value)}
		chart := v.measurementChart(m, day)
		one.Label = chart.Title + v.say("list.colon") + chart.Words
		one.measuredPaths = chart.measuredPaths
		list = append(list, one)
	}
	return list
}

// hasSparks reports whether the home page of a site may have small lines of measurements.
func hasSparks(s *site.Site) bool {
	for _, m := range s.Measurements {
		if m.Home {
			return true
		}
	}
	return false
}
