package a

const dept = "sales"

func check(user string) *ldap.SearchRequest {
	filter := fmt.Sprintf("(&(uid=%s)(ou=%s))", ldap.EscapeFilter(user), dept)
	return ldap.NewSearchRequest(base, 2, 0, 0, 0, false, filter, nil, nil)
}
