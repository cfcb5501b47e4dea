package record

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"allclear/generator/importer"
)

// ErrNoPage is the error for an address that does not answer as a page of Statuspage does.
var ErrNoPage = errors.New("is no page of Statuspage, or cannot be reached")

// Statuspage records a page of Atlassian Statuspage: the settings and components, then
// the whole history, each entry in a file of its own. The public API alone has only the
// newest 50 incidents. It returns what could not be had, of which no list has a copy. The
// error is for a page that cannot be read at all, and for a server that does not answer or
// wants no more requests: then the same call goes on later.
func Statuspage(ctx context.Context, address string, opt Options) ([]importer.Problem, error) {
	r, err := newRecorder(address, opt)
	if err != nil {
		return nil, err
	}
	var codes []string
	var created time.Time
	for _, name := range []string{"summary", "components", "incidents", "scheduled-maintenances"} {
		listed, err := r.list(ctx, name)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil && name == "summary" {
			return nil, fmt.Errorf("%s %w: %w", r.base, ErrNoPage, err)
		}
		if laterMayHelp(err) {
			return nil, r.stopped("/api/v2/"+name+".json", err)
		}
		if err != nil {
			r.Notice("%s has no list of %s: %v", r.base, name, err)
			continue
		}
		codes = append(codes, listed.Codes...)
		if created.IsZero() || !listed.Created.IsZero() && listed.Created.Before(created) {
			created = listed.Created
		}
	}
	listed := slices.Clone(codes)
	older, missing, err := r.history(ctx, created)
	if err != nil {
		return nil, err
	}
	for _, code := range older {
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	more, err := r.entries(ctx, codes, listed)
	return append(missing, more...), err
}

// laterMayHelp reports whether an error is one that may be gone in a while: the server is
// not reached, has trouble, or wants fewer requests.
func laterMayHelp(err error) bool {
	var status statusError
	if errors.As(err, &status) {
		return status.temporary()
	}
	var refused answerError
	return err != nil && !errors.As(err, &refused)
}

// stopped says where a recording stopped, and how it goes on.
func (r *recorder) stopped(address string, err error) error {
	return fmt.Errorf("%s%s: %w; run the same command again to go on from here", r.base, address, err)
}

// list records a list of the public API.
func (r *recorder) list(ctx context.Context, name string) (importer.StatuspageList, error) {
	data, err := r.get(ctx, "/api/v2/"+name+".json")
	if err != nil {
		return importer.StatuspageList{}, err
	}
	listed, problem := importer.ParseStatuspageList(name+".json", data)
	if problem != nil {
		return listed, answerError(problem.Message)
	}
	return listed, r.save(name+".json", data)
}

// history returns the codes of all entries, page by page, until the month in which the
// first component was created. A page that cannot be read is missing, with all that is
// older. A page of another tool, which has no history, misses none.
func (r *recorder) history(ctx context.Context, created time.Time) (codes []string, missing []importer.Problem, err error) {
	quiet := 0
	for page := 1; page <= maxPages; page++ {
		address := fmt.Sprintf("/history?page=%d", page)
		data, err := r.get(ctx, address)
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if laterMayHelp(err) {
			return nil, nil, r.stopped(address, err)
		}
		h, ok := importer.ParseHistory(data)
		if (err != nil || !ok) && page == 1 {
			r.Notice("%s has no history that can be read, so only its newest 50 incidents are recorded", r.base)
			return nil, nil, nil
		}
		if err != nil || !ok {
			return codes, []importer.Problem{{Place: importer.Place{File: r.base.String() + address},
				Message: "this page of the history cannot be read, so all that is older is missing",
				Hint:    "look at it in a browser; --keep-going imports what is newer"}}, nil
		}
		codes = append(codes, h.Codes...)
		if quiet++; len(h.Codes) > 0 {
			quiet = 0
		}
		r.Done(page, 0)
		if h.Oldest.IsZero() || quiet > 0 && h.Oldest.Before(created) || quiet >= quietPages {
			break
		}
	}
	return codes, nil, nil
}

// entries records each entry that is not recorded yet. One that cannot be had is missing,
// unless a list has it all the same.
func (r *recorder) entries(ctx context.Context, codes, listed []string) (missing []importer.Problem, err error) {
	for i, code := range codes {
		name := "incidents/" + code + ".json"
		if !r.recorded(name) {
			data, err := r.get(ctx, "/incidents/"+code+".json")
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err == nil {
				if _, problem := importer.ParseStatuspageList(name, data); problem != nil {
					err = answerError(problem.Message)
				}
			}
			switch {
			case laterMayHelp(err):
				return nil, r.stopped("/"+name, err)
			case err != nil && !slices.Contains(listed, code):
				missing = append(missing, importer.Problem{Place: importer.Place{File: r.base.String() + "/" + name},
					Message: "the entry cannot be downloaded: " + err.Error(),
					Hint:    "write it by hand, and leave it out with --keep-going"})
			case err == nil:
				if err := r.save(name, data); err != nil {
					return nil, err
				}
			}
		}
		r.Done(i+1, len(codes))
	}
	return missing, nil
}
