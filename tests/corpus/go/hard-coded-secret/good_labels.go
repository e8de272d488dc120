package form

const (
	passwordField = "password"
	passwordLabel = "Your password"
	tokenHeader   = "X-Auth-Token"
)

var errors = map[string]string{"password": "The password is too short", "token": "The token has expired"}
