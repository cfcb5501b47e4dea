package source

import "allclear/generator/diag"

// affords reports whether an address and title of so many bytes may be written. All
// those that stand in the file once are no longer than the file; what is above
// repeats a definition.
func (j *linkChecker) affords(bytes, pos int) bool {
	j.targets += bytes
	if j.targets+j.repeated <= len(j.f.text)+maxRepeated {
		return true
	}
	j.overspent(j.f.at(pos, pos+1))
	return false
}

// affordsNote reports whether a footnote of so many bytes may be written once more.
func (j *linkChecker) affordsNote(bytes int, at diag.Pos) bool {
	j.repeated += bytes
	if j.repeated <= maxRepeated {
		return true
	}
	j.overspent(at)
	return false
}

func (j *linkChecker) overspent(at diag.Pos) {
	if !j.spent {
		j.spent = true
		j.problems.Error(at, "repeats-too-much", "write a shorter address or footnote, or refer to it less often",
			"here the file's references go over %d KB: each one writes out its address, title or footnote again", maxRepeated>>10)
	}
}
