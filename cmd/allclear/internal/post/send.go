package post

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"allclear/generator/news"
)

// send sends a message once.
func (c *channel) send(ctx context.Context, m news.Message) *failure {
	switch c.Kind {
	case "email":
		return c.sendEmail(ctx, m)
	case "websub":
		return c.ping(ctx, m)
	case "bluesky":
		return c.putRecord(ctx, m)
	}
	address, err := withQuery(c.address(m), m.Query)
	if err != nil {
		return &failure{all: true, message: "its address cannot be read", hint: "correct the address"}
	}
	header := headerOf(m)
	switch c.Kind {
	case "ntfy", "mastodon":
		if c.Token != "" {
			header.Set("Authorization", "Bearer "+c.Token)
		}
	case "webhook":
		if f := c.sign(header, m, c.now()); f != nil {
			return f
		}
	}
	answer, f := c.post(ctx, address, header, m.Body)
	if f == nil {
		f = c.refusal(answer)
	}
	return f
}

// address returns where a message is posted.
func (c *channel) address(m news.Message) string {
	switch c.Kind {
	case "telegram":
		return c.Server + "/bot" + c.Token + "/sendMessage" // https://core.telegram.org/bots/api#making-requests
	case "mastodon":
		return c.Server + m.Path
	}
	return c.URL
}

// refusal returns a failure if an answer with a status of success says that the message
// was not taken.
func (c *channel) refusal(answer []byte) *failure {
	switch c.Kind {
	case "telegram":
		var result struct {
			OK *bool `json:"ok"`
		}
		if json.Unmarshal(answer, &result) == nil && result.OK != nil && !*result.OK {
			return &failure{message: "the server refuses it: " + c.said(answer)}
		}
	case "slack":
		// A workflow or an old webhook answers with {"ok": false} and status 200.
		if bytes.Contains(answer, []byte(`"ok":false`)) {
			return &failure{message: "the server refuses it: " + c.said(answer)}
		}
	}
	return nil
}

// ping says to a hub that feeds have changed, with a form for each (WebSub, section 7). In
// one run, each feed is named once: the site shows all updates already.
func (c *channel) ping(ctx context.Context, m news.Message) *failure {
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	for _, feed := range m.Feeds {
		if c.pinged[feed] {
			continue
		}
		form := url.Values{"hub.mode": {"publish"}, "hub.url": {feed}}
		if _, f := c.post(ctx, c.URL, header, []byte(form.Encode())); f != nil {
			return f
		}
		c.pinged[feed] = true
	}
	return nil
}
