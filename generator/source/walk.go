package source

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// contentFiles are the files of content/ that this package reads or passes on.
type contentFiles struct {
	texts    []entryText // listed, but not read yet, unless a Cache has the results
	static   []site.Static
	problems diag.List // set only in a Cache
}

// walk lists the content, sorted by path.
func walk(fsys fs.FS, d decoder) contentFiles {
	w := walker{decoder: d, fsys: fsys}
	w.strays()
	for _, folder := range []string{"incidents", "maintenance", announcements, "pages"} {
		w.folder(folder)
	}
	w.templates()
	w.statics()
	return w.found
}

// walker lists the content.
type walker struct {
	decoder
	fsys  fs.FS
	found contentFiles
}

// folder lists the Markdown files of a folder and warns of the others.
func (w *walker) folder(folder string) {
	root := "content/" + folder
	fs.WalkDir(w.fsys, root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return w.unreadable(name, name == root, err)
		}
		base := path.Base(name)
		switch {
		case editorTemp(base) && name != root:
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir():
			if strings.HasSuffix(base, ".md") {
				w.problems.Error(diag.Pos{File: name}, "folder-like-file", "rename the folder",
					"this folder has the name of a Markdown file")
				return fs.SkipDir
			}
		case strings.HasSuffix(base, ".md"):
			w.text(name, folder, strings.TrimSuffix(base, ".md"), entry)
		case wrongExtension(base):
			w.problems.Warn(diag.Pos{File: name}, "ignored-file",
				"rename it to "+strings.TrimSuffix(strings.TrimSuffix(base, path.Ext(base)), ".md")+".md",
				"the file is ignored: only .md files are read")
		case entry.Type().IsRegular():
			w.problems.Warn(diag.Pos{File: name}, "ignored-file",
				"rename it to "+strings.TrimRight(strings.TrimSuffix(base, path.Ext(base)),
					". ")+".md if it is an entry; files that pages show belong in content/static/",
				"the file is ignored: only .md files are read")
		default:
			w.linkedFolder(name, entry)
		}
		return nil
	})
}

// unreadable reports a folder that cannot be listed, but not a root that does not exist.
func (w *walker) unreadable(name string, root bool, err error) error {
	if root && missing(err) {
		return nil
	}
	w.problems.Error(diag.Pos{File: name}, "unreadable-file", "check its permissions", "the folder cannot be read: %s", reason(err))
	return fs.SkipDir
}

// linkedFolder warns of a symbolic link to a folder, which is not followed.
func (w *walker) linkedFolder(name string, entry fs.DirEntry) {
	if entry.Type()&fs.ModeSymlink != 0 {
		w.problems.Warn(diag.Pos{File: name}, "ignored-file", "replace it by the files themselves", "symbolic links are not followed here")
	}
}

// editorTemp reports whether a file is hidden or a temporary file of an editor.
func editorTemp(base string) bool {
	if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "#") || strings.HasSuffix(base, "~") {
		return true
	}
	return slices.Contains([]string{".swp", ".swo", ".tmp", ".bak"}, path.Ext(base))
}

// wrongExtension reports whether a file was probably meant to end in .md.
func wrongExtension(base string) bool {
	return slices.Contains([]string{".markdown", ".mdown", ".mkd", ".mdx", ".txt", ".yml", ".yaml"},
		strings.ToLower(path.Ext(base))) || strings.EqualFold(path.Ext(base), ".md")
}

// text adds one Markdown file: slug.md, or slug.de.md for a translation.
func (w *walker) text(name, folder, stem string, entry fs.DirEntry) {
	t := entryText{path: name, folder: folder, slug: stem, ordinary: entry.Type().IsRegular()}
	if slug, suffix, ok := cutLast(stem, "."); ok {
		lang, known := w.language(suffix)
		switch {
		case known && lang == w.languages[0]:
			w.problems.Error(diag.Pos{File: name}, "default-language", "rename it to "+slug+".md",
				"%s is the site's default language: its file has no language in its name", lang)
			return
		case known:
			t.slug, t.language = slug, lang
		case languageTag(suffix):
			w.problems.Error(diag.Pos{File: name}, "unknown-language", w.languageHint(suffix),
				"%q is not one of the site's languages", suffix)
			return
		}
	}
	if message, hint := slugProblem(t.slug); message != "" {
		w.problems.Error(diag.Pos{File: name}, "bad-slug", hint, "%s", message)
		return
	}
	if n := len(w.found.texts); n == cap(w.found.texts) {
		w.found.texts = slices.Grow(w.found.texts, max(n, 64)) // an entryText is large: doubling copies each only once
	}
	w.found.texts = append(w.found.texts, t)
}

// cutLast is strings.Cut at the last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// statics lists the files that are copied unchanged.
func (w *walker) statics() {
	const root = "content/static"
	fs.WalkDir(w.fsys, root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return w.unreadable(name, name == root, err)
		}
		base := path.Base(name)
		if versionControl(base) {
			w.problems.Error(diag.Pos{File: name}, "bad-static-name", "remove it from content/static/",
				"version control keeps its own files in %s, and nobody else may read them", base)
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if entry.IsDir() || base == ".DS_Store" || strings.HasPrefix(base, ".#") || strings.HasSuffix(base, "~") ||
			strings.HasSuffix(base, ".swp") {
			return nil
		}
		info, err := fs.Stat(w.fsys, name)
		switch {
		case err != nil:
			w.problems.Error(diag.Pos{File: name}, "unreadable-file",
				"check that the file exists inside the site's folder and is readable", "the file cannot be read: %s", reason(err))
		case !info.Mode().IsRegular():
			w.problems.Error(diag.Pos{File: name}, "unreadable-file", "replace it by the file itself", "this is not a regular file")
		case !portable(strings.TrimPrefix(name, root+"/")):
			w.problems.Error(diag.Pos{File: name}, "bad-static-name",
				"rename it: letters, digits, spaces, dots, - and _ are safe", "the name %s cannot be published everywhere", quoted(base))
		default:
			w.found.static = append(w.found.static, site.Static{
				Path: strings.TrimPrefix(name, root+"/"), Size: info.Size(),
				Open: func() (fs.File, error) { return openOrdinary(w.fsys, name) },
			})
		}
		return nil
	})
}

// portable reports whether every part of a static file's path can be a file name on all
// systems and part of an address.
func portable(name string) bool {
	if !utf8.ValidString(name) || strings.IndexFunc(name, control) >= 0 || strings.ContainsAny(name, "\\:*?\"<>|\n\t") {
		return false
	}
	for _, part := range strings.Split(name, "/") {
		stem, _, _ := strings.Cut(part, ".")
		if reserved(stem) || strings.HasSuffix(part, ".") || strings.TrimSpace(part) != part || len(part) > 200 {
			return false
		}
	}
	return true
}

// versionControl reports whether a name is that of a folder in which a version control
// system keeps its own files. Nothing is published there.
func versionControl(name string) bool {
	return slices.Contains([]string{".git", ".hg", ".svn", ".jj", ".bzr"}, strings.ToLower(name))
}

// has reports whether a static file exists.
func (c contentFiles) has(static string) bool {
	return slices.ContainsFunc(c.static, func(s site.Static) bool { return s.Path == static })
}

// links returns what links in the content can lead to. languages are the site's.
func (c contentFiles) links(languages []string) linkTable {
	t := linkTable{pages: make(map[string]string, len(c.texts)), static: map[string]bool{}, languages: map[string]bool{}}
	for _, language := range languages[min(1, len(languages)):] {
		t.languages[language] = true
	}
	for _, text := range c.texts {
		if text.folder == templates {
			continue
		}
		page := text.folder + "/" + text.slug + "/"
		if text.language != "" {
			page = text.language + "/" + page
		}
		t.pages[strings.TrimPrefix(text.path, "content/")] = page
	}
	for _, s := range c.static {
		t.static[s.Path] = true
	}
	t.names = sync.OnceValue(func() []string {
		var names []string
		for name := range t.pages {
			names = append(names, path.Base(name))
		}
		slices.Sort(names)
		return slices.Compact(names)
	})
	return t
}
