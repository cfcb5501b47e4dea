// Package memo caches the results of slow functions that depend only on their argument.
package memo

import (
	"regexp"
	"sync"
)

// limit is how many results Func keeps before it drops all of them.
const limit = 64

// Func returns a function that caches the results of find. It keeps a limited number of
// results and no errors, so its memory stays bounded in a program that runs for long, such
// as the preview. It is safe for use by several goroutines. Callers share the results and
// must not change them.
func Func[Question comparable, Answer any](find func(Question) (Answer, error)) func(Question) (Answer, error) {
	var mu sync.Mutex
	known := map[Question]Answer{}
	return func(q Question) (Answer, error) {
		mu.Lock()
		answer, ok := known[q]
		mu.Unlock()
		if ok {
			return answer, nil
		}
		answer, err := find(q)
		if err != nil {
			return answer, err
		}
		mu.Lock()
		defer mu.Unlock()
		if len(known) >= limit {
			clear(known)
		}
		known[q] = answer
		return answer, nil
	}
}

// Once returns a function that calls find exactly once for each argument, even if several
// goroutines call it at the same time, and keeps every result. Callers share the results
// and must not change them.
func Once[Question comparable, Answer any](find func(Question) Answer) func(Question) Answer {
	var mu sync.Mutex
	known := map[Question]func() Answer{}
	return func(q Question) Answer {
		mu.Lock()
		answer := known[q]
		if answer == nil {
			answer = sync.OnceValue(func() Answer { return find(q) })
			known[q] = answer
		}
		mu.Unlock()
		return answer()
	}
}

// Regexp returns a function that returns a regular expression, which is compiled at the
// first call. Use it for variables of a package: compiling takes time and memory at every
// start of the program, and most runs need few of them.
func Regexp(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
