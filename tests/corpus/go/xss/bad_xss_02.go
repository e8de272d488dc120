package main

import (
	"net/http"
	"text/template"
)

var page = template.Must(template.New("p").Parse("<p>{{.Name}}</p>"))

func handler(w http.ResponseWriter, r *http.Request) {
	page.Execute(w, map[string]string{"Name": r.FormValue("name")})  // expect: CWE-79
}
