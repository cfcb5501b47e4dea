package source

import (
	"net/url"
	"path"
	"strings"

	"allclear/generator/memo"
)

// scpAddress matches the address of a repository as scp would write it:
// git@git.example.net:acme/status.git. There is no place for a password in it.
var scpAddress = memo.Regexp(`^([A-Za-z0-9._-]{1,32}@[A-Za-z0-9.-]+):([^/:@][^:@]*/[^:@]+)$`)

// meantTarget returns the address that somebody meant who wrote that of a repository, a
// folder or a bucket in another way, or "".
func meantTarget(s string) string {
	branch := "#gh-pages"
	if _, _, has := strings.Cut(s, "#"); has {
		branch = ""
	}
	switch u, err := url.Parse(s); {
	case scpAddress().MatchString(s):
		return scpAddress().ReplaceAllString(s, "git+ssh://$1/$2") + branch
	case strings.HasPrefix(s, "/") || strings.HasPrefix(s, "./") || strings.HasPrefix(s, "../"):
		return "dir:" + s
	case err != nil || u.User != nil && u.User.String() != u.User.Username():
		return ""
	case u.Scheme == "https" && u.Host == "github.com", u.Scheme == "https" && strings.HasSuffix(u.Path, ".git"), u.Scheme == "ssh":
		return "git+" + s + branch
	}
	return ""
}

// placeOf returns what two addresses of targets have in common if they name one place.
func placeOf(to string) string {
	kind, rest, _ := strings.Cut(to, ":")
	rest, fragment, _ := strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(rest, "?")
	if kind == "dir" {
		rest = path.Clean(rest)
	}
	return kind + ":" + strings.TrimRight(rest, "/") + "?" + query + "#" + fragment
}
