package importer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"allclear/generator/source"
)

// manyEntries is how many entries of a kind are put into one folder without one for each year.
const manyEntries = 60

// place finds out whether the site has an entry, and if not, gives it a file.
func (p *preparer) place(e *Entry) {
	known := p.find(e)
	if p.entries[known] != nil { // of this import: two entries with one id
		p.plan.Losses = append(p.plan.Losses, newLoss(e, "api-id", nil, "id"))
		e.ID, known = "", ""
	}
	if known == "" {
		p.create(e)
		return
	}
	r := Result{Path: known, Title: e.Title, State: Kept, Source: e.from.place()}
	mark, marked := p.opt.Ledger[known]
	e.path, e.slug = known, strings.TrimSuffix(path.Base(known), ".md")
	from := e.digest()
	p.ownAliases(e, false)
	d := p.writing.document(e)
	data, err := fs.ReadFile(p.opt.Folder, known)
	switch {
	case err != nil || !marked || mark.From == from:
	case mark.Written != digest(data) || !keepsSections(data, d.bytes()):
		r.State = Untouched
	case !p.opt.Update:
		r.State = Outdated
	default:
		r.State = Updated
		p.documents[known], p.entries[known] = d, e
		p.plan.Ledger[known] = Mark{From: from}
	}
	p.plan.Results = append(p.plan.Results, r)
}

// digest returns the SHA-256 of what the source says of an entry. It does not depend on
// the settings of the site.
func (e *Entry) digest() string {
	return digest(writing{zone: time.UTC, language: "en"}.document(e).bytes())
}

// find returns the path of the file that an entry has already, or "".
func (p *preparer) find(e *Entry) string {
	if e.ID != "" {
		if file := p.byID[strings.ToLower(e.ID)]; file != "" {
			return file
		}
	}
	for _, a := range e.Aliases {
		if canonical, ok := source.OldAddress(a); ok && p.byID[strings.ToLower(canonical)] != "" {
			return p.byID[strings.ToLower(canonical)]
		}
	}
	if e.ID == "" && len(e.Aliases) == 0 {
		return p.byID["file "+e.Kind.folder()+"/"+p.wantedSlug(e)]
	}
	return ""
}

// create gives a new entry its file.
func (p *preparer) create(e *Entry) {
	folder, slug := e.Kind.folder(), p.wantedSlug(e)
	free := slug
	for n := 2; p.slugs[folder+"/"+free]; n++ {
		free = slug + "-" + strconv.Itoa(n)
	}
	e.slug = free
	p.slugs[folder+"/"+free] = true
	p.addresses["/"+folder+"/"+free+"/"] = true
	e.path = "content/" + folder + "/" + free + ".md"
	if p.years(e.Kind) {
		e.path = "content/" + folder + "/" + e.day().In(p.writing.zone).Format("2006") + "/" + free + ".md"
	}
	p.plan.Ledger[e.path] = Mark{From: e.digest()}
	p.ownAliases(e, true)
	p.documents[e.path], p.entries[e.path] = p.writing.document(e), e
	p.plan.Results = append(p.plan.Results, Result{Path: e.path, Title: e.Title, State: New, Source: e.from.place()})
}

// years reports whether files of a kind go into a folder for each year.
func (p *preparer) years(kind Kind) bool {
	if p.opt.Folder != nil {
		if found, _ := fs.Glob(p.opt.Folder, "content/"+kind.folder()+"/[0-9][0-9][0-9][0-9]"); len(found) > 0 {
			return true
		}
	}
	count := 0
	for _, e := range p.src.Entries {
		if e.Kind == kind {
			count++
		}
	}
	return count > manyEntries
}

// wantedSlug returns the name of an entry's file, without .md: the one that it had, or
// its day and title.
func (p *preparer) wantedSlug(e *Entry) string {
	if slugFits(e.Name) && !reservedIDs[e.Name] {
		return e.Name
	}
	if e.Name != "" {
		if slug := strings.Trim(source.Slug(e.Name), "-_"); strings.ContainsFunc(slug, unicode.IsLetter) && !reservedIDs[slug] {
			return slug
		}
	}
	slug := strings.Trim(source.Slug(e.Title), "-")
	if slug == "" {
		slug = e.Kind.String()
	}
	if len(slug) > 60 {
		if i := strings.LastIndexByte(slug[:60], '-'); i > 0 {
			slug = slug[:i]
		} else {
			slug = slug[:60]
		}
	}
	return e.day().In(p.writing.zone).Format(time.DateOnly) + "-" + slug
}

// ownAliases keeps the old addresses that an entry can have. In new files, one that
// another thing has is reported as dropped.
func (p *preparer) ownAliases(e *Entry, isNew bool) {
	own := "/" + e.Kind.folder() + "/" + e.slug + "/"
	var kept []string
	for _, a := range e.Aliases {
		canonical, ok := source.OldAddress(a)
		lower := strings.ToLower(canonical)
		switch {
		case ok && (lower == own || slices.Contains(kept, canonical)):
		case !ok || isNew && (p.addresses[lower] || taken[lower] || p.primary[lower] != nil && p.primary[lower] != e):
			l := newLoss(e, "old-address", nil, "aliases")
			l.Value = shorten(a, 60)
			p.plan.Losses = append(p.plan.Losses, l)
		default:
			kept = append(kept, canonical)
			if isNew {
				p.addresses[lower] = true
			}
		}
	}
	if e.Aliases = kept; isNew && e.ID != "" {
		p.byID[strings.ToLower(e.ID)] = e.path
	}
}

// taken are addresses that every site has.
var taken = map[string]bool{"/": true, "/history/": true, "/uptime/": true, "/announcements/": true, "/api/": true, "/cards/": true}

// keepsSections reports whether every update and text of a file is in its new bytes, too.
func keepsSections(old, changed []byte) bool {
	_, body, _ := bytes.Cut(bytes.TrimPrefix(old, []byte("---\n")), []byte("\n---\n"))
	for _, section := range bytes.Split(body, []byte("\n## ")) {
		if !bytes.Contains(changed, bytes.TrimSpace(section)) {
			return false
		}
	}
	return true
}

// digest returns the SHA-256 of bytes in hexadecimal.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
