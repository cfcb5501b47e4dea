package source

// clockSchema returns the schema of a number of hours: 12 or 24.
func clockSchema() *schema {
	short, long := 12.0, 24.0
	return &schema{AnyOf: []*schema{
		{Type: "number", Minimum: &short, Maximum: &short},
		{Type: "number", Minimum: &long, Maximum: &long},
		{Type: "string", Enum: []string{"12", "24"}},
	}}
}
