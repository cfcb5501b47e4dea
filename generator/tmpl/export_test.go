package tmpl

// ExecuteCompiled executes a template without html/template, or reports false.
func (s *Set) ExecuteCompiled(name string, data any) ([]byte, bool) {
	return s.lookup(name, data).execute(nil, data)
}
