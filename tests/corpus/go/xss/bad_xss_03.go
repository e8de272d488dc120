package main

import "html/template"

func render(w http.ResponseWriter, r *http.Request) {
	body := template.HTML(r.FormValue("body"))  // expect: CWE-79
	tmpl.Execute(w, map[string]interface{}{"Body": body})
}
