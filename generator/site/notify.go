package site

import (
	"time"

	"allclear/generator/diag"
)

// Notify says whom allclear notify tells what is published. Nothing that is built
// depends on it, and no word of it is in the site.
type Notify struct {
	Ledger  string          // where it is kept what was sent: git:BRANCH, file:PATH or s3://BUCKET/OBJECT
	MaxAge  time.Duration   // what was published longer ago is never sent
	Remind  []time.Duration // how long before a window starts there are reminders, the longest first; often none
	Targets []NotifyTarget
	Pos     diag.Pos // of the key notify; zero if there is none
}

// DefaultNotify is Notify where site.yml says nothing else.
var DefaultNotify = Notify{Ledger: "git:allclear-notified", MaxAge: 2 * time.Hour}

// NotifyTarget is one channel that gets messages. URL, Server, Token and Secret may be $NAME, an
// environment variable that holds the value.
type NotifyTarget struct {
	Name     string // unique, and the prefix of the target's own environment variables
	Kind     string // one of NotifyKinds
	URL      string // where messages are posted
	Server   string // the service's address, or that of the mail server with user and password; "": the kind's usual one
	Token    string // proves to the service who posts
	Secret   string // signs what a webhook receives
	From     string // who posts: an e-mail address, or the handle of a Bluesky account
	Address  string // the e-mail address that receives messages
	Chat     string // of Telegram: @channel, or the number of a chat
	Language string // the tag of a language of the site; "": the first
	Filter   NotifyFilter
	Pos      diag.Pos
}

// NotifyFilter says what a target gets. An empty filter lets everything pass. What it
// says must all be so.
type NotifyFilter struct {
	Components []Ref    // at least one of these, or of Groups
	Groups     []Ref    // at least one component of these
	Regions    []Ref    // in at least one of these; components without regions are in all
	Severity   Severity // at least; SeverityUnset: any
	Kinds      []string // of NotifyNews; empty: all
}

// NotifyKinds are the kinds of targets, each with the keys that it needs and those that it
// may have.
var NotifyKinds = []NotifyKind{
	{"slack", []string{"url"}, nil},
	{"discord", []string{"url"}, nil},
	{"teams", []string{"url"}, nil},
	{"google-chat", []string{"url"}, nil},
	{"mattermost", []string{"url"}, nil},
	{"telegram", []string{"token", "chat"}, []string{"server"}},
	{"ntfy", []string{"url"}, []string{"token"}},
	{"mastodon", []string{"server", "token"}, nil},
	{"bluesky", []string{"from", "token"}, []string{"server"}},
	{"email", []string{"server", "from", "address"}, nil},
	{"webhook", []string{"url", "secret"}, nil},
	{"statuspage-webhook", []string{"url"}, nil},
	{"websub", nil, []string{"url"}},
}

// NotifyKind is a kind of target of notify, with the keys that say where messages go.
type NotifyKind struct {
	Name     string
	Required []string
	Optional []string
}

// NotifyNews are the words of the key kinds of a target.
var NotifyNews = []string{"incident", "maintenance", "reminder", "announcement"}
