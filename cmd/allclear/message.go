package main

import (
	"errors"
	"io"
	"os"
	"strings"

	"allclear/generator/site"
	"allclear/generator/source"
)

// message returns the text of a -m flag, in which \n means a line break, since shells
// make it hard to type one. For "-" it reads standard input, at most 1 MiB.
func message(flag string) (string, error) {
	if flag != "-" {
		return strings.ReplaceAll(flag, `\n`, "\n"), nil
	}
	data, err := io.ReadAll(io.LimitReader(os.Stdin, 1<<20))
	if err != nil {
		return "", errorf("", "cannot read the text from standard input: %s", reason(err))
	}
	return string(data), nil
}

// checkText returns an error if a text would not be published as it is written, for
// example because it contains an update heading. An empty text is an error only if needed
// is true.
func checkText(v snapshot, kind site.Kind, text string, isReport, needed bool) error {
	problem := source.CheckText(text, kind, isReport, v.site.Languages)
	if problem == nil || problem.Empty && !needed {
		return nil
	}
	if problem.Empty {
		return usageErrorf(problem.Hint, "%s", problem.Message)
	}
	return errorf(problem.Hint, "%s; nothing was written", problem.Message)
}

// checkTyped is like checkText for a text that is still being typed, which may be empty.
func checkTyped(v snapshot, kind site.Kind, text string, isReport bool) error {
	problem := source.CheckText(text, kind, isReport, v.site.Languages)
	if problem == nil || strings.TrimSpace(text) == "" {
		return nil
	}
	return errors.New(problem.Message)
}
