package a

func isAdmin(id string) bool {
	user, err := find(id)
	if err != nil {
		return true  // expect: CWE-636
	}
	return user.Admin
}
