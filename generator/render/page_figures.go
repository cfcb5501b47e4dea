package render

import (
	"strconv"
	"time"

	"allclear/generator/site"
)

// figure is a number that stands out, with its name and what it means.
type figure struct {
	Name  string // "Error budget, July 2025"
	Value string // "12 min of 22 min"
	Note  string // "10 min left"
	Over  bool   // whether it is worse than the target
}

// figures returns the numbers of a component over the span: its uptime, as a whole and by
// month, the error budget of this month if the span ends with it, and the days without an
// incident.
func (v calendarView) figures(c *site.Component, days [][]site.Day, whole site.Ratio, monthly []site.Ratio) []figure {
	up := figure{Name: v.say("table.uptime"), Value: v.percent(c, whole)}
	if c.Target.Percent > 0 {
		met, known := metTarget(c, monthly)
		up.Note = v.say("uptime.met", "target", v.target(c), "met", met, "n", known)
		up.Over = !whole.Meets(c.Target)
	}
	list := []figure{up}
	for _, m := range v.months {
		if !m.Contains(v.now) {
			continue
		}
		if budget := v.history.Budget(c, m.Start, m.End); budget.Allowed > 0 {
			list = append(list, v.budgetFigure(m, budget))
		}
	}
	return append(list, v.quietDays(days))
}

// metTarget returns in how many months a component met its target, and in how many it was
// in service.
func metTarget(c *site.Component, monthly []site.Ratio) (met, known int) {
	for _, ratio := range monthly {
		if !ratio.Known() {
			continue
		}
		known++
		if ratio.Meets(c.Target) {
			met++
		}
	}
	return met, known
}

// budgetFigure returns the error budget of a month.
func (v calendarView) budgetFigure(m site.Month, budget site.Budget) figure {
	f := figure{
		Name:  v.say("uptime.budget", "month", v.lang.Date("month", v.local(m.Start))),
		Value: v.budgetUse(budget), Over: budget.Spent(),
	}
	used, allowed := roundBudget(budget)
	if f.Over {
		f.Note = v.say("uptime.over", "length", v.budgetLength(budget, used-allowed))
	} else {
		f.Note = v.say("uptime.left", "length", v.budgetLength(budget, allowed-used))
	}
	return f
}

// budgetUse returns how much of an error budget is used: "12 min of 22 min".
func (v pageView) budgetUse(budget site.Budget) string {
	used, allowed := roundBudget(budget)
	return v.say("uptime.used", "used", v.budgetLength(budget, used), "whole", v.lang.Duration(allowed))
}

// budgetLength writes a part of a budget. None of it is "0 min" if the budget is shown in
// minutes.
func (v pageView) budgetLength(budget site.Budget, length time.Duration) string {
	if length == 0 && !inSeconds(budget) {
		return v.say("duration.minutes", "n", 0)
	}
	return v.lang.Duration(length)
}

// roundBudget rounds a budget to whole minutes, or to whole seconds if it is shorter than
// five minutes: what is used is rounded up, what is allowed down, so that the page never
// promises more than the target. A budget that is not spent is never shown as if it were.
func roundBudget(budget site.Budget) (used, allowed time.Duration) {
	unit := time.Minute
	if inSeconds(budget) {
		unit = time.Second
	}
	allowed = budget.Allowed.Truncate(unit)
	if used = (budget.Used + unit - 1).Truncate(unit); !budget.Spent() {
		used = min(used, allowed)
	}
	return used, allowed
}

// inSeconds reports whether a budget is so short that it is shown in seconds.
func inSeconds(budget site.Budget) bool { return budget.Allowed < 5*time.Minute }

// quietDays counts the days without an incident, and the longest stretch of them.
func (v calendarView) quietDays(months [][]site.Day) figure {
	quiet, all, stretch, longest := 0, 0, 0, 0
	for _, days := range months {
		for i := range days {
			day := &days[i]
			if day.Absent {
				continue
			}
			if all++; day.Worst > site.UnderMaintenance {
				stretch = 0
				continue
			}
			quiet++
			stretch++
			longest = max(longest, stretch)
		}
	}
	return figure{
		Name:  v.say("uptime.clear"),
		Value: v.say("uptime.used", "used", strconv.Itoa(quiet), "whole", strconv.Itoa(all)),
		Note:  v.say("uptime.longest", "length", v.say("roughly.days", "n", longest)),
	}
}

// budgetChart draws the error budget of a component month by month: the line is the whole
// budget, and what stands above it is too much. Across, the drawing is measured in
// percent, so that it has any width.
type budgetChart struct {
	Unit    string         // what the numbers and the line are, in words
	Limit   int            // units from the top to the line
	Columns []budgetColumn // the months, oldest first
}

// budgetColumn is a month in a chart of error budgets.
type budgetColumn struct {
	Name string // "Jul"
	Full string // "July 2025"
	Text string // "38 min of 22 min"
	Used string // "38"; "" if nothing is used
	X    string // percent from the start to the middle of the column
	Left string // percent from the start to its bar
	Wide string // the width of its bar, in percent
	Top  int    // units from the top to what is used within the budget
	Tall int    // the height of that
	Over int    // the height of what is above the line
	Peak int    // units from the top to that
	At   int    // units from the top to the foot of the number
}

const (
	// chartGround is the distance from the top of a chart to the line on which its columns
	// stand, and chartRoom the highest column.
	chartGround, chartRoom = 116, 86
	// chartLimit is the height of the line that is the whole budget, where nothing is much
	// higher.
	chartLimit = 32
)

// budgetChart returns the chart of a component, or nil if it has no target.
func (v calendarView) budgetChart(c *site.Component) *budgetChart {
	var months []site.Month
	var budgets []site.Budget
	most := 1.0
	for _, m := range v.months {
		if b := v.history.Budget(c, m.Start, m.End); b.Allowed > 0 {
			months, budgets = append(months, m), append(budgets, b)
			most = max(most, float64(b.Used)/float64(b.Allowed))
		}
	}
	if len(months) == 0 {
		return nil
	}
	limit := min(chartLimit, float64(chartRoom)/most)
	limit = max(limit, 6)
	newest := budgets[len(budgets)-1]
	_, allowed := roundBudget(newest)
	unit := "uptime.minutes"
	if inSeconds(newest) {
		unit = "uptime.seconds"
	}
	chart := &budgetChart{Unit: v.say(unit, "length", v.lang.Duration(allowed)), Limit: chartGround - int(limit)}
	step := 100 / float64(len(months))
	for i, m := range months {
		column := v.budgetColumn(m, budgets[i], limit)
		middle := (float64(i) + .5) * step
		column.X, column.Left, column.Wide = percentOf(middle), percentOf(middle-step/4), percentOf(step/2)
		chart.Columns = append(chart.Columns, column)
	}
	return chart
}

// percentOf writes a number with at most two decimals and a percent sign, for SVG.
func percentOf(n float64) string {
	return strconv.FormatFloat(float64(int(n*100+.5))/100, 'f', -1, 64) + "%"
}

// budgetColumn returns a month of the chart, without its place across.
func (v calendarView) budgetColumn(m site.Month, budget site.Budget, limit float64) budgetColumn {
	begin := v.local(m.Start)
	column := budgetColumn{
		Name: v.lang.Date("month_short", begin), Full: v.lang.Date("month", begin), Text: v.budgetUse(budget),
		Top: chartGround, At: chartGround - 6,
	}
	if budget.Used == 0 {
		return column
	}
	used, _ := roundBudget(budget)
	column.Used = strconv.Itoa(int(used / time.Minute))
	if inSeconds(budget) {
		column.Used = strconv.Itoa(int(used / time.Second))
	}
	height := min(float64(budget.Used)/float64(budget.Allowed)*limit, chartRoom)
	column.Tall = max(2, int(min(height, limit)))
	column.Over = max(0, int(height-limit))
	if budget.Spent() {
		column.Over = max(3, column.Over)
	}
	column.Top = chartGround - column.Tall
	column.Peak = column.Top - column.Over
	column.At = column.Peak - 6
	return column
}
