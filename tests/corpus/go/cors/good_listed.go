package api

import (
	"net/http"

	"github.com/rs/cors"
)

func Wrap(handler http.Handler) http.Handler {
	options := cors.Options{AllowedOrigins: []string{"https://app.example.com"}, AllowCredentials: true}
	return cors.New(options).Handler(handler)
}
