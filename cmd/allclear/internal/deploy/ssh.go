package deploy

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"allclear/cmd/allclear/internal/remote"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/crypto/ssh/knownhosts"
)

// sshTimeout is how long connecting may take: TCP, and then the handshake.
const sshTimeout = 20 * time.Second

// sshServer is a server, and how to log in to it.
type sshServer struct {
	url    *url.URL
	config *ssh.ClientConfig
}

// newSSHServer returns the server of an address, with the user's keys and known hosts. It
// does not connect yet.
func newSSHServer(u *url.URL, env remote.Environment) (*sshServer, error) {
	check, algorithms, err := knownHosts(u, env)
	if err != nil {
		return nil, err
	}
	auth, err := sshAuth(env)
	if err != nil {
		return nil, err
	}
	config := &ssh.ClientConfig{User: u.User.Username(), Auth: auth, HostKeyCallback: check, HostKeyAlgorithms: algorithms}
	return &sshServer{u, config}, nil
}

// sshAddress returns host:port of a server.
func sshAddress(u *url.URL) string { return net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), "22")) }

// dial connects to the server. Its error is permanent if another try would end the same.
func (s *sshServer) dial(ctx context.Context) (*ssh.Client, error) {
	address := sshAddress(s.url)
	raw, err := (&net.Dialer{Timeout: sshTimeout}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, remote.NetworkError(ctx, "connect to "+address, "see whether the address is right in content/site.yml", err)
	}
	raw.SetDeadline(time.Now().Add(sshTimeout))
	conn, channels, requests, err := ssh.NewClientConn(raw, address, s.config)
	var key *knownhosts.KeyError
	var revoked *knownhosts.RevokedError
	switch {
	case errors.As(err, &revoked):
		err = remote.Permanent(remote.Errorf("do not connect until you know why",
			"the server's host key is marked as revoked in known_hosts"))
	case errors.As(err, &key) && len(key.Want) > 0:
		err = remote.Permanent(remote.Errorf(
			"find out whether the server has a new key or somebody is in between; then correct known_hosts",
			"the server has another host key than known_hosts says"))
	case errors.As(err, &key):
		err = remote.Permanent(unknownHost(s.url))
	case err != nil && isAuthFailure(err):
		err = remote.Permanent(remote.Errorf("allow the key in authorized_keys of that user, or set SSH_PRIVATE_KEY (docs/publishing.md)",
			"the server does not let %s in", s.config.User))
	case err != nil:
		err = remote.Errorf("see whether an SSH server listens on that port", "%s does not answer as an SSH server: %v", address, err)
	}
	if err != nil {
		raw.Close()
		return nil, err
	}
	raw.SetDeadline(time.Time{})
	return ssh.NewClient(conn, channels, requests), nil
}

// knownHosts returns the function that checks a server's host key, and the kinds of keys
// that are known for the server: another kind would be refused. The known hosts are those
// of SSH_KNOWN_HOSTS, which holds lines of a known_hosts file, or else those of the user
// and the machine.
func knownHosts(u *url.URL, env remote.Environment) (ssh.HostKeyCallback, []string, error) {
	var files []string
	if lines := env.Lookup("SSH_KNOWN_HOSTS"); lines != "" {
		f, err := temporaryFile()
		if err != nil {
			return nil, nil, err
		}
		defer os.Remove(f.Name())
		_, err = f.WriteString(lines + "\n")
		if err = cmp.Or(err, f.Close()); err != nil {
			return nil, nil, err
		}
		files = append(files, f.Name())
	} else {
		for _, name := range []string{sshFile(env, "known_hosts"), "/etc/ssh/ssh_known_hosts"} {
			if _, err := os.Stat(name); err == nil {
				files = append(files, name)
			}
		}
	}
	check, err := knownhosts.New(files...)
	if err != nil {
		return nil, nil, remote.Errorf("correct the file, or set SSH_KNOWN_HOSTS", "known_hosts cannot be read: %v", err)
	}
	var key *knownhosts.KeyError
	if !errors.As(check(sshAddress(u), &net.TCPAddr{IP: net.IPv4zero}, noKey{}), &key) || len(key.Want) == 0 {
		return nil, nil, unknownHost(u)
	}
	var algorithms []string
	for _, known := range key.Want {
		if known.Key.Type() == ssh.KeyAlgoRSA {
			algorithms = append(algorithms, ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256)
		}
		algorithms = append(algorithms, known.Key.Type())
	}
	return check, algorithms, nil
}

// temporaryFile creates a temporary file for known hosts. An image from scratch has no
// /tmp, but a folder in memory.
func temporaryFile() (*os.File, error) {
	f, err := os.CreateTemp("", "allclear-known-hosts-")
	if err != nil {
		if f, err := os.CreateTemp("/dev/shm", "allclear-known-hosts-"); err == nil {
			return f, nil
		}
		return nil, remote.Errorf("set TMPDIR to a folder that may be written", "SSH_KNOWN_HOSTS cannot be read: %v", err)
	}
	return f, nil
}

// noKey is a host key that no server has.
type noKey struct{}

func (noKey) Type() string                        { return "none" }
func (noKey) Marshal() []byte                     { return []byte("none") }
func (noKey) Verify([]byte, *ssh.Signature) error { return errors.New("no key") }

func unknownHost(u *url.URL) error {
	port := ""
	if u.Port() != "" {
		port = "-p " + u.Port() + " "
	}
	return remote.Errorf("get it with ssh-keyscan "+port+u.Hostname()+
		", compare it with the server's, and add it to ~/.ssh/known_hosts or SSH_KNOWN_HOSTS",
		"the host key of %s is not known", u.Host)
}

// sshFile returns the path of a file of the user's keys and known hosts. Without a home, as
// in some services, it is that of no file: .ssh in the working directory may be anybody's.
func sshFile(env remote.Environment, name string) string {
	if home := env.Get("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".ssh", name)
	}
	return ""
}

// sshAuth returns the ways to log in: the key of SSH_PRIVATE_KEY, or else those of the
// agent and the user's own; and SSH_PASSWORD.
func sshAuth(env remote.Environment) ([]ssh.AuthMethod, error) {
	var auth []ssh.AuthMethod
	passphrase := env.Lookup("SSH_KEY_PASSPHRASE")
	if key := env.Lookup("SSH_PRIVATE_KEY"); key != "" {
		signer, err := parseKey([]byte(key), passphrase)
		if err != nil {
			return nil, remote.Errorf(
				"set it to the whole file, with its first and last line, and SSH_KEY_PASSPHRASE if it has a passphrase",
				"SSH_PRIVATE_KEY cannot be read as a key")
		}
		auth = append(auth, ssh.PublicKeys(signer))
	} else {
		var signers []ssh.Signer
		for _, name := range []string{"id_ed25519", "id_ecdsa", "id_rsa"} {
			if data, err := os.ReadFile(sshFile(env, name)); err == nil {
				if signer, err := parseKey(data, passphrase); err == nil {
					signers = append(signers, signer)
				}
			}
		}
		auth = append(auth, ssh.PublicKeysCallback(func() ([]ssh.Signer, error) { return append(agentKeys(env), signers...), nil }))
	}
	if password := env.Lookup("SSH_PASSWORD"); password != "" {
		auth = append(auth, ssh.Password(password))
	}
	return auth, nil
}

// parseKey parses a private key, which may have a passphrase.
func parseKey(data []byte, passphrase string) (ssh.Signer, error) {
	signer, err := ssh.ParsePrivateKey(data)
	var locked *ssh.PassphraseMissingError
	if errors.As(err, &locked) && passphrase != "" {
		return ssh.ParsePrivateKeyWithPassphrase(data, []byte(passphrase))
	}
	return signer, err
}

// agentKeys returns the keys of the SSH agent, if one runs.
func agentKeys(env remote.Environment) []ssh.Signer {
	socket := env.Get("SSH_AUTH_SOCK")
	if socket == "" {
		return nil
	}
	conn, err := net.DialTimeout("unix", socket, sshTimeout)
	if err != nil {
		return nil
	}
	signers, err := agent.NewClient(conn).Signers()
	if err != nil {
		conn.Close()
		return nil
	}
	return signers // they sign through the connection, which stays open until the program ends
}

// isAuthFailure reports whether an error of the handshake says that the server accepts
// none of our keys. The library has no type for it.
func isAuthFailure(err error) bool { return strings.Contains(err.Error(), "unable to authenticate") }
