package source

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"allclear/generator/memo"
	"allclear/generator/site"
)

// targetKinds has for each beginning of an address the function that checks the rest. It
// returns what is wrong with it and what to do, or "".
var targetKinds = map[string]func(address, rest string) (problem, hint string){
	"dir":     checkDir,
	"s3":      checkS3,
	"sftp":    checkSFTP,
	"git+ssh": checkGit, "git+https": checkGit, "git+file": checkGit,
	"netlify": checkNetlify,
}

// kindNames returns the beginnings of addresses, sorted.
func kindNames() []string {
	var names []string
	for _, kind := range site.PublishKinds {
		names = append(names, kind[0])
	}
	return names
}

// kindExamples returns an example of each kind of address.
func kindExamples() []string {
	var examples []string
	for _, kind := range site.PublishKinds {
		examples = append(examples, kind[1])
	}
	return examples
}

// checkDir checks dir:PATH.
func checkDir(_, path string) (problem, hint string) {
	if path == "" || strings.HasPrefix(path, "//") {
		return "names no folder", "write dir: and the folder's path, such as dir:/srv/status/public"
	}
	return "", ""
}

// checkS3 checks s3://BUCKET/FOLDER?endpoint=URL&region=NAME.
func checkS3(address, _ string) (problem, hint string) {
	const example = `write "s3://BUCKET?endpoint=https://s3.example.net&region=eu", or without endpoint for Amazon's own`
	u, problem := parseTarget(address)
	switch {
	case problem != "":
		return problem, example
	case u.User != nil || u.Port() != "" || u.Fragment != "":
		return "is more than a bucket and a folder", example
	}
	if problem := onlyParameters(u, "endpoint", "region"); problem != "" {
		return problem, example
	}
	if endpoint := u.Query().Get("endpoint"); u.Query().Has("endpoint") {
		at, err := url.Parse(endpoint)
		if err != nil || urlProblem(endpoint, []string{"https", "http"}) != "" || strings.Trim(at.Path, "/") != "" || at.RawQuery != "" {
			return "has an endpoint that is not the address of a store", "write it in full: endpoint=https://s3.example.net"
		}
	}
	return "", ""
}

// checkSFTP checks sftp://USER@HOST:PORT/PATH.
func checkSFTP(address, _ string) (problem, hint string) {
	const example = `write "sftp://deploy@www.example.net/srv/status", or /~/status for a folder in the user's home`
	u, problem := parseTarget(address)
	switch {
	case problem != "":
	case u.User == nil || u.User.Username() == "":
		problem = "names no user"
	case strings.Trim(u.Path, "/~") == "":
		problem = "names no folder"
	case u.RawQuery != "" || u.Fragment != "":
		problem = "is more than a user, a host and a folder"
	}
	if problem == "" {
		return "", ""
	}
	return problem, example
}

// checkGit checks git+ssh://USER@HOST/PATH#BRANCH, git+https://… and git+file://….
func checkGit(address, _ string) (problem, hint string) {
	const example = `write "git+ssh://git@git.example.net/acme/status.git#gh-pages"`
	u, err := url.Parse(address)
	local := strings.HasPrefix(address, "git+file:")
	switch {
	case err != nil || strings.ContainsAny(address, " \t\\"):
		problem = "is not a readable address"
	case u.Host == "" && !local || u.Host != "" && local:
		problem = "names no host"
		if local {
			problem = "names a host, which a file does not have"
		}
	case strings.Trim(u.Path, "/") == "":
		problem = "names no repository"
	case u.Fragment == "":
		problem = "names no branch"
	case !branchName().MatchString(u.Fragment) || strings.Contains(u.Fragment, "..") || strings.HasSuffix(u.Fragment, ".lock"):
		problem = "names a branch that cannot be"
	case u.RawQuery != "":
		problem = "has parameters, which git does not take"
	default:
		return "", ""
	}
	return problem, example
}

// branchName matches the names of branches that publish accepts.
var branchName = memo.Regexp(`^[A-Za-z0-9_][A-Za-z0-9._/-]*[A-Za-z0-9_]$|^[A-Za-z0-9_]$`)

// checkNetlify checks netlify://SITE.
func checkNetlify(_, rest string) (problem, hint string) {
	if !netlifySite().MatchString(rest) {
		return "names no site of Netlify", `write the site's id, which is in its settings: "netlify://5f9e8d7c-…"`
	}
	return "", ""
}

// netlifySite matches what follows netlify: in an address, the id or domain of a site.
var netlifySite = memo.Regexp(`^//[A-Za-z0-9][A-Za-z0-9.-]*$`)

// parseTarget parses an address that names a host, a bucket or a site after "://".
func parseTarget(address string) (*url.URL, string) {
	u, err := url.Parse(address)
	switch {
	case err != nil || strings.ContainsAny(address, " \t\\"):
		return nil, "is not a readable address"
	case u.Host == "":
		return nil, "names nothing after //"
	}
	for part := range strings.SplitSeq(u.Path, "/") {
		if part == ".." || part == "." {
			return nil, "has a folder " + part
		}
	}
	return u, ""
}

// onlyParameters returns what is wrong if an address has other parameters than these.
func onlyParameters(u *url.URL, known ...string) string {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return "has parameters that cannot be read"
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if !slices.Contains(known, name) {
			return "has an unknown parameter " + name
		}
	}
	return ""
}
