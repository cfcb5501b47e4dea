package remote

import (
	"context"
	"errors"
	"time"
)

// permanent is an error that would be the same at the next try.
type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// Permanent marks an error that would be the same at the next try.
func Permanent(err error) error { return permanent{err} }

// FirstPause is the pause after the first try. It is a variable for the tests.
var FirstPause = time.Second

// Retry calls f until it succeeds, fails permanently or has failed that many times. It
// pauses for a second, then two, four and so on, up to ten.
func Retry(ctx context.Context, tries int, f func() error) error {
	pause := FirstPause
	for n := 1; ; n++ {
		err := f()
		var p permanent
		if errors.As(err, &p) {
			return p.error
		}
		if err == nil || n >= tries || ctx.Err() != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
		pause = min(2*pause, 10*time.Second)
	}
}
