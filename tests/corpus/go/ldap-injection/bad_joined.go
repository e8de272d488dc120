package a

func groups(l *ldap.Conn, user string) (*ldap.SearchResult, error) {
	return l.Search(ldap.NewSearchRequest(base, 2, 0, 0, 0, false, "(&(objectClass=group)(member="+user+"))", nil, nil))  // expect: CWE-90
}
