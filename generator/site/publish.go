package site

import "allclear/generator/diag"

// PublishTarget is a place to which allclear publish brings the site. Nothing that is
// built depends on it.
type PublishTarget struct {
	Name string   // unique, and the prefix of the target's own environment variables
	Kind string   // dir, s3, sftp, git or netlify
	To   string   // its address, as written: s3://bucket, sftp://user@host/path, dir:path
	URL  string   // where visitors read it, without a trailing slash; $NAME for a variable; "" if not set
	Pos  diag.Pos // of the address
}

// PublishKinds are the beginnings of targets' addresses, each with an example.
var PublishKinds = [][2]string{
	{"dir", "dir:/srv/status/public"},
	{"s3", "s3://bucket?endpoint=https://s3.example.net&region=eu"},
	{"sftp", "sftp://deploy@www.example.net/srv/status"},
	{"git+ssh", "git+ssh://git@git.example.net/acme/status.git#gh-pages"},
	{"git+https", "git+https://git.example.net/acme/status.git#gh-pages"},
	{"netlify", "netlify://SITE-ID"},
}
