package source

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// readMeasurements checks the files of all measurements, in parallel, and warns of files
// that no measurement names.
func (d decoder) readMeasurements(fsys fs.FS, list []site.Measurement, cache *Cache) {
	found := make([]*parsedFile, len(list))
	var wait sync.WaitGroup
	slots := make(chan bool, runtime.GOMAXPROCS(0))
	for i := range list {
		if list[i].File == "" {
			continue // reported already
		}
		wait.Go(func() {
			slots <- true
			found[i] = checkMeasured(fsys, &list[i], cache)
			<-slots
		})
	}
	wait.Wait()
	for i, s := range found {
		m := &list[i]
		m.Points = func(time.Time, time.Time) ([]site.Point, error) { return nil, nil }
		if s == nil {
			continue
		}
		*d.problems = append(*d.problems, s.Problems...)
		if s.OK {
			m.Last = site.Moment{Time: s.Measured.Last, Pos: s.Measured.Pos}
			name, known := m.File, s.Measured
			m.Points = func(from, to time.Time) ([]site.Point, error) { return pointsBetween(fsys, name, known, from, to) }
		}
	}
	d.undeclared(fsys, list)
	cache.forgetMeasured(list)
}

// undeclared warns of files in content/measurements/ that no measurement names.
func (d decoder) undeclared(fsys fs.FS, list []site.Measurement) {
	entries, err := fs.ReadDir(fsys, "content/"+measurements)
	if err != nil {
		return
	}
	for _, entry := range entries {
		name := "content/" + measurements + "/" + entry.Name()
		switch {
		case editorTemp(entry.Name()) || strings.EqualFold(entry.Name(), "readme.md"):
		case path.Ext(name) != ".csv" || entry.IsDir():
			d.problems.Warn(diag.Pos{File: name}, "ignored-file", "remove it, or make it a CSV file: NAME.csv",
				"the file is ignored: only .csv files are read here")
		case !slices.ContainsFunc(list, func(m site.Measurement) bool { return m.File == name }):
			stem := strings.TrimSuffix(entry.Name(), ".csv")
			d.problems.Warn(diag.Pos{File: name}, "ignored-file",
				"declare it in components.yml: measurements: [{id: "+orElse(strings.ReplaceAll(slugify(stem), "_", "-"), "id")+
					", component: …, file: "+entry.Name()+"}]",
				"no measurement in components.yml names this file")
		}
	}
}

// checkMeasured checks every line of a file, or returns the cached result if its bytes are
// the same. Files that cannot be read are reported where they are named.
func checkMeasured(fsys fs.FS, m *site.Measurement, cache *Cache) *parsedFile {
	var wrong diag.List
	if cache != nil {
		if sum, err := sumOf(fsys, m.File); err == nil {
			if known := cache.lookup(m.File, &sum); known != nil && known.Measured != nil {
				return known
			}
		}
	}
	r, err := openMeasured(fsys, m.File)
	if err != nil {
		unreadableMeasured(&wrong, m, err)
		return &parsedFile{Problems: wrong}
	}
	defer r.file.Close()
	hash := sha256.New()
	r.lines.Reset(io.TeeReader(r.file, hash))
	s := &parsedFile{Measured: &measuredFile{}, OK: true}
	if err := r.check(s); err != nil {
		unreadableMeasured(&wrong, m, err)
		return &parsedFile{Problems: wrong}
	}
	if cache != nil && len(s.Problems) == 0 {
		return cache.put(m.File, sum(hash.Sum(nil)), s)
	}
	return s
}

// sumOf returns the checksum of a file.
func sumOf(fsys fs.FS, name string) (sum, error) {
	r, err := openMeasured(fsys, name)
	if err != nil {
		return sum{}, err
	}
	defer r.file.Close()
	h := sha256.New()
	_, err = io.Copy(h, io.LimitReader(r.file, MaxMeasured+1))
	return sum(h.Sum(nil)), err
}

// unreadableMeasured reports a file that is missing, too large or unreadable.
func unreadableMeasured(list *diag.List, m *site.Measurement, err error) {
	at := m.FilePos
	switch {
	case errors.Is(err, errTooLarge):
		list.Error(diag.Pos{File: m.File}, "file-too-large",
			"let allclear ingest measurements write the file: it keeps hours after 90 days",
			"the file is larger than 16 MB")
	case missing(err):
		list.Error(at, "missing-file", "create it with the line "+valueHeader+
			", or let allclear ingest measurements --into "+m.ID+" do it", "there is no file %s", m.File)
	default:
		list.Error(at, "unreadable-file", "check that the file exists inside the site's folder and is readable",
			"%s cannot be read: %s", m.File, reason(err))
	}
}

// check reads the file to its end, or to maxWrong mistakes. The error is one of reading.
func (r *measuredReader) check(s *parsedFile) error {
	header, err := r.next()
	if err != nil && err != io.EOF && err != errLongLine {
		return err
	}
	if !r.header(s, string(header), err) {
		s.OK = false
		return nil
	}
	var last site.Point
	for {
		offset := r.offset
		line, err := r.next()
		switch {
		case err == io.EOF:
			if last.Time != 0 {
				s.Measured.Last = time.Unix(last.Time, 0).UTC()
			}
			return nil
		case err == errLongLine:
			r.report(s, line, &wrongLine{badColumns, fmt.Sprintf("this line is longer than %d characters", maxPoint),
				"write TIME,VALUE on each line", 0, len(line)})
			return nil
		case err != nil:
			return err
		case len(trimSpaces(line)) == 0:
			continue
		}
		p, wrong := parsePoint(line, s.Measured.Hours)
		if wrong == nil {
			wrong = follows(last, p, line)
		}
		if wrong != nil {
			if r.report(s, line, wrong); len(s.Problems) > maxWrong {
				return nil
			}
			continue
		}
		last = p
		s.Measured.Pos = diag.Pos{File: r.name, Line: int(r.line), Column: 1, EndColumn: len(line) + 1}
		if marks := s.Measured.Marks; len(marks) == 0 || offset-marks[len(marks)-1].Offset >= markEvery {
			s.Measured.Marks = append(marks, mark{offset, r.line, p.Time})
		}
	}
}

// header checks the first line.
func (r *measuredReader) header(s *parsedFile, line string, err error) bool {
	columns := strings.ToLower(strings.ReplaceAll(line, " ", ""))
	s.Measured.Hours = columns == hourHeader
	switch {
	case err == nil && (columns == valueHeader || s.Measured.Hours):
		return true
	case strings.TrimSpace(line) == "":
		r.line = 1
		r.report(s, []byte(line), &wrongLine{badHeader, "the first line is empty",
			"write " + valueHeader + " as the first line", 0, 0})
		return false
	}
	message := "the first line must be " + valueHeader
	hint := "write " + valueHeader + " as the first line, and a time and a value on each line below it"
	switch {
	case strings.Contains(line, "\x00"):
		message, hint = "the file is not in UTF-8", "save it as UTF-8 or ASCII, not as UTF-16"
	case strings.Contains(line, "\r"):
		message, hint = "the file has no line feeds", "end each line with a line feed, not with a carriage return alone"
	}
	r.report(s, []byte(line), &wrongLine{badHeader, message, hint, 0, len(line)})
	return false
}

// follows says what is wrong with a point after another one.
func follows(last, p site.Point, line []byte) *wrongLine {
	comma := max(0, bytes.IndexByte(line, ','))
	switch {
	case last.Time == 0 || p.Time > last.Time && p.Time >= last.End():
		return nil
	case p.Time == last.Time:
		return &wrongLine{badOrder, "the line before has the same time", "keep one of the two", 0, comma}
	case p.Time > last.Time:
		return &wrongLine{badOrder, "the line before stands for the whole hour in which this was measured",
			"remove this line", 0, comma}
	}
	return &wrongLine{badOrder, "this was measured before the line above it: lines must be in order of time",
		"sort the lines; allclear ingest measurements does so", 0, comma}
}

// report adds a mistake on the current line.
func (r *measuredReader) report(s *parsedFile, line []byte, w *wrongLine) {
	column := func(at int) int { return utf8.RuneCount(line[:min(at, len(line))]) + 1 }
	at := diag.Pos{File: r.name, Line: int(r.line), Column: column(w.from), EndColumn: max(column(w.to), column(w.from)+1)}
	switch w.part {
	case badTime:
		s.Problems.Error(at, "unreadable-time", w.hint, "%s", w.message)
	case badOrder:
		s.Problems.Error(at, "measurement-order", w.hint, "%s", w.message)
	case badHeader:
		s.Problems.Error(at, "measurement-header", w.hint, "%s", w.message)
	default:
		s.Problems.Error(at, "bad-measurement", w.hint, "%s", w.message)
	}
	if len(s.Problems) == maxWrong {
		s.Problems.Error(diag.Pos{File: r.name, Line: int(r.line), Column: 1, EndColumn: 2}, "too-many",
			"fix these and run check again", "the lines after this one were not checked")
	}
	s.OK = false
}
