package source

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/site"
)

// readNotify reads a site.yml with this notify, and checks it against a manifest.
func readNotify(text string) (site.Site, []string) {
	now := time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
	s, problems := Read(fstest.MapFS{
		"content/site.yml": {Data: []byte("title: T\nurl: https://status.acme.test\nlanguages: [en, de]\nnotify:\n" + text)},
		"content/components.yml": {Data: []byte(`regions: [{id: eu, name: Europe}]
components: [{id: web, name: Web}, {group: Platform, id: platform, components: [{id: api, name: API, regions: [eu]}]}]
`)},
	}, Options{})
	problems = append(problems, s.Check(now)...)
	problems.Excerpt(func(string) ([]byte, error) { return []byte(strings.Repeat("an excerpt of hunter2\n", 19)), nil })
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.Pos.String()+" "+p.Rule+" "+p.Message+" | "+p.Hint+" | "+p.Excerpt)
	}
	return s, lines
}

// everyKind has a target of each kind, each with the keys that it may have.
const everyKind = `  ledger: file:/var/lib/status/notified
  max_age: 90m
  remind: [1h, 24h, 1h]
  targets:
    - {name: a, to: slack, url: $SLACK_URL, components: [web, api], groups: platform, regions: eu, severity: major,
       kinds: [incident, reminder], language: de}
    - {name: b, to: discord, url: $B_URL}
    - {name: c, to: teams, url: $C_URL}
    - {name: d, to: google-chat, url: $D_URL}
    - {name: e, to: mattermost, url: "https://chat.acme.test/hooks/x"}
    - {name: f, to: telegram, token: $F_TOKEN, chat: -100123, server: "https://bots.acme.test/"}
    - {name: f2, to: telegram, token: $F_TOKEN, chat: "@acme_status"}
    - {name: g, to: ntfy, url: "https://ntfy.sh/acme-status", token: $G_TOKEN}
    - {name: h, to: mastodon, server: "https://social.acme.test", token: $H_TOKEN}
    - {name: i, to: bluesky, from: "@status.acme.test", token: $I_TOKEN}
    - {name: j, to: email, server: $SMTP_URL, from: "Acme <status@acme.test>", address: announce@lists.acme.test}
    - {name: j2, to: email, server: "smtp://mail.acme.test:25", from: status@acme.test, address: announce@lists.acme.test}
    - {name: k, to: webhook, url: "https://hooks.acme.test/x", secret: $K_SECRET}
    - {name: l, to: statuspage-webhook, url: $L_URL}
    - {name: m, to: websub, url: "https://hub.acme.test/"}
`

func TestEveryKindOfNotifyIsRead(t *testing.T) {
	s, problems := readNotify(everyKind)
	n := s.Notify
	if len(problems) > 0 || len(n.Targets) != 15 || n.Ledger != "file:/var/lib/status/notified" || n.MaxAge != 90*time.Minute {
		t.Fatalf("%+v\n%s", n, strings.Join(problems, "\n"))
	}
	if len(n.Remind) != 2 || n.Remind[0] != 24*time.Hour || n.Remind[1] != time.Hour {
		t.Errorf("reminders: %v", n.Remind)
	}
	a := n.Targets[0]
	if a.URL != "$SLACK_URL" || a.Language != "de" || a.Filter.Severity != site.Major || len(a.Filter.Components) != 2 ||
		len(a.Filter.Groups) != 1 || len(a.Filter.Regions) != 1 || strings.Join(a.Filter.Kinds, " ") != "incident reminder" {
		t.Errorf("%+v", a)
	}
	telegram, bluesky, mail := n.Targets[5], n.Targets[9], n.Targets[10]
	if telegram.Chat != "-100123" || telegram.Server != "https://bots.acme.test" || telegram.Token != "$F_TOKEN" {
		t.Errorf("%+v", telegram)
	}
	if bluesky.From != "status.acme.test" || mail.From != "Acme <status@acme.test>" || mail.Address != "announce@lists.acme.test" {
		t.Errorf("%+v\n%+v", bluesky, mail)
	}
	kinds := map[string]bool{}
	for _, target := range n.Targets {
		kinds[target.Kind] = true
	}
	if len(kinds) != len(site.NotifyKinds) {
		t.Errorf("the test has %d of %d kinds", len(kinds), len(site.NotifyKinds))
	}
}

func TestWithoutNotifyNobodyIsTold(t *testing.T) {
	s, _ := Read(fstest.MapFS{"content/site.yml": {Data: []byte("title: T\n")}}, Options{})
	if n := s.Notify; len(n.Targets)+len(n.Remind) > 0 || n.Ledger != "git:allclear-notified" || n.MaxAge != 2*time.Hour {
		t.Errorf("%+v", n)
	}
}

func TestMistakesInNotifyAreFoundAtTheirPlaces(t *testing.T) {
	target := func(text string) string { return "  targets:\n    - {" + text + "}" }
	for _, test := range [][2]string{
		{"  targets: all",
			`content/site.yml:5:12 wrong-type "targets" must be a list`},
		{"  max_age: 2h",
			`content/site.yml:4:1 bad-target "notify" has no "targets"`},
		{"  targets: []\n  max_age: 2",
			`content/site.yml:6:12 unreadable-duration "2" has no unit`},
		{"  targets: []\n  max_age: 90d",
			`content/site.yml:6:12 out-of-range "max_age" must be from 1m to 31d, not 90d | write a length`},
		{"  targets: []\n  remind: [24h, soon]",
			`content/site.yml:6:17 unreadable-duration "soon" is not a length of time`},
		{"  targets: []\n  ledger: notified",
			`content/site.yml:6:11 bad-target "notified" is no place for a ledger | write git:`},
		{"  targets: []\n  ledger: \"git:-f\"",
			`names no branch that can be`},
		{"  targets: []\n  ledger: \"s3://b?a=b\"",
			`has an unknown parameter a`},
		{target(`name: a, to: slak, url: $A`),
			`content/site.yml:6:21 bad-target "slak" is no kind of channel that allclear can tell | did you mean "slack"?`},
		{target(`name: a, to: Google Chat, url: $A`),
			`| write google-chat`},
		{target(`name: a, to: smtp, server: $A`),
			`| write email`},
		{target(`to: slack, url: $A`),
			`content/site.yml:6:7 bad-target the target has no "name"`},
		{target(`name: a, url: $A`),
			`the target has no "to"`},
		{target(`name: ops-chat, to: slack`),
			`content/site.yml:6:28 bad-target slack needs "url" | add url: $OPS_CHAT_URL, and set that environment variable`},
		{target(`name: a, to: slack, url: $A, chat: "@acme"`),
			`content/site.yml:6:37 bad-target slack has no "chat" | remove it; of the keys that say where, slack takes url`},
		{target(`name: a, to: slack, url: hooks`),
			`bad-url "url": "hooks" `},
		{target(`name: a, to: slack, url: $A, langauge: de`),
			`unknown-key unknown key "langauge" | did you mean "language"?`},
		{target(`name: a, to: ntfy, url: "https://ntfy.sh/x", topic: x`),
			`unknown-key unknown key "topic" | write it at the end of url`},
		{target(`name: a, to: slack, url: $A, language: fr`),
			`unknown-language "fr" is not one of the site's languages`},
		{target(`name: a, to: slack, url: $A, components: [wbe]`),
			`content/site.yml:6:50 unknown-component unknown component "wbe" | did you mean "web"?`},
		{target(`name: a, to: slack, url: $A, components: [platform]`),
			`| "platform" is a group: write groups: [platform]`},
		{target(`name: a, to: slack, url: $A, groups: [web]`),
			`unknown-group unknown group "web" | "web" is a component`},
		{target(`name: a, to: slack, url: $A, regions: [us]`),
			`unknown-region unknown region "us"`},
		{target(`name: a, to: slack, url: $A, severity: high`),
			`unknown-severity unknown severity "high"`},
		{target(`name: a, to: slack, url: $A, kinds: [incidents]`),
			`unknown-kind unknown kind "incidents" | did you mean "incident"?`},
		{target(`name: a, to: slack, url: $A, severity: major, kinds: [maintenance]`),
			`content/site.yml:6:21 bad-target this target gets nothing: only incidents have a severity | remove severity`},
		{target(`name: a, to: telegram, token: $A, chat: my chat`),
			`"my chat" is no chat of Telegram`},
		{target(`name: a, to: ntfy, url: "https://ntfy.sh/"`),
			`names no topic`},
		{target(`name: a, to: mastodon, token: $A, server: "https://a.test/@me"`),
			`is more than the address of a server`},
		{target(`name: a, to: bluesky, token: $A, from: acme`),
			`"acme" is no handle of Bluesky`},
		{target(`name: a, to: email, server: $S, from: a.test, address: l@a.test`),
			`"a.test" is not an e-mail address`},
		{target(`name: a, to: email, server: $S, from: a@a.test, address: "a@a.test, b@a.test"`),
			`| write one address, such as that of a mailing list`},
		{target(`name: a, to: email, server: "https://a.test", from: a@a.test, address: l@a.test`),
			`bad-url "server"`},
		{target(`name: a, to: websub`),
			`bad-target there is no hub | add a line hub:`},
		{target(`name: a-b, to: slack, url: $A`) + "\n    - {name: A_B, to: slack, url: $A}",
			`site.yml:7:23 bad-target two targets are named "A_B"`},
	} {
		text, want := test[0], test[1]
		_, problems := readNotify(text + "\n")
		if len(problems) != 1 || !strings.Contains(problems[0], want) {
			t.Errorf("%s\n%s\nwant %s", text, strings.Join(problems, "\n"), want)
		}
	}
}

func TestMessagesNeedTheSitesAddress(t *testing.T) {
	_, problems := Read(fstest.MapFS{
		"content/site.yml": {Data: []byte("title: T\nnotify:\n  targets:\n    - {name: a, to: slack, url: $A}\n")},
	}, Options{})
	found := false
	for _, p := range problems {
		found = found || p.Rule == "bad-target" && p.Pos.Line == 2
	}
	if !found {
		t.Errorf("%v", problems)
	}
}

// No message, hint or excerpt shows the secret, hunter2.
func TestSecretsInNotifyAreFoundAndNotShown(t *testing.T) {
	for _, text := range []string{
		`to: slack, url: "https://hooks.slack.com/services/T0/B0/hunter2"`,
		`to: slack, url: "https://HOOKS.SLACK.COM:443/services/T0/B0/hunter2"`,
		`to: slack, url: "hooks.slack.com/services/T0/B0/hunter2"`,
		`to: webhook, url: "https://hooks.slack.com/services/hunter2", secret: $A`,
		`to: discord, url: "https://discord.com/api/webhooks/1/hunter2"`,
		`to: discord, url: "https://ptb.discordapp.com/api/v10/webhooks/1/hunter2"`,
		`to: teams, url: "https://acme.webhook.office.com/webhookb2/hunter2"`,
		`to: teams, url: "https://prod-01.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?sig=hunter2"`,
		`to: teams, url: "https://default0.a.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/hunter2"`,
		`to: google-chat, url: "https://chat.googleapis.com/v1/spaces/A/messages?key=a&token=hunter2"`,
		`to: telegram, token: $A, chat: "@acme", server: "https://api.telegram.org/bot1:hunter2"`,
		`to: telegram, token: "12345678:hunter2", chat: "@acme"`,
		`to: webhook, url: $A, secret: whsec_hunter2`,
		`to: webhook, url: $A, secret: 12345`,
		`to: webhook, url: "https://a.test/?access_token=hunter2", secret: $A`,
		`to: webhook, url: "https://me:hunter2@a.test/", secret: $A`,
		`to: webhook, url: "https://hunter2@a.test/", secret: $A`,
		`to: webhook, url: "https://$HOST/hunter2", secret: $A`,
		`to: webhook, url: $A, secret: "$A hunter2"`,
		`to: email, server: "smtps://me:hunter2@mail.a.test", from: a@a.test, address: l@a.test`,
		`to: email, server: "smtps://me:hunt%ter2:hunter2@mail.a.test", from: a@a.test, address: l@a.test`,
		`to: email, server: $A, from: "$FROM", address: l@a.test`,
		`to: email, server: $A, from: a@a.test, address: "$LIST"`,
		`to: telegram, token: $A, chat: "$CHAT"`,
		`to: slack, url: $A, components: ["$COMPONENT"]`,
		`to: slack, url: $A, language: $LANG`,
		`to: "$KIND", url: $A`,
		`to: ntfy, url: "https://ntfy.sh/x?auth_token=hunter2"`,
	} {
		_, problems := readNotify("  targets:\n    - {name: chat, " + text + "}\n")
		if len(problems) != 1 || !strings.HasPrefix(problems[0], "content/site.yml:6:") ||
			!strings.Contains(problems[0], " secret-in-content ") {
			t.Errorf("%s:\n%s", text, strings.Join(problems, "\n"))
		}
		if strings.Contains(strings.Join(problems, ""), "hunter2") {
			t.Errorf("%s: the secret is shown: %s", text, problems)
		}
	}
	for _, ledger := range []string{`"s3://key:hunter2@bucket/x"`, `$LEDGER`, `"s3://bucket/x?secret_key=hunter2"`} {
		_, problems := readNotify("  ledger: " + ledger + "\n  targets: []\n")
		if len(problems) != 1 || !strings.Contains(problems[0], " secret-in-content ") || strings.Contains(problems[0], "hunter2") {
			t.Errorf("%s: %v", ledger, problems)
		}
	}
}

func TestTheHintOfASecretNamesTheVariable(t *testing.T) {
	_, problems := readNotify("  targets:\n    - {name: ops-chat, to: slack, url: \"${SLACK_URL}\"}\n")
	if len(problems) != 1 || !strings.Contains(problems[0], "write one variable and nothing else, without braces: url: $OPS_CHAT_URL") {
		t.Errorf("%v", problems)
	}
	_, problems = readNotify("  targets:\n    - {name: ops-chat, to: slack, url: \"https://hooks.slack.com/services/T0/B0/x\"}\n")
	if len(problems) != 1 || !strings.Contains(problems[0], "set an environment variable OPS_CHAT_URL and write url: $OPS_CHAT_URL") {
		t.Errorf("%v", problems)
	}
}
