package source

import (
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator/site"
)

// readPublish reads a site.yml with these targets.
func readPublish(text string) (site.Site, []string) {
	s, problems := Read(fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: T\nurl: https://status.acme.test\npublish:\n" + text)},
		"content/components.yml": {Data: []byte("components: [{id: web, name: Web}]\n")},
	}, Options{})
	problems.Excerpt(func(string) ([]byte, error) { return []byte(strings.Repeat("an excerpt of hunter2\n", 9)), nil })
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.Pos.String()+" "+p.Rule+" "+p.Message+" | "+p.Hint+" | "+p.Excerpt)
	}
	return s, lines
}

func TestTargetsOfPublishAreRead(t *testing.T) {
	s, problems := readPublish(`  - {name: main, to: "dir:/srv/status", url: https://status.acme.test/}
  - {name: second-one, to: dir:public, url: $SECOND_URL}
  - {name: a, to: "s3://bucket"}
  - {name: b, to: "s3://bucket/sub/folder?endpoint=http://127.0.0.1:9000&region=auto"}
  - {name: c, to: "sftp://deploy@www.example.net:2222/srv/status"}
  - {name: d, to: "sftp://deploy@www.example.net/~/status"}
  - {name: e, to: "git+ssh://git@git.example.net/acme/status.git#gh-pages"}
  - {name: f, to: "git+https://git.example.net/acme/status.git#pages/live"}
  - {name: g, to: "git+file:///srv/git/status.git#main"}
  - {name: h, to: "netlify://5f9e8d7c-1234"}
`)
	if len(problems) > 0 || len(s.Publish) != 10 || s.Publish[6].Kind != "git" {
		t.Fatalf("%v, %v", s.Publish, problems)
	}
	first, second := s.Publish[0], s.Publish[1]
	if first.Name != "main" || first.Kind != "dir" || first.To != "dir:/srv/status" || first.Pos.Line != 4 ||
		first.URL != "https://status.acme.test" {
		t.Errorf("%+v", first)
	}
	if second.URL != "$SECOND_URL" {
		t.Errorf("%+v", second)
	}
}

func TestMistakesInTargetsOfPublishAreFoundAtTheirPlaces(t *testing.T) {
	for text, want := range map[string]string{
		"  main: x":           `content/site.yml:4:3 wrong-type "publish" must be a list`,
		`  - {name: main}`:    `content/site.yml:4:5 bad-target the target has no "to"`,
		`  - {to: "dir:out"}`: `content/site.yml:4:5 bad-target the target has no "name"`,
		`  - {name: main, to: "ftp://example.net"}`:                         `content/site.yml:4:23 bad-target "ftp://example.net" is`,
		`  - {name: main, to: "s3://"}`:                                     `names nothing after //`,
		`  - {name: main, to: "s3://b?region=eu&endpont=https://a.test"}`:   `unknown parameter endpont`,
		`  - {name: main, to: "s3://b?endpoint=a.test"}`:                    `has an endpoint that is not the address of a store`,
		`  - {name: main, to: "s3://b/../c"}`:                               `has a folder ..`,
		`  - {name: main, to: "sftp://a.test/srv"}`:                         `names no user`,
		`  - {name: main, to: "sftp://me@a.test/"}`:                         `names no folder`,
		`  - {name: main, to: "git+ssh://git@a.test/b.git"}`:                `names no branch`,
		`  - {name: main, to: "git+ssh://git@a.test/b.git#-f"}`:             `names a branch that cannot be`,
		`  - {name: main, to: "git+ssh:///b.git#main"}`:                     `names no host`,
		`  - {name: main, to: "git+https://a.test#main"}`:                   `names no repository`,
		`  - {name: main, to: "netlify://"}`:                                `names no site of Netlify`,
		`  - {name: main, to: "dri:out"}`:                                   `did you mean "dir:"?`,
		`  - {name: main, to: "dir:"}`:                                      `names no folder`,
		`  - {name: a b, to: "dir:out"}`:                                    `content/site.yml:4:12 bad-target "a b" cannot be`,
		`  - {name: main, to: "dir:out", urll: "https://a.test"}`:           `unknown-key`,
		`  - {name: main, to: "dir:out", url: "ftp://a.test"}`:              `bad-url`,
		`  - {name: main, to: "git@git.acme.test:acme/status.git"}`:         `write "git+ssh://git@git.acme.test/acme/status.git#gh-pages"`,
		`  - {name: main, to: "https://git.acme.test/a/status.git#pages"}`:  `write "git+https://git.acme.test/a/status.git#pages"`,
		`  - {name: main, to: "ssh://git@git.acme.test/a/status.git"}`:      `write "git+ssh://git@git.acme.test/a/status.git#gh-pages"`,
		`  - {name: main, to: "/srv/status"}`:                               `write "dir:/srv/status"`,
		"  - {name: a, to: \"dir:x/\"}\n  - {name: b, to: \"dir:./x\"}":     `site.yml:5:20 bad-target "dir:./x" is the place of`,
		"  - {name: a, to: \"s3://b/c\"}\n  - {name: b, to: \"s3://b/c/\"}": `bad-target "s3://b/c/" is the place of the target "a"`,
		"  - {name: a-b, to: \"dir:x\"}\n  - {name: A_B, to: \"dir:y\"}":    `site.yml:5:22 bad-target two targets are named`,
	} {
		_, problems := readPublish(text + "\n")
		if len(problems) != 1 || !strings.Contains(problems[0], want) {
			t.Errorf("%s\n%s\nwant %s", text, strings.Join(problems, "\n"), want)
		}
	}
}

// No message, hint or excerpt shows the secret, hunter2.
func TestSecretsInTargetsOfPublishAreFoundAndNotShown(t *testing.T) {
	for _, text := range []string{
		`{name: main, to: "sftp://me:hunter2@a.test/srv"}`,
		`{name: main, to: "sftp://me:hunt%ter2:hunter2@a.test/srv"}`,
		`{name: main, to: "s3://hunter2:hunter2@bucket"}`,
		`{name: main, to: "git+https://ghp_hunter2@a.test/b.git#main"}`,
		`{name: main, to: "s3://bucket?secret_key=hunter2"}`,
		`{name: main, to: "dir:out", url: "https://me:hunter2@a.test"}`,
		`{name: main, to: "dir:out", url: "https://hunter2@a.test"}`,
		`{name: main, to: "dir:out", token: hunter2}`,
		`{name: main, to: "dir:out", aws_secret_access_key: hunter2}`,
		`{name: main, to: "dir:$OUT"}`,
		`{name: $NAME, to: "dir:out"}`,
		`{name: main, to: "$WHERE"}`,
		`{name: main, to: "dir:out", url: "https://$HOST/"}`,
		`{name: main, to: "nowhere:hunter2", password: hunter2}`,
	} {
		_, problems := readPublish("  - " + text + "\n")
		if len(problems) != 1 || !strings.HasPrefix(problems[0], "content/site.yml:4:") ||
			!strings.Contains(problems[0], " secret-in-content ") {
			t.Errorf("%s:\n%s", text, strings.Join(problems, "\n"))
		}
		if strings.Contains(strings.Join(problems, ""), "hunter2") {
			t.Errorf("%s: the secret is shown: %s", text, problems)
		}
	}
}
