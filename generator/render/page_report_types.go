package render

// reportPage is a report on uptime in a month or a quarter, made to be printed.
type reportPage struct {
	layout
	Heading  string          // "Uptime report: October 2026"
	Span     string          // "1 October 2026 – 31 October 2026"
	Unsettle string          // "The period is not over: …", or ""
	Recorded string          // "Nothing is on record before …", or ""
	CSV      string          // address of the report as CSV
	JSON     string          // address of the report as JSON
	Figures  []figure        // its main numbers
	Rows     []reportRow     // its services
	Columns  reportColumns   // which columns the rows have
	Calm     string          // the services of which there is no more to say, or ""
	Services []reportService // the others
	Rules    []string        // how it is counted, in sentences
	Made     string          // what it is made of
	Older    *link           // the period before
	Newer    *link           // the period after
}

// reportColumns says which columns the table of all services has.
type reportColumns struct {
	Target bool // whether a service has a target
	Credit bool // whether a service earns customers a credit
}

// reportRow is a service in the table of all services.
type reportRow struct {
	Name   string    // name of the service
	In     *langAttr // the language of the name, if it is not the page's
	Href   string    // address of its section, or ""
	Uptime string    // "99.98%"
	Target string    // "99.95%", or ""
	Met    string    // "target met", or ""
	Missed bool      // whether the target is missed
	Left   string    // "10 min left", "3 min over budget", or ""
	Credit string    // "10%", or ""
}

// reportTable is a table of lengths: a line for each status and a column for each region,
// or the other way around if there are many regions.
type reportTable struct {
	Label string       // what it shows: the name of the service
	Head  []string     // names of the columns, the first of which has the names of the lines
	Lines []reportLine // its lines
}

// reportLine is a line of a table.
type reportLine struct {
	Name  string   // "Partial outage", "Europe"
	Cells []string // "1 h 30 min", "99.98%"
}

// reportService is a service of which there is something to say.
type reportService struct {
	ID          string         // the component's id in the manifest
	Name        string         // its name
	In          *langAttr      // the language of the name, if it is not the page's
	Href        string         // address of its page
	Service     string         // "In service from 3 October", or ""
	Figures     []figure       // its numbers
	Table       reportTable    // how long it was in each status, by region
	Incidents   []reportEntry  // its incidents; of many, the worst
	Maintenance []reportEntry  // its windows
	More        string         // "3 more", of what is not listed, or ""
	Waited      []reportedWait // how long customers waited for an update and for the end
}

// reportedWait is how long customers waited for something.
type reportedWait struct {
	Name string // "Time to the first update"
	Text string // "median 12 min, longest 40 min"
}

// reportEntry is an incident or a window in a report.
type reportEntry struct {
	Title     string       // its title
	In        *langAttr    // the language of the title, if it is not the page's
	Href      string       // address of its page
	Where     string       // "Europe", or "" for all regions
	Span      string       // when it affected the service
	Length    string       // how much of that is in the period: "1 h 48 min"
	Worst     *statusLabel // of an incident: the worst status
	Share     string       // of an incident: "80.5%" of the downtime, or ""
	Announced string       // of a window: when it was announced, or that nothing says it; "" if that does not matter
	Counted   string       // of a window: how much of it counted as downtime, and why
}

// reportsPage is the list of reports.
type reportsPage struct {
	layout
	Heading string        // "Uptime reports"
	Years   []reportsYear // newest first
}

// reportsYear is a year in the list of reports.
type reportsYear struct {
	Name     string // "2026"
	Quarters []link // its quarters
	Months   []link // its months
}
