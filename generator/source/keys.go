package source

// These are the keys of the content format, one table for each kind of file or part of a
// file. The decoder accepts no others.

// siteKeys are the keys of site.yml.
var siteKeys = []key{
	{"title", "texts", "The name of the site, as visitors read it."},
	{"url", "url", "The site's absolute address, with its sub-path if it has one. Feeds, the calendar and the API need it."},
	{"description", "texts", "One sentence for search engines and link previews."},
	{"timezone", "text", "The IANA time zone in which content times without an offset are read and pages print times; UTC by default."},
	{"languages", "list", "BCP 47 tags; the first is the default and lives at the root, the others under /<tag>/."},
	{"homepage", "url", "The address of the product or company."},
	{"support", "url", "Where a customer finds help: a URL, mailto: or tel:."},
	{"hub", "url", "The WebSub hub that the feeds announce."},
	{"mirrors", "list", "The addresses of further copies of the site, on other hosts; pages that may be out of date name them."},
	{"theme", "text", "The folder under themes/ whose files replace the built-in ones."},
	{"brand", "table", "The look: accent, logos and color scheme."},
	{"clock", "hours", "24 for 14:30, 12 for 2:30 pm; by default as each language writes the time of day."},
	{"links", "list", "Your own links in the header of every page."},
	{"footer", "list", "Your own links in the footer of every page, such as imprint and privacy."},
	{"subscribe", "list", "Your own ways to subscribe, such as a mailing list or a chat, shown before the feeds."},
	{"home", "table", "What the home page shows."},
	{"uptime", "table", "Whether and how uptime is shown."},
	{"reports", "boolean", "Whether the site has a report for each month and quarter."},
	{"sla", "table", "Credits for too little uptime, and which maintenance costs none; for reports."},
	{"insights", "boolean", "Whether there is a page with figures about incidents, and how soon and how often you wrote about them."},
	{"strings", "table", "Your own words for single texts of the language files."},
	{"id", "text", "The API's page id, for a site that moved and keeps its own."},
	{"redirects", "table", "Old addresses of the site, each with the path or https: URL that it leads to."},
	{"publish", "targets", "The places to which allclear publish brings the site."},
	{"notify", "table", "Whom allclear notify tells about what is published."},
}

// brandKeys are the keys of brand in site.yml.
var brandKeys = []key{
	{"accent", "text", "The color of links and focus, as #rgb or #rrggbb."},
	{"logo", "text", "A file in content/static/."},
	{"logo_dark", "text", "The logo on dark pages: a file in content/static/."},
	{"scheme", "scheme", "auto, light or dark: whether pages follow what the visitor prefers."},
}

// menuKeys are the keys of an item of links and of footer in site.yml.
var menuKeys = []key{
	{"name", "texts", "The text of the link."},
	{"url", "address", "Where it leads: a path of the site, https:, http:, mailto: or tel:."},
}

// channelKeys are the keys of an item of subscribe in site.yml.
var channelKeys = []key{
	{"name", "texts", "The text of the button."},
	{"url", "address", "Where one subscribes: a path of the site, https:, http:, mailto:, sms: or tel:."},
	{"kind", "channel", "What it is: email, slack, teams, discord, mastodon, sms or other."},
}

// homeKeys are the keys of home in site.yml.
var homeKeys = []key{
	{"days", "number", "Days of history on the home page, 1 to 90."},
}

// uptimeKeys are the keys of uptime in site.yml.
var uptimeKeys = []key{
	{"show", "boolean", "Whether bars and percentages are shown."},
	{"days", "number", "Length of the bars in days, 1 to 366."},
	{"groups", "boolean", "Whether the uptime of groups is shown, too."},
	{"overall", "boolean", "Whether the uptime of the whole site is shown, too."},
	{"weights", "table", "What a second in each status costs, from 0 to 1."},
}

// manifestKeys are the keys of components.yml.
var manifestKeys = []key{
	{"regions", "list", "The places in which components run."},
	{"components", "list", "Components and groups of components, in the order of the page."},
	{"measurements", "list", "What was measured of components over time, drawn as charts on their pages."},
}

// measurementKeys are the keys of a measurement.
var measurementKeys = []key{
	{"id", "text", "The measurement's short name, and the name of its JSON file: letters, digits and hyphens."},
	{"name", "texts", "What was measured, as visitors read it: Response time."},
	{"unit", "texts", "The unit of the values: ms, %, requests/s."},
	{"component", "text", "The id of the component whose page shows it."},
	{"file", "csv", "The file in content/measurements/; by default the id with .csv."},
	{"home", "boolean", "Whether the home page shows a small line of it; false by default."},
}

// regionKeys are the keys of a region.
var regionKeys = []key{
	{"id", "text", "The region's short name in incidents: letters, digits and hyphens."},
	{"name", "texts", "The region's name as visitors read it."},
}

// groupKeys are the keys of a group of components.
var groupKeys = []key{
	{"group", "texts", "The group's name as visitors read it."},
	{"id", "text", "The group's address; by default made from its name."},
	{"description", "texts", "A few words about what the group is."},
	{"collapsed", "boolean", "Whether it is folded on the home page while nothing in it is wrong."},
	{"api_id", "text", "The API's id, for a site that moved and keeps its own."},
	{"components", "list", "The components of the group."},
}

// componentKeys are the keys of a component.
var componentKeys = []key{
	{"id", "text", "The component's short name in incidents, and its address: letters, digits and hyphens."},
	{"name", "texts", "The component's name as visitors read it."},
	{"description", "texts", "A few words about what it does."},
	{"url", "url", "Where the component is found."},
	{"regions", "ids", "The regions in which it runs; without them it is global."},
	{"since", "date", "The date or time from which it is in service; uptime counts from then."},
	{"until", "date", "The date or time at which it is retired; uptime ends then."},
	{"unlisted", "boolean", "Whether it is in no list: incidents may name it, and its page exists."},
	{"target", "number", "The service-level objective in percent, above 0 and up to 100."},
	{"aliases", "paths", "Old addresses of the component's page, as paths from the site's root."},
	{"api_id", "text", "The API's id, for a site that moved and keeps its own."},
}

// entryKeys are the keys that an incident and a maintenance window share.
var entryKeys = []key{
	{"title", "texts", "What happened or will happen, in a few words."},
	{"start", "time", "When it starts; an incident without it starts with its first impact or update."},
	{"end", "time", "When it ends."},
	{"impacts", "list", "What is affected, how badly and when."},
	{"posted", "date", "The date or time at which the report was published, if its heading has no time."},
	{"author", "text", "Who signs the report."},
	{"tags", "list", "Words to find the entry by."},
	{"draft", "boolean", "Built only with --drafts."},
	{"pinned", "boolean", "Kept at the top while it is open."},
	{"next_update", "time", "When the next update is promised."},
	{"id", "text", "The API's id, for a site that moved and keeps its own."},
	{"noindex", "boolean", "A rehearsal: built, but in no list, feed or API."},
	{"aliases", "paths", "Old addresses of its page, as paths from the site's root."},
}

// incidentKeys are the keys that only an incident has.
var incidentKeys = []key{
	{"severity", "severity", "none, minor, major or critical, instead of what the statuses say; none is a notice, which " +
		"affects no component."},
	{"source", "text", "The alert of monitoring that the incident is about, as allclear ingest writes it: KIND:KEY."},
}

// maintenanceKeys are the keys that only a maintenance window has.
var maintenanceKeys = []key{
	{"duration", "duration", "How long the window is, instead of its end."},
	{"headline", "texts", "One line for the page that a load balancer serves."},
	{"auto_complete", "boolean", "Whether the window ends by itself; true by default."},
	{"repeat", "table", "Makes the file a series: when the maintenance takes place again."},
	{"announce", "duration", "How long before its start each occurrence of a series becomes public; 7d by default."},
}

// repeatKeys are the keys of repeat in a series.
var repeatKeys = []key{
	{"every", "interval", "day, week or month, or a number of them, such as 2 weeks."},
	{"on", "days", "Weekdays; for months a day such as 15, last day, first monday or last sunday. By default that of start."},
	{"until", "day", "The last day on which it may take place; without it the series goes on."},
	{"except", "day list", "Days on which it does not take place."},
	{"dates", "time list", "The times of several nights, instead of every and start."},
}

// impactKeys are the keys of one impact. All but start and end may stand at the
// top level of an entry with a single impact.
var impactKeys = []key{
	{"components", "ids", "The affected components, or all."},
	{"groups", "ids", "The groups whose components are affected, beside or instead of components."},
	{"regions", "ids", "The affected regions; by default all regions of each component."},
	{"status", "status", "How bad it is: operational, under_maintenance, degraded_performance, partial_outage or major_outage."},
	{"start", "time", "When the impact starts; by default the entry's start."},
	{"end", "time", "When the impact ends; by default the entry's end."},
	{"downtime", "duration", "The part of the window that counts as downtime, if the problem was intermittent."},
	{"note", "texts", "A few words about this impact."},
	{"label", "texts", "The word shown instead of the status's own."},
	{"eta", "time", "When these components are expected back."},
}

// pageKeys are the keys of a free page.
var pageKeys = []key{
	{"title", "texts", "The page's title."},
	{"draft", "boolean", "Built only with --drafts."},
	{"aliases", "paths", "Old addresses of the page, as paths from the site's root."},
}

// translationKeys are the keys of a translation: slug.de.md beside slug.md.
var translationKeys = []key{
	{"title", "text", "The title in the language of the file."},
}
