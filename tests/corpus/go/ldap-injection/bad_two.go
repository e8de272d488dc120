package a

func check(user, dept string) *ldap.SearchRequest {
	filter := fmt.Sprintf("(&(uid=%s)(ou=%s))", ldap.EscapeFilter(user), dept)
	return ldap.NewSearchRequest(base, 2, 0, 0, 0, false, filter, nil, nil)  // expect: CWE-90
}
