package post

import (
	"bytes"
	"crypto/x509"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-message/mail"
	"github.com/emersion/go-smtp"
)

func TestAnEMailArrivesAndIsReadByAnotherLibrary(t *testing.T) {
	box := &mailbox{}
	s := begin(t, mailTarget, server("smtp://"+login+startMail(t, box, "127.0.0.1", false, true)))
	s.updates = append(s.updates, noon.Add(time.Minute))
	for _, m := range s.run(noon.Add(2 * time.Minute))["mail"].Messages {
		if text, _ := m.Reason(); !m.Sent {
			t.Fatal(text)
		}
	}
	if len(box.letters) != 2 || box.logins != 2 || !box.secure[0] {
		t.Fatalf("%d letters, %d logins, TLS %v", len(box.letters), box.logins, box.secure)
	}
	var ids, references []string
	for n, raw := range box.letters {
		r, err := mail.CreateReader(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		h := r.Header
		from, err := h.AddressList("From")
		if err != nil || len(from) != 1 || from[0].Address != "status@acme.test" || from[0].Name != "Example Status" {
			t.Errorf("From is %v: %v", from, err)
		}
		to, err := h.AddressList("To")
		if err != nil || len(to) != 1 || to[0].Address != "announce@lists.acme.test" {
			t.Errorf("To is %v: %v", to, err)
		}
		if subject, err := h.Subject(); err != nil || subject != "Example: Slow" {
			t.Errorf("the subject is %q: %v", subject, err)
		}
		if _, err := h.Date(); err != nil {
			t.Error(err)
		}
		id, err := h.MessageID()
		if err != nil || !strings.HasSuffix(id, "@status.acme.test") {
			t.Errorf("Message-ID is %q: %v", id, err)
		}
		before, err := h.MsgIDList("References")
		if err != nil {
			t.Error(err)
		}
		if reply, err := h.MsgIDList("In-Reply-To"); err != nil || strings.Join(reply, " ") != strings.Join(before, " ") {
			t.Errorf("In-Reply-To is %v: %v", reply, err)
		}
		ids, references = append(ids, id), append(references, strings.Join(before, " "))
		if h.Get("Auto-Submitted") != "auto-generated" {
			t.Error("out-of-office replies would come")
		}
		types := ""
		for {
			part, err := r.NextPart()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			kind, _, _ := part.Header.(*mail.InlineHeader).ContentType()
			types += kind + " "
			text, err := io.ReadAll(part.Body)
			if want := []string{"Text 0.", "Text 1."}[n]; err != nil || !strings.Contains(string(text), want) {
				t.Errorf("%s: %v\n%s", kind, err, text)
			}
		}
		if types != "text/plain text/html " {
			t.Errorf("its parts are %s", types)
		}
	}
	if references[0] != "" || references[1] != ids[0] || ids[0] == ids[1] {
		t.Errorf("they are no conversation: ids %v, references %v", ids, references)
	}
}

func TestAPasswordGoesOverTLSOnly(t *testing.T) {
	here := otherAddress(t)
	for _, c := range []struct {
		what              string
		scheme, login     string
		implicit, withTLS bool
		said              string
	}{
		{"STARTTLS", "smtp://", login, false, true, ""},
		{"TLS", "smtps://", login, true, true, ""},
		{"no TLS", "smtp://", login, false, false, "no TLS"},
		{"no TLS, no password", "smtp://", "", false, false, ""},
		{"wrong password", "smtps://", "ops%40acme.test:PLANTED@", true, true, "does not let us in"},
	} {
		box := &mailbox{}
		s := begin(t, mailTarget, server(c.scheme+c.login+startMail(t, box, here, c.implicit, c.withTLS)))
		m := s.run(noon)["mail"].Messages[0]
		text, hint := m.Reason()
		if m.Sent != (c.said == "") || !strings.Contains(text, c.said) || strings.Contains(text+hint, "PLANTED") {
			t.Errorf("%s: sent is %v: %s", c.what, m.Sent, text)
		}
		if c.said == "" && (len(box.letters) != 1 || box.secure[0] != c.withTLS) {
			t.Errorf("%s: %d letters, TLS %v", c.what, len(box.letters), box.secure)
		}
		if c.said != "" && box.logins > 0 {
			t.Errorf("%s: the password was sent", c.what)
		}
	}
}

func TestACertificateOfAnotherServerIsRefused(t *testing.T) {
	here := otherAddress(t)
	box := &mailbox{}
	address := startMail(t, box, here, true, true)
	roots = x509.NewCertPool()
	s := begin(t, mailTarget, server("smtps://"+login+address))
	if text, _ := s.run(noon)["mail"].Messages[0].Reason(); !strings.Contains(text, "certificate") || box.logins > 0 {
		t.Error(text)
	}
}

func TestWhatAMailServerRefuses(t *testing.T) {
	code := func(n int, text string) error { return &smtp.SMTPError{Code: n, Message: text} }
	for _, c := range []struct {
		what, step string
		err        error
		tries      int
		sent       bool
		unsure     bool
		letters    int
	}{
		{"the sender", "mail", code(550, "who is that"), 1, false, false, 0},
		{"for now", "rcpt", code(451, "try later"), 4, false, false, 0},
		{"the text", "data", code(554, "spam"), 1, false, false, 0},
		{"the text, for now", "data", code(452, "no space"), 4, false, false, 0},
		{"nothing, but its answer is lost", "answer", errors.New("x"), 1, false, true, 1},
	} {
		box := &mailbox{refuse: func(step string) error {
			if step == c.step {
				return c.err
			}
			return nil
		}}
		s := begin(t, mailTarget, server("smtp://"+startMail(t, box, "127.0.0.1", false, false)))
		m := s.run(noon)["mail"].Messages[0]
		text, _ := m.Reason()
		box.mu.Lock()
		if m.Sent != c.sent || m.Tries != c.tries || m.Unsure() != c.unsure || len(box.letters) != c.letters {
			t.Errorf("%s: sent %v after %d tries, unsure %v, %d letters: %s", c.what, m.Sent, m.Tries, m.Unsure(), len(box.letters), text)
		}
		box.mu.Unlock()
	}
}
