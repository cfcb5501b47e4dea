package source

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"allclear/generator/diag"
)

var (
	contentFolders = []string{"incidents", "maintenance", announcements, "pages", "static", templates, measurements}
	contentTables  = []string{"site.yml", "components.yml", "alerts.yml"}
)

// strays warns of files and folders in content/ itself that are ignored although their
// names suggest that they are content. An incident there, or in a folder with a
// misspelled name, would never be published.
func (w *walker) strays() {
	entries, err := fs.ReadDir(w.fsys, "content")
	if err != nil {
		return // reported when its files are read
	}
	for _, entry := range entries {
		name := entry.Name()
		if editorTemp(name) || slices.Contains(contentTables, name) || w.sameFolder(name, entries) {
			continue
		}
		folder := slices.Contains(contentFolders, name)
		switch {
		case folder && entry.Type().IsRegular():
			w.stray(name, "make it a folder", "content/"+name+" must be a folder")
		case folder:
		case entry.IsDir():
			if near := diag.Nearest(name, contentFolders); near != "" {
				w.stray(name, "rename it to "+near, "the folder is ignored")
			}
		case path.Ext(name) == ".md" && !strings.EqualFold(name, "readme.md"):
			w.stray(name, "move it to content/incidents/, content/maintenance/, content/announcements/ or content/pages/",
				"the file is ignored: entries cannot be in content/ itself")
		case strings.HasPrefix(path.Ext(name), ".y") || path.Ext(name) == ".json" || path.Ext(name) == ".toml":
			if near := diag.Nearest(strings.TrimSuffix(name, path.Ext(name))+".yml", contentTables); near != "" {
				w.stray(name, "rename it to "+near+", or delete it", "the file is ignored: only "+near+" is read")
			}
		}
	}
}

// stray reports one of them.
func (w *walker) stray(name, hint, message string) {
	w.problems.Warn(diag.Pos{File: "content/" + name}, "ignored-file", hint, "%s", message)
}

// sameFolder reports whether a name differs only by case from a known one that is the
// same file on this disk.
func (w *walker) sameFolder(name string, entries []fs.DirEntry) bool {
	i := slices.IndexFunc(slices.Concat(contentFolders, contentTables),
		func(known string) bool { return strings.EqualFold(known, name) && known != name })
	if i < 0 {
		return false
	}
	known := slices.Concat(contentFolders, contentTables)[i]
	listed := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == known })
	_, err := fs.Stat(w.fsys, "content/"+known)
	return err == nil && !listed
}
