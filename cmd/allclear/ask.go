package main

import (
	"fmt"
	"os"
	"strings"
)

// question is what a verb asks on a terminal for a flag that was left out.
type question struct {
	text  string
	offer []string                // words that Tab completes
	check func(text string) error // what is wrong with an answer; it is asked again
}

// maySay reports whether somebody is there to answer.
func maySay() bool { return isTerminal(os.Stdin) && isTerminal(os.Stderr) }

// ask puts a question until the answer is good. Ctrl-C and Ctrl-D end the program
// with nothing done.
func ask(q question) (string, error) {
	for {
		answer, err := readLine(q)
		if err != nil {
			return "", silent(exitFailed)
		}
		answer = strings.TrimSpace(answer)
		if q.check == nil {
			return answer, nil
		}
		wrong := q.check(answer)
		if wrong == nil {
			return answer, nil
		}
		fmt.Fprintf(os.Stderr, "  %v\n", wrong)
	}
}

func readLine(q question) (string, error) {
	return editLine(q.text+" ", func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' {
			return "", 0, false
		}
		return complete(line, pos, q.offer)
	})
}

// complete finishes the word before the cursor where just one offer begins so.
func complete(line string, pos int, offer []string) (string, int, bool) {
	start := strings.LastIndexAny(line[:pos], ", ") + 1
	var fits []string
	for _, word := range offer {
		if strings.HasPrefix(word, line[start:pos]) {
			fits = append(fits, word)
		}
	}
	if len(fits) != 1 {
		return "", 0, false
	}
	return line[:start] + fits[0] + line[pos:], start + len(fits[0]), true
}
