package post

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-message/mail"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// mailbox is a mail server with one user and one list address.
type mailbox struct {
	mu      sync.Mutex
	letters [][]byte
	secure  []bool // whether each came over TLS
	logins  int
	refuse  func(step string) error // "mail", "rcpt" or "data"; nil: nothing is refused
}

type mailSession struct {
	*mailbox
	conn *smtp.Conn
	user string
}

func (m *mailbox) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &mailSession{mailbox: m, conn: c}, nil
}

func (m *mailbox) refuses(step string) error {
	if m.refuse == nil {
		return nil
	}
	return m.refuse(step)
}

func (s *mailSession) AuthMechanisms() []string { return []string{sasl.Plain} }
func (s *mailSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "ops@acme.test" || password != "PLANTED pass/word" {
			return errors.New("invalid credentials")
		}
		s.user = user
		s.mu.Lock()
		s.logins++
		s.mu.Unlock()
		return nil
	}), nil
}

func (s *mailSession) Mail(from string, _ *smtp.MailOptions) error { return s.refuses("mail") }

func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to != "announce@lists.acme.test" {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "Relaying denied"}
	}
	return s.refuses("rcpt")
}

func (s *mailSession) Data(r io.Reader) error {
	letter, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	_, secure := s.conn.TLSConnectionState()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refuses("data"); err != nil {
		return err
	}
	s.letters, s.secure = append(s.letters, letter), append(s.secure, secure)
	if s.refuse != nil {
		if err := s.refuse("answer"); err != nil {
			s.conn.Conn().Close() // it took the message, and nobody learns that
		}
	}
	return nil
}

func (s *mailSession) Reset()        {}
func (s *mailSession) Logout() error { return nil }

// startMail starts a mail server on an address of this machine, with STARTTLS or with TLS
// from the first byte. It returns its host and port.
func startMail(t *testing.T, box *mailbox, host string, implicit, withTLS bool) string {
	t.Helper()
	server := smtp.NewServer(box)
	server.Domain, server.AllowInsecureAuth = "mail.acme.test", true
	server.ErrorLog = quiet{}
	listener, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		t.Skip("skipped: cannot listen on " + host)
	}
	if withTLS {
		server.TLSConfig = certificate(t, host)
	}
	if implicit {
		listener = tls.NewListener(listener, server.TLSConfig)
	}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return listener.Addr().String()
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// certificate makes a certificate for an address, which the client then trusts.
func certificate(t *testing.T, host string) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail.acme.test"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.ParseIP(host)},
	}
	raw, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	roots.AddCert(parsed)
	t.Cleanup(func() { roots = nil })
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}
}

// otherAddress returns an address of this machine that is not loopback.
func otherAddress(t *testing.T) string {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		if prefix, err := netip.ParsePrefix(a.String()); err == nil && prefix.Addr().Is4() && !prefix.Addr().IsLoopback() {
			return prefix.Addr().String()
		}
	}
	t.Skip("skipped: this machine has no other address than loopback")
	return ""
}

const mailTarget = `  ledger: file:notified.json
  targets:
    - {name: mail, to: email, server: $SMTP_URL, from: Example Status <status@acme.test>, address: announce@lists.acme.test}
`

func server(address string) func(string) string {
	return func(name string) string {
		if name == "SMTP_URL" {
			return address
		}
		return ""
	}
}

const login = "ops%40acme.test:PLANTED%20pass%2Fword@"

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
