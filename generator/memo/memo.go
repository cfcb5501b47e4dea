// Package memo remembers the answers of slow functions that depend on nothing but
// their argument.
package memo

import "sync"

// limit is how many answers Func keeps before it drops all of them.
const limit = 64

// Func returns a function that calls find only for questions that it does not
// remember. It remembers a limited number of answers and no errors, so that a
// program that runs for long, such as the preview, may ask new questions for ever.
// It is safe to use from several goroutines. Callers share the answers and must not
// change them.
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

// Once returns a function that calls find exactly once for each question, also when
// several goroutines ask at the same time, and keeps every answer. Callers share the
// answers and must not change them.
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
