package post

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"

	"allclear/generator/news"

	"github.com/wneessen/go-mail"
)

// Ports of mail servers: RFC 6409 and RFC 8314.
const (
	portSMTP  = 587
	portSMTPS = 465
)

// sendEmail sends a message to one address.
func (c *channel) sendEmail(ctx context.Context, m news.Message) *failure {
	message, err := compose(m)
	if err != nil {
		return &failure{message: "the message cannot be written", hint: "see whether from and address are e-mail addresses"}
	}
	server, f := c.mailServer()
	if f != nil {
		return f
	}
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	connection, err := server.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return c.mailFailure(err, false)
	}
	defer connection.Close()
	err = server.SendWithSMTPClient(connection, message)
	if err == nil || message.IsDelivered() {
		return nil
	}
	// Until the line that ends the message, the server delivers nothing (RFC 5321, section
	// 4.1.1.4). After it, only an answer says whether it took the message.
	var send *mail.SendError
	ended := errors.As(err, &send) && send.Reason == mail.ErrSMTPDataClose && send.ErrorCode() == 0
	return c.mailFailure(err, ended)
}

// compose returns an e-mail as go-mail takes it.
func compose(m news.Message) (*mail.Msg, error) {
	e := m.Email
	if e == nil {
		return nil, errors.New("no e-mail")
	}
	message := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := errors.Join(message.From(e.From), message.To(e.To)); err != nil {
		return nil, err
	}
	message.Subject(e.Subject)
	message.SetMessageIDWithValue(e.MessageID)
	message.SetDate()
	if e.References != "" {
		message.SetGenHeader(mail.HeaderReferences, "<"+e.References+">")
		message.SetGenHeader(mail.HeaderInReplyTo, "<"+e.References+">")
	}
	for name, value := range e.Header {
		message.SetGenHeader(mail.Header(name), value)
	}
	message.SetBodyString(mail.TypeTextPlain, e.Text)
	if e.HTML != "" {
		message.AddAlternativeString(mail.TypeTextHTML, e.HTML)
	}
	return message, nil
}

// mailServer returns the client of smtp://USER:PASSWORD@HOST:PORT or smtps://…. A password
// goes only over TLS, or to this machine.
func (c *channel) mailServer() (*mail.Client, *failure) {
	bad := &failure{all: true, message: "its server's address cannot be read", hint: "write smtps://USER:PASSWORD@HOST:PORT"}
	u, err := url.Parse(c.Server)
	if err != nil {
		return nil, bad
	}
	host := u.Hostname()
	standard := portSMTP
	opt := []mail.Option{
		mail.WithTimeout(requestTimeout), mail.WithTLSConfig(&tls.Config{ServerName: host, RootCAs: roots, MinVersion: tls.VersionTLS12}),
	}
	here := host == "localhost" || net.ParseIP(host) != nil && net.ParseIP(host).IsLoopback()
	password, hasPassword := u.User.Password()
	switch {
	case strings.EqualFold(u.Scheme, "smtps"):
		standard = portSMTPS
		opt = append(opt, mail.WithSSL())
	case hasPassword && !here:
		opt = append(opt, mail.WithTLSPolicy(mail.TLSMandatory))
	default:
		opt = append(opt, mail.WithTLSPolicy(mail.TLSOpportunistic))
	}
	port, err := strconv.Atoi(cmp.Or(u.Port(), strconv.Itoa(standard)))
	if err != nil {
		return nil, bad
	}
	opt = append(opt, mail.WithPort(port))
	if hasPassword {
		opt = append(opt, mail.WithUsername(u.User.Username()), mail.WithPassword(password))
		if here {
			opt = append(opt, mail.WithOpportunisticSMTPAuth("PLAIN-NOENC", "LOGIN-NOENC"))
		} else {
			opt = append(opt, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover))
		}
	}
	client, err := mail.NewClient(host, opt...)
	if err != nil {
		return nil, bad
	}
	return client, nil
}

// mailFailure returns the failure for an error of a mail server. ended says that the
// message was sent to its last line, and no answer came.
func (c *channel) mailFailure(err error, ended bool) *failure {
	if ended {
		return networkFailure(err, true)
	}
	var send *mail.SendError
	var answer *textproto.Error
	code := 0
	if errors.As(err, &send) {
		code = send.ErrorCode()
	} else if errors.As(err, &answer) {
		code = answer.Code
	}
	text, _, _ := strings.Cut(err.Error(), ", affected ")
	said := c.said([]byte(text))
	switch {
	case code == 530 || code == 534 || code == 535 || strings.Contains(text, "AUTH"): // RFC 4954
		return &failure{all: true, message: "the mail server does not let us in: " + said, hint: "see whether user and password are right"}
	case code >= 500:
		return &failure{message: "the mail server refuses it: " + said, hint: "see whether it lets this sender write to this address"}
	case code >= 400:
		return &failure{again: true, message: "the mail server does not take it now: " + said}
	case strings.Contains(text, "STARTTLS"):
		return &failure{all: true, message: "the mail server has no TLS, so the password was not sent",
			hint: "use smtps://, or a server that has STARTTLS"}
	}
	return networkFailure(err, false)
}
