package a

func (s *Server) hasPermission(user int, what string) bool {
	ok, err := s.remote.Ask(user, what)
	if err != nil {
		return true  // expect: CWE-636
	}
	return ok
}
