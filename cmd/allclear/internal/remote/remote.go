// Package remote has what commands share that reach other machines: errors with hints,
// secrets from the environment, retries, a bucket of an S3 store, and git.
package remote

import (
	"errors"
	"fmt"
	"io"
)

// Error is an error for the user, with a hint.
type Error struct {
	Message string
	Hint    string // what to do; may be empty
}

func (e *Error) Error() string { return e.Message }

// Errorf returns an [*Error]. The hint may be empty.
func Errorf(hint, format string, args ...any) error {
	return &Error{fmt.Sprintf(format, args...), hint}
}

// ErrTooLarge says that a text is longer than it may be.
var ErrTooLarge = errors.New("it is larger than any file of a status page")

// ReadLimited reads at most limit bytes. A longer text is an error.
func ReadLimited(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = ErrTooLarge
	}
	return data, err
}
