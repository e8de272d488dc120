package api

import (
	"net/http"

	"github.com/rs/cors"
)

func Wrap(handler http.Handler) http.Handler {
	c := cors.New(cors.Options{AllowedOrigins: []string{"*"}, AllowCredentials: true}) // expect: CWE-942
	return c.Handler(handler)
}
