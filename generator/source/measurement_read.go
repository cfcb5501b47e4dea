package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// The limits of a file of measurements.
const (
	MaxMeasured = 16 << 20 // bytes
	maxPoint    = 200      // bytes of a line
	maxWrong    = 20       // lines of one file that are reported
)

// measuredFile is what is remembered of a file of measurements that was checked. The
// points are not in it: they are read from the file when they are drawn.
type measuredFile struct {
	Marks []mark    // where the lines of some times are, about every 64 KB
	Last  time.Time // of the last line; zero: there is none
	Pos   diag.Pos  // of the last line
	Hours bool      // whether the file has the columns min and max
}

// mark is a place in a file from which it can be read on.
type mark struct{ Offset, Line, Time int64 }

// markEvery is the distance of marks, in bytes.
const markEvery = 64 << 10

// measuredReader reads the lines of a file of measurements. It holds one line at a time.
type measuredReader struct {
	name   string
	file   fs.File
	lines  *bufio.Reader
	offset int64 // of the next line
	line   int64 // the number of the line read last
}

// openMeasured opens a file of measurements.
func openMeasured(fsys fs.FS, name string) (*measuredReader, error) {
	file, err := openOrdinary(fsys, name)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || info.Size() > MaxMeasured {
		file.Close()
		if err == nil {
			err = errTooLarge
		}
		return nil, err
	}
	return &measuredReader{name: name, file: file, lines: bufio.NewReaderSize(file, markEvery)}, nil
}

// errLongLine says that a line is too long to be one of measurements.
var errLongLine = errors.New("the line is too long")

// next returns the next line without its line feed, or io.EOF. The line is valid until the
// next call. Of a line that is too long, it returns the beginning and errLongLine.
func (r *measuredReader) next() ([]byte, error) {
	text, err := r.lines.ReadSlice('\n')
	if len(text) == 0 {
		return nil, err
	}
	r.line++
	r.offset += int64(len(text))
	if r.offset > MaxMeasured {
		return nil, errTooLarge // it grew while it was read
	}
	switch {
	case len(text) > maxPoint:
		return text[:maxPoint], errLongLine
	case err != nil && err != io.EOF:
		return nil, err
	}
	if r.line == 1 {
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
	}
	return bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r")), nil
}

// errChanged says that a file is not the one that was checked any more.
var errChanged = errors.New("it has changed while it was read")

// pointsBetween reads the points from one instant to another, both included. A file that
// another program, such as allclear ingest, has replaced since it was checked is checked
// again.
func pointsBetween(fsys fs.FS, name string, known *measuredFile, from, to time.Time) ([]site.Point, error) {
	points, err := known.between(fsys, name, from, to)
	if err == errChanged {
		var r *measuredReader
		if r, err = openMeasured(fsys, name); err == nil {
			defer r.file.Close()
			again := &parsedFile{Measured: &measuredFile{}, OK: true}
			if err = r.check(again); err == nil && !again.OK {
				err = errChanged
			}
			if err == nil {
				points, err = again.Measured.between(fsys, name, from, to)
			}
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %s", name, reason(err))
	}
	return points, nil
}

// between reads the points from one instant to another, from the last mark before them. The
// error is errChanged if the mark's line is not there, or a line cannot be read.
func (known *measuredFile) between(fsys fs.FS, name string, from, to time.Time) (points []site.Point, err error) {
	if len(known.Marks) == 0 || known.Last.Before(from) {
		return nil, nil
	}
	r, err := openMeasured(fsys, name)
	if err != nil {
		return nil, err
	}
	defer r.file.Close()
	i, _ := slices.BinarySearchFunc(known.Marks, from.Unix(), func(m mark, at int64) int { return int(min(max(m.Time-at, -1), 1)) })
	start := known.Marks[max(i-1, 0)]
	if err := r.skip(start); err != nil {
		return nil, errChanged // shorter, and some file systems say so
	}
	for last := int64(0); ; {
		line, err := r.next()
		if err == io.EOF && last > 0 {
			return points, nil
		}
		if err == nil && len(trimSpaces(line)) == 0 {
			continue
		}
		p, wrong := parsePoint(line, known.Hours)
		if err != nil || wrong != nil || last == 0 && p.Time != start.Time || p.Time <= last {
			return nil, errChanged
		}
		if last = p.Time; p.Time > to.Unix() {
			return points, nil
		}
		if p.Time >= from.Unix() {
			points = append(points, p)
		}
	}
}

// skip goes on reading at a mark.
func (r *measuredReader) skip(m mark) error {
	r.offset, r.line = m.Offset, m.Line
	if seeker, ok := r.file.(io.Seeker); ok {
		_, err := seeker.Seek(m.Offset, io.SeekStart)
		return err
	}
	_, err := io.CopyN(io.Discard, r.file, m.Offset)
	return err
}
