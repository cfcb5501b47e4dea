package site

// Redirect is an old address of the site, and what it leads to.
type Redirect struct {
	// From is a path from the site's root, decoded. It begins with "/", and ends with "/"
	// unless it names an .html file. All aliases are written so.
	From   Ref
	Folder bool // the operator wrote From with a "/" at its end
	To     Ref  // an https: URL, or a path from the site's root, decoded, perhaps with a fragment
}
