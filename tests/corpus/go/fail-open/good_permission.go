package a

func (s *Server) isGone(path string) bool {
	_, err := s.files.Stat(path)
	if err != nil {
		return true
	}
	return false
}
