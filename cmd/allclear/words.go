package main

import (
	"fmt"
	"strings"
)

// count writes a number with its noun: 1 file, 2 files.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// spoken is a canonical word as a person reads it: partial_outage becomes
// "partial outage".
func spoken(word fmt.Stringer) string { return strings.ReplaceAll(word.String(), "_", " ") }
