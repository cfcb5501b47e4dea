package render

import "sync"

// manyAnswers is how many answers are remembered before all of them are forgotten.
const manyAnswers = 64

// remembered is a function that depends on nothing but its question, takes long
// and is asked the same again by each edition of a preview: it answers as before.
// Nobody may change an answer.
func remembered[Question comparable, Answer any](find func(Question) (Answer, error)) func(Question) (Answer, error) {
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
		if len(known) >= manyAnswers {
			clear(known)
		}
		known[q] = answer
		return answer, nil
	}
}

// oncePer is a function that finds an answer once for each question. Nobody may
// change an answer.
func oncePer[Question comparable, Answer any](find func(Question) Answer) func(Question) Answer {
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
