package newstest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf16"

	segments "github.com/clipperhouse/uax29/v2/graphemes"
)

// decode reads a body into v. Keys that v lacks are refused.
func decode(body []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if d.More() {
		return fmt.Errorf("there is something after the JSON")
	}
	return nil
}

// units counts in UTF-16.
func units(text string) int { return len(utf16.Encode([]rune(text))) }

// between refuses a text that is shorter or longer.
func between(what, text string, least, most int) error {
	if n := units(text); n < least || n > most {
		return fmt.Errorf("%s has %d characters, not %d to %d: %.60q", what, n, least, most, text)
	}
	return nil
}

// link refuses what is no absolute address.
func link(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.ContainsAny(address, " \n\"<>|") {
		return fmt.Errorf("%q is no address", address)
	}
	return nil
}

// graphemes counts the characters that people see.
func graphemes(text string) (n int) {
	for all := segments.FromString(text); all.Next(); {
		n++
	}
	return n
}

var (
	addresses = regexp.MustCompile(`https?://[A-Za-z0-9._~:/?#%&=+,;-]+`)
	mention   = regexp.MustCompile(`@[\p{L}\p{N}_]`)
)

// callsNobody refuses a text that names people as chats do.
func callsNobody(text string) error {
	if found := mention.FindString(addresses.ReplaceAllString(text, " ")); found != "" {
		return fmt.Errorf("it calls %s", found)
	}
	for _, call := range []string{"<!", "<@", "<#", "<users/"} {
		if strings.Contains(text, call) {
			return fmt.Errorf("it calls with %s", call)
		}
	}
	return nil
}

// plain refuses Markdown in a text. Characters behind a backslash are none.
func plain(text string) error {
	text = addresses.ReplaceAllString(text, "a")
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' {
			i++
			continue
		}
		if strings.IndexByte("*_~|`<>[]()#", text[i]) >= 0 {
			return fmt.Errorf("there is Markdown at %.40q", text[i:])
		}
	}
	return nil
}
