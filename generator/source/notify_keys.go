package source

import "allclear/generator/site"

// notifyKeys are the keys of notify in site.yml.
var notifyKeys = []key{
	{"ledger", "text", "Where it is kept what was sent: git:BRANCH, file:PATH or s3://BUCKET/OBJECT; git:allclear-notified by default."},
	{"max_age", "duration", "Nothing that was published longer ago is sent; 2h by default."},
	{"remind", "durations", "How long before a maintenance window starts there are reminders, such as [24h, 1h]."},
	{"targets", "list", "The channels that get messages."},
}

// notifyTargetKeys are the keys of a target of notify in site.yml.
var notifyTargetKeys = []key{
	{"name", "text", "What the target is called in messages, and the prefix of its own environment variables."},
	{"to", "notify kind", "The kind of channel, such as slack or email."},
	{"url", "text", "Where messages are posted: https://…, or $NAME for an environment variable."},
	{"server", "text", "The address of the service, or of the mail server: smtps://USER:PASSWORD@HOST in $NAME."},
	{"token", "text", "Proves to the service who posts: $NAME, an environment variable."},
	{"secret", "text", "Signs what a webhook receives: $NAME, an environment variable."},
	{"from", "text", "The sender's e-mail address, or the handle of the Bluesky account."},
	{"address", "text", "The e-mail address that receives messages, such as that of a mailing list."},
	{"chat", "chat", "The Telegram chat: @channel, or its number."},
	{"components", "ids", "Only news about at least one of these components, or of the groups."},
	{"groups", "ids", "Only news about at least one component of these groups, or of the components."},
	{"regions", "ids", "Only news about at least one of these regions."},
	{"severity", "severity", "Only incidents that are at least this bad: minor, major or critical."},
	{"kinds", "news", "Only news of these kinds: incident, maintenance, reminder, announcement."},
	{"language", "text", "The language of the messages, one of the site's; the first by default."},
}

// addressKeys are the keys of a target that say where messages go. Which of them a target
// has depends on its kind.
var addressKeys = []string{"url", "server", "token", "secret", "from", "address", "chat"}

// notifyKindNames returns the names of the kinds of targets of notify.
func notifyKindNames() []string {
	var names []string
	for _, kind := range site.NotifyKinds {
		names = append(names, kind.Name)
	}
	return names
}

// notifyKind returns a kind of target by its name.
func notifyKind(name string) (site.NotifyKind, bool) {
	for _, kind := range site.NotifyKinds {
		if kind.Name == name {
			return kind, true
		}
	}
	return site.NotifyKind{}, false
}

// kindsElsewhere are other names of kinds, for hints.
var kindsElsewhere = map[string]string{
	"mail": "email", "e-mail": "email", "smtp": "email", "googlechat": "google-chat", "gchat": "google-chat",
	"msteams": "teams", "ms-teams": "teams", "microsoft-teams": "teams", "bsky": "bluesky", "webhooks": "webhook",
	"standard-webhooks": "webhook", "statuspage": "statuspage-webhook", "pubsubhubbub": "websub", "hub": "websub",
}
