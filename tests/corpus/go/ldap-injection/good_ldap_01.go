package auth

func find(l *ldap.Conn, user string) (*ldap.SearchResult, error) {
	filter := fmt.Sprintf("(uid=%s)", ldap.EscapeFilter(user))
	req := ldap.NewSearchRequest("dc=example,dc=com", ldap.ScopeWholeSubtree, 0, 0, 0, false, filter, nil, nil)
	return l.Search(req)
}
