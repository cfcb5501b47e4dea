package main

import (
	"errors"
	"io"
	"os"
	"strings"

	"allclear/generator/site"
	"allclear/generator/source"
)

// message is a text from a flag, in which \n is a line break since shells make it
// hard to type one; or from standard input where the flag is "-".
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

// checkText refuses a text that would not become what it is written as. One that shows
// nothing is refused only where a text is needed.
func checkText(v snapshot, kind site.Kind, text string, isReport, needed bool) error {
	fault := source.CheckText(text, kind, isReport, v.site.Languages)
	if fault == nil || fault.Empty && !needed {
		return nil
	}
	if fault.Empty {
		return usageErrorf(fault.Hint, "%s", fault.Message)
	}
	return errorf(fault.Hint, "%s; nothing was written", fault.Message)
}

// checkTyped is the same for a text that is being typed, where none at all is fine.
func checkTyped(v snapshot, kind site.Kind, text string, isReport bool) error {
	fault := source.CheckText(text, kind, isReport, v.site.Languages)
	if fault == nil || strings.TrimSpace(text) == "" {
		return nil
	}
	return errors.New(fault.Message)
}
