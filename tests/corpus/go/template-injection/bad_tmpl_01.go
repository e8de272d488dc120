package main

import "html/template"

func page(w http.ResponseWriter, r *http.Request) {
	t, _ := template.New("x").Parse("<p>Hi " + r.FormValue("name") + "</p>")  // expect: CWE-94|CWE-1336|CWE-79
	t.Execute(w, nil)
}
