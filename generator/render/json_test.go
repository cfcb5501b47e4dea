package render

import (
	"encoding/json"
	"strings"
	"testing"
)

// A list that is written item by item is what it would be if the document had it, whatever
// the texts before and after it are.
func TestAListIsTheSameItemByItem(t *testing.T) {
	type document struct {
		Before string   `json:"before"`
		Items  []string `json:"items"`
		After  string   `json:"after"`
	}
	for _, items := range [][]string{{}, {"one"}, {"one", `"items":[]`, "<&>\n"}} {
		whole := document{`"items":[]`, items, `x"items":[],`}
		empty := whole
		empty.Items = []string{}
		got, err := appendWithList([]byte("kept "), empty, "items", func(into []byte) ([]byte, error) {
			for n, item := range items {
				var err error
				if into, err = appendItem(into, n, item); err != nil {
					return nil, err
				}
			}
			return into, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		want, err := encodeJSON(whole)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != "kept "+string(want) {
			t.Errorf("%q: got %s, want %s", items, got, want)
		}
		if !json.Valid([]byte(strings.TrimPrefix(string(got), "kept "))) {
			t.Errorf("%q: %s is not JSON", items, got)
		}
	}
	if _, err := appendWithList(nil, document{Items: []string{"one"}}, "items", nil); err == nil {
		t.Error("a list that is not empty was taken")
	}
}
