package main

import (
	"fmt"
	"slices"
	"strings"

	"allclear/generator/diag"

	"github.com/spf13/cobra"
)

// commandGuesses maps words that people try to the command that does what they mean. %s
// stands for the words after it.
var commandGuesses = map[string]string{
	"resolve": "update%s resolved", "resolved": "update%s resolved", "close": "update%s resolved", "closed": "update%s resolved",
	"fix": "update%s resolved", "fixed": "update%s resolved", "done": "update%s resolved",
	"solve": "update%s resolved", "solved": "update%s resolved",
	"end": "update%s resolved", "recovered": "update%s resolved",
	"investigate": "update%s investigating", "investigating": "update%s investigating",
	"identify": "update%s identified", "identified": "update%s identified",
	"monitor": "update%s monitoring", "monitoring": "update%s monitoring",
	"start": "update%s in-progress", "in-progress": "update%s in-progress", "begin": "update%s in-progress",
	"started":  "update%s in-progress",
	"complete": "update%s completed", "completed": "update%s completed", "finish": "update%s completed", "finished": "update%s completed",
	"cancel": "update%s canceled", "canceled": "update%s canceled", "cancelled": "update%s canceled",
	"postmortem": "update%s postmortem", "reopen": "update%s investigating --reopen",
	"comment": "update%s update", "note": "update%s update", "post": "update%s update", "message": "update%s update",
	"edit": "update%s update --edit",

	"create": "new incident%s", "add": "new incident%s", "open": "new incident%s", "declare": "new incident%s",
	"incident": "new incident%s", "incidents": "new incident%s", "outage": "new incident%s",
	"issue": "new incident%s", "down": "new incident%s",
	"maintenance": "new maintenance%s", "maint": "new maintenance%s", "window": "new maintenance%s", "schedule": "new maintenance%s",
	"announcement": "new announcement%s", "announcements": "new announcement%s", "announce": "new announcement%s",
	"news": "new announcement%s",
	"move": "update%s update --start TIME", "reschedule": "update%s update --start TIME", "postpone": "update%s update --start TIME",

	"list": "status", "ls": "status", "show": "status", "state": "status", "info": "status", "current": "status", "summary": "status",
	"upcoming": "next", "when": "next", "events": "next", "agenda": "next",
	"validate": "check", "lint": "check", "test": "check", "verify": "check", "doctor": "check",
	"preview": "serve", "dev": "serve", "server": "serve", "watch": "serve", "run": "serve", "up": "serve", "view": "serve",
	"tell": "notify", "send": "notify", "subscribers": "notify", "notifications": "notify", "notification": "notify",
	"deploy": "publish", "upload": "publish", "generate": "build", "make": "build", "render": "build", "compile": "build",
	"compare": "diff", "changes": "diff", "changed": "diff", "difference": "diff", "live": "status --live", "published": "status --live",
	"history": "status", "components": "status", "health": "status",
	"uptime": "report", "sla": "report", "availability": "report", "credits": "report",
	"migrate": "import%s", "convert": "import%s",
	"setup": "init", "scaffold": "init", "bootstrap": "init",
	"schemas": "schema", "completions": "completion", "man": "help", "docs": "help",
}

// otherHints maps words for which there is no command to hints that help.
var otherHints = map[string]string{
	"delete": undoHint, "remove": undoHint, "rm": undoHint, "undo": undoHint, "revert": undoHint, "discard": undoHint,
	"commit": "git commit", "push": "git push", "export": "allclear build writes api/v2/ and state.json",
}

const undoHint = "delete its file in content/, or undo the change with git revert"

// kindWords maps the word after "create", "add" or "incident" to the command for that
// kind of entry. "" means to ignore the word.
var kindWords = map[string]string{
	"incident": "new incident%s", "outage": "new incident%s", "issue": "new incident%s", "inc": "new incident%s",
	"maintenance": "new maintenance%s", "window": "new maintenance%s", "maint": "new maintenance%s",
	"announcement": "new announcement%s", "announce": "new announcement%s", "news": "new announcement%s",
	"new": "", "create": "", "add": "",
}

// guessCommand returns the command that the user probably meant, or "".
func guessCommand(words []string) string {
	word := strings.ToLower(words[0])
	command, ok := commandGuesses[word]
	if !ok {
		near := diag.Nearest(word, sortedKeys(commandGuesses))
		if command, ok = commandGuesses[near]; !ok {
			return ""
		}
	}
	rest := words[1:]
	if len(rest) > 0 && strings.HasPrefix(command, "new ") {
		if kind, ok := kindWords[strings.ToLower(rest[0])]; ok {
			rest = rest[1:]
			if kind != "" {
				command = kind
			}
		}
	}
	if strings.Contains(command, "%s") {
		command = fmt.Sprintf(command, guessedArgs(command, rest))
	}
	return "allclear " + command
}

// guessedArgs returns the words after a guessed command, quoted, with a space before
// them.
func guessedArgs(command string, rest []string) string {
	switch {
	case strings.HasPrefix(command, "new ") && len(rest) == 0:
		return ` "…"`
	case len(rest) == 0:
		return ""
	}
	return " " + quotedForShell(strings.Join(rest, " "))
}

// sortedKeys returns the keys of m that are longer than four bytes, sorted. Shorter words
// are similar to too many others.
func sortedKeys(m map[string]string) []string {
	var keys []string
	for key := range m {
		if len(key) > 4 { // short words are similar to too many others
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// rejectUnknownCommand returns the error for an unknown command, with the most similar
// command or a guess as its hint.
func rejectUnknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if answer := otherHints[strings.ToLower(args[0])]; answer != "" {
		return usageErrorf(answer, "there is no command %q", args[0])
	}
	var commands []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			commands = append(commands, c.Name())
		}
	}
	if _, exact := commandGuesses[strings.ToLower(args[0])]; exact || diag.Nearest(args[0], commands) == "" {
		if meant := guessCommand(args); meant != "" {
			return usageErrorf(meant, "there is no command %q", args[0])
		}
	}
	return usageErrorf(diag.DidYouMean(args[0], commands), "unknown command %q", args[0])
}
