package a

func isAdmin(id string) bool {
	user, err := find(id)
	if err != nil {
		return false
	}
	return user.Admin
}
