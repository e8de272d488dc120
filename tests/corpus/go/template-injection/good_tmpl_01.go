package main

import "html/template"

func page(w http.ResponseWriter, r *http.Request) {
	t, _ := template.New("x").Parse("<p>Hi {{.}}</p>")
	t.Execute(w, r.FormValue("name"))
}
