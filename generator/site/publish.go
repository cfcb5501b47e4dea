package site

import "allclear/generator/diag"

// PublishTarget is a place to which allclear publish brings the site. Nothing that is
// built depends on it.
type PublishTarget struct {
	Name string   // unique, and the prefix of the target's own environment variables
	Kind string   // one of PublishKinds
	To   string   // its address, as written: s3://bucket, sftp://user@host/path, dir:path
	URL  string   // where visitors read it, without a trailing slash; $NAME for a variable; "" if not set
	Pos  diag.Pos // of the address
}

// PublishKinds are the kinds of targets, each with an example of its address.
var PublishKinds = [][2]string{
	{"dir", "dir:/srv/status/public"},
	{"s3", "s3://bucket?endpoint=https://s3.example.net&region=eu"},
	{"sftp", "sftp://deploy@www.example.net/srv/status"},
}
