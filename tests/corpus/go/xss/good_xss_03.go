package main

import "html/template"

const footer = "<footer>2024</footer>"

func render(w http.ResponseWriter, r *http.Request) {
	body := template.HTML(footer)
	policy := bluemonday.UGCPolicy()
	safe := template.HTML(policy.Sanitize(r.FormValue("body")))
	tmpl.Execute(w, map[string]interface{}{"Body": body, "Safe": safe, "Br": template.HTML("<br>")})
}
