package auth

func find(l *ldap.Conn, user string) (*ldap.SearchResult, error) {
	filter := fmt.Sprintf("(uid=%s)", user)
	req := ldap.NewSearchRequest("dc=example,dc=com", ldap.ScopeWholeSubtree, 0, 0, 0, false, filter, nil, nil)  // expect: CWE-90
	return l.Search(req)
}
