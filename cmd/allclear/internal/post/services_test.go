package post

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"allclear/generator/news/newstest"
)

// services is a server that stands in for all services that take messages by HTTP. It
// refuses what they refuse: other addresses, tokens and signatures, and whatever newstest
// refuses.
type services struct {
	*httptest.Server
	t     *testing.T
	mu    sync.Mutex
	taken map[string][]string // what each kind took, by kind
	fault http.HandlerFunc    // answers in place of the services, if it is not nil
}

// startServices starts the server, and puts its addresses into the environment.
func startServices(t *testing.T) *services {
	s := &services{t: t, taken: map[string][]string{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// env is the environment for the targets of allTargets.
func (s *services) env(name string) string {
	return map[string]string{
		"SLACK_URL":      s.URL + "/services/PLANTEDT0/PLANTEDB0/PLANTEDxyz",
		"DISCORD_URL":    s.URL + "/api/webhooks/1/PLANTED-discord?thread_id=7",
		"TEAMS_URL":      s.URL + "/workflows/PLANTED?sig=PLANTEDsig",
		"CHAT_URL":       s.URL + "/v1/spaces/A/messages?key=PLANTEDkey&token=PLANTEDtok",
		"MATTERMOST_URL": s.URL + "/hooks/PLANTEDhook", "TELEGRAM_TOKEN": "12345678:PLANTED-telegram", "TELEGRAM_SERVER": s.URL,
		"NTFY_URL": s.URL + "/PLANTEDtopic", "NTFY_TOKEN": "tk_PLANTEDntfy", "MASTODON_URL": s.URL,
		"MASTODON_TOKEN": "PLANTED-mastodon",
		"BLUESKY_URL":    s.URL, "BLUESKY_TOKEN": "PLANTED-bluesky",
		"HOOK_URL": s.URL + "/hook/PLANTED", "HOOK_SECRET": secrets["HOOK_SECRET"],
		"SP_URL": s.URL + "/statuspage/PLANTED", "HUB_URL": s.URL + "/hub",
	}[name]
}

const allTargets = `  ledger: file:notified.json
  targets:
    - {name: slack, to: slack, url: $SLACK_URL}
    - {name: discord, to: discord, url: $DISCORD_URL}
    - {name: teams, to: teams, url: $TEAMS_URL}
    - {name: google-chat, to: google-chat, url: $CHAT_URL}
    - {name: mattermost, to: mattermost, url: $MATTERMOST_URL}
    - {name: telegram, to: telegram, server: $TELEGRAM_SERVER, token: $TELEGRAM_TOKEN, chat: "@acme"}
    - {name: ntfy, to: ntfy, url: $NTFY_URL, token: $NTFY_TOKEN}
    - {name: mastodon, to: mastodon, server: $MASTODON_URL, token: $MASTODON_TOKEN}
    - {name: bluesky, to: bluesky, server: $BLUESKY_URL, from: acme.test, token: $BLUESKY_TOKEN}
    - {name: webhook, to: webhook, url: $HOOK_URL, secret: $HOOK_SECRET}
    - {name: statuspage-webhook, to: statuspage-webhook, url: $SP_URL}
    - {name: websub, to: websub, url: $HUB_URL}
`

// bearer is the token that each service wants in Authorization.
var bearer = map[string]string{
	"ntfy": "tk_PLANTEDntfy", "mastodon": "PLANTED-mastodon", "bluesky": "PLANTED-session",
}

func (s *services) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	kind, request := s.kindOf(r, body)
	s.mu.Lock()
	fault := s.fault
	s.mu.Unlock()
	switch {
	case fault != nil:
		fault(w, r)
		return
	case kind == "session":
		s.openSession(w, body)
		return
	case kind == "":
		http.Error(w, "no such address", http.StatusNotFound)
		return
	case bearer[kind] != "" && r.Header.Get("Authorization") != "Bearer "+bearer[kind]:
		http.Error(w, "not allowed", http.StatusUnauthorized)
		return
	}
	if err := s.refuses(kind, r, request); err != nil {
		s.t.Errorf("%s refuses it: %v\n%s", kind, err, body)
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken[kind] = append(s.taken[kind], string(request.Body))
	switch kind {
	case "slack":
		io.WriteString(w, "ok")
	case "teams":
		w.WriteHeader(http.StatusAccepted)
	case "websub", "discord":
		if kind == "discord" && r.URL.Query().Get("wait") != "true" {
			s.t.Error("without wait, failures would be silent")
		}
		w.WriteHeader(http.StatusNoContent)
	case "telegram":
		io.WriteString(w, `{"ok": true, "result": {}}`)
	default:
		io.WriteString(w, "{}")
	}
}

// kindOf returns the service for a request, and what newstest looks at.
func (s *services) kindOf(r *http.Request, body []byte) (string, newstest.Request) {
	request := newstest.Request{Body: body, Header: map[string]string{}, Query: r.URL.Query()}
	for _, name := range []string{"Title", "Click", "Priority", "Tags", "Idempotency-Key"} {
		if value := r.Header.Get(name); value != "" {
			request.Header[name] = value
		}
	}
	for start, kind := range map[string]string{
		"/services/PLANTEDT0/PLANTEDB0/PLANTEDxyz": "slack", "/api/webhooks/1/PLANTED-discord": "discord",
		"/workflows/PLANTED": "teams", "/v1/spaces/A/messages": "google-chat", "/hooks/PLANTEDhook": "mattermost",
		"/bot12345678:PLANTED-telegram/sendMessage": "telegram", "/PLANTEDtopic": "ntfy", "/api/v1/statuses": "mastodon",
		"/hook/PLANTED": "webhook", "/statuspage/PLANTED": "statuspage-webhook", "/hub": "websub",
		"/xrpc/com.atproto.server.createSession": "session", "/xrpc/com.atproto.repo.putRecord": "bluesky",
	} {
		if r.Method != http.MethodPost || r.URL.Path != start {
			continue
		}
		switch kind {
		case "google-chat":
			request.Key = r.URL.Query().Get("requestId")
		case "webhook":
			request.Key = r.Header.Get("webhook-id")
		case "mastodon":
			request.Key = r.Header.Get("Idempotency-Key")
		case "bluesky":
			var put struct {
				Repo, Collection, Rkey string
				Record                 json.RawMessage
			}
			if json.Unmarshal(body, &put) != nil || put.Repo != "did:plc:acme" || put.Collection != "app.bsky.feed.post" {
				return "", request
			}
			request.Key, request.Body = put.Rkey, put.Record
		}
		return kind, request
	}
	return "", request
}

func (s *services) refuses(kind string, r *http.Request, request newstest.Request) error {
	kept := map[string]map[string]string{ // parameters of the address that must still be there
		"discord": {"thread_id": "7"}, "teams": {"sig": "PLANTEDsig"}, "google-chat": {"key": "PLANTEDkey", "token": "PLANTEDtok"},
	}
	for name, value := range kept[kind] {
		if r.URL.Query().Get(name) != value {
			return fmt.Errorf("the parameter %s is %q", name, r.URL.Query().Get(name))
		}
		request.Query.Del(name)
	}
	switch kind {
	case "websub":
		r.Body = io.NopCloser(strings.NewReader(string(request.Body)))
		if r.FormValue("hub.mode") != "publish" || !strings.HasPrefix(r.FormValue("hub.url"), "https://status.acme.test/") {
			return fmt.Errorf("no ping: %s", request.Body)
		}
		return nil
	case "webhook":
		if err := unsigned(r, request.Body); err != nil {
			return err
		}
	}
	return newstest.Refused(kind, request)
}

// unsigned returns an error unless a request is signed as Standard Webhooks says.
func unsigned(r *http.Request, body []byte) error {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secrets["HOOK_SECRET"], "whsec_"))
	if err != nil {
		return err
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", r.Header.Get("webhook-id"), r.Header.Get("webhook-timestamp"), body)
	for given := range strings.FieldsSeq(r.Header.Get("webhook-signature")) {
		version, sum, _ := strings.Cut(given, ",")
		if got, err := base64.StdEncoding.DecodeString(sum); version == "v1" && err == nil && hmac.Equal(got, mac.Sum(nil)) {
			return nil
		}
	}
	return fmt.Errorf("the signature %q is wrong", r.Header.Get("webhook-signature"))
}

// openSession is Bluesky's createSession.
func (s *services) openSession(w http.ResponseWriter, body []byte) {
	var in struct{ Identifier, Password string }
	if json.Unmarshal(body, &in) != nil || in.Identifier != "acme.test" || in.Password != "PLANTED-bluesky" {
		http.Error(w, `{"error": "AuthenticationRequired", "message": "Invalid identifier or password"}`, http.StatusUnauthorized)
		return
	}
	io.WriteString(w, `{"accessJwt": "PLANTED-session", "refreshJwt": "x", "did": "did:plc:acme", "handle": "acme.test"}`)
}

// kinds returns the kinds of targets of allTargets.
func kinds() []string {
	var list []string
	for line := range strings.Lines(allTargets) {
		if _, rest, found := strings.Cut(line, "to: "); found {
			kind, _, _ := strings.Cut(rest, ",")
			list = append(list, kind)
		}
	}
	slices.Sort(list)
	return list
}
