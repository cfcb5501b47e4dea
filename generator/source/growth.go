package source

import "allclear/generator/diag"

// affords reports whether an address and title of so many bytes may be written. Without
// repeated definitions, all addresses and titles of a file together are no longer than
// the file; the limit applies to what exceeds that.
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

// overspent reports, once for each file, that its references repeat too much.
func (j *linkChecker) overspent(at diag.Pos) {
	if !j.spent {
		j.spent = true
		j.problems.Error(at, "repeats-too-much", "write a shorter address or footnote, or refer to it less often",
			"the file's references exceed %d KB here: each one repeats its address, title or footnote", maxRepeated>>10)
	}
}
