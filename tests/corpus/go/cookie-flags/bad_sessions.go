package auth

import "github.com/gorilla/sessions"

func Options() *sessions.Options {
	return &sessions.Options{
		Path:     "/",
		MaxAge:   3600,
		HttpOnly: true,
		Secure:   false, // expect: CWE-614
	}
}
