package site

import "allclear/generator/diag"

// Plan is the list of steps of a maintenance window.
type Plan struct {
	Intro Prose
	Steps []Step
	Pos   diag.Pos
}

// Step is a line of a plan. A text such as "3 of 7" in it is its progress.
type Step struct {
	Done  bool
	Body  Prose // inline HTML, no paragraph around it
	Count int
	Of    int // 0: no progress is given
}
