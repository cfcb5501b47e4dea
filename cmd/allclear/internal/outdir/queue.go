package outdir

import (
	"sync"

	"allclear/generator/render"
)

// queue gives out files to be rendered and written.
type queue struct {
	sync.Mutex
	files []render.File
	next  int
}

// take returns which files are next: a few that are in one folder, such as a page and its
// Markdown, since they show the same thing, and only the first has to create the folder.
// If none are left, from is to.
func (q *queue) take() (from, to int) {
	const most = 4
	q.Lock()
	defer q.Unlock()
	from, to = q.next, q.next
	for to < len(q.files) && to < from+most && folderOf(q.files[to].Path) == folderOf(q.files[from].Path) {
		to++
	}
	q.next = to
	return from, to
}
