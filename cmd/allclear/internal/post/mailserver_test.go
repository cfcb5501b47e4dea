package post

import (
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
	"sync"
	"testing"
	"time"

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
