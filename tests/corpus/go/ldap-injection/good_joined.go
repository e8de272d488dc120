package a

func groups(l *ldap.Conn, id int) (*ldap.SearchResult, error) {
	return l.Search(ldap.NewSearchRequest(base, 2, 0, 0, 0, false, "(gidNumber="+strconv.Itoa(id)+")", nil, nil))
}
