package record

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"allclear/generator/importer"
)

// Statuspage records a page of Atlassian Statuspage: the settings and components, then
// the whole history, each entry in a file of its own. The public API alone has only the
// newest 50 incidents.
func Statuspage(ctx context.Context, address string, opt Options) error {
	r, err := newRecorder(address, opt)
	if err != nil {
		return err
	}
	var codes []string
	var created time.Time
	for _, name := range []string{"summary", "components", "incidents", "scheduled-maintenances"} {
		listed, err := r.list(ctx, name)
		if err != nil && name == "summary" {
			return fmt.Errorf("%s is no page of Statuspage, or cannot be reached: %w", r.base, err)
		}
		if err != nil && ctx.Err() != nil {
			return ctx.Err()
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
	older, err := r.history(ctx, created)
	if err != nil {
		return err
	}
	for _, code := range older {
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return r.entries(ctx, codes)
}

// list records a list of the public API.
func (r *recorder) list(ctx context.Context, name string) (importer.StatuspageList, error) {
	data, err := r.get(ctx, "/api/v2/"+name+".json")
	if err != nil {
		return importer.StatuspageList{}, err
	}
	listed, problem := importer.ParseStatuspageList(name+".json", data)
	if problem != nil {
		return listed, errors.New(problem.Message)
	}
	return listed, r.save(name+".json", data)
}

// history returns the codes of all entries, page by page, until the month in which the
// first component was created.
func (r *recorder) history(ctx context.Context, created time.Time) ([]string, error) {
	var codes []string
	quiet := 0
	for page := 1; page <= maxPages; page++ {
		data, err := r.get(ctx, fmt.Sprintf("/history?page=%d", page))
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		h, ok := importer.ParseHistory(data)
		if err != nil || !ok {
			if page == 1 {
				r.Notice("%s has no history that can be read, so only its newest 50 incidents are recorded", r.base)
			} else {
				r.Notice("page %d of the history cannot be read, so what is older is missing", page)
			}
			return codes, nil
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
	return codes, nil
}

// entries records each entry that is not recorded yet. One that is gone is named; the
// lists may have it all the same.
func (r *recorder) entries(ctx context.Context, codes []string) error {
	for i, code := range codes {
		name := "incidents/" + code + ".json"
		if !r.recorded(name) {
			data, err := r.get(ctx, "/incidents/"+code+".json")
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err == nil {
				_, problem := importer.ParseStatuspageList(name, data)
				if problem != nil {
					err = errors.New(problem.Message)
				}
			}
			var status statusError
			if err != nil && !errors.As(err, &status) {
				return fmt.Errorf("%s/incidents/%s.json: %w; run the same command again to go on from here", r.base, code, err)
			}
			if err != nil {
				r.Notice("%s/incidents/%s: %v", r.base, code, err)
			} else if err := r.save(name, data); err != nil {
				return err
			}
		}
		r.Done(i+1, len(codes))
	}
	return nil
}
