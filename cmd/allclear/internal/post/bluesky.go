package post

import (
	"context"
	"encoding/json"
	"net/http"

	"allclear/generator/news"
)

// blueskySession is an open session.
type blueskySession struct {
	Token string `json:"accessJwt"`
	DID   string `json:"did"` // the account
}

// putRecord posts a record under a key of ours. The same key again replaces the record by
// the same one (https://docs.bsky.app/docs/api/com-atproto-repo-put-record).
func (c *channel) putRecord(ctx context.Context, m news.Message) *failure {
	if f := c.signIn(ctx); f != nil {
		f.certainty = notSent
		return f
	}
	body, err := json.Marshal(struct {
		Repo       string          `json:"repo"`
		Collection string          `json:"collection"`
		Key        string          `json:"rkey"`
		Record     json.RawMessage `json:"record"`
	}{c.session.DID, "app.bsky.feed.post", m.Key, m.Body})
	if err != nil {
		return &failure{message: "the message cannot be encoded"}
	}
	header := http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + c.session.Token}}
	_, f := c.post(ctx, c.Server+"/xrpc/com.atproto.repo.putRecord", header, body)
	if f != nil {
		c.session = nil // it may be over
	}
	return f
}

// signIn opens a session for the account.
func (c *channel) signIn(ctx context.Context) *failure {
	if c.session != nil {
		return nil
	}
	body, err := json.Marshal(map[string]string{"identifier": c.From, "password": c.Token})
	if err != nil {
		return &failure{message: "the name of the account cannot be encoded"}
	}
	header := http.Header{"Content-Type": {"application/json"}}
	answer, f := c.post(ctx, c.Server+"/xrpc/com.atproto.server.createSession", header, body)
	if f != nil {
		return f
	}
	var session blueskySession
	if json.Unmarshal(answer, &session) != nil || session.Token == "" || session.DID == "" {
		return &failure{all: true, message: "its server opens no session", hint: "see whether the server is one of Bluesky"}
	}
	c.keep(session.Token)
	c.session = &session
	return nil
}
