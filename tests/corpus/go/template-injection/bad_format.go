package a

func mail(w http.ResponseWriter, r *http.Request) {
	body := fmt.Sprintf("Dear %s, {{.Text}}", r.FormValue("to"))
	tmpl, _ := template.New("mail").Parse(body)  // expect: CWE-1336
	tmpl.Execute(w, current)
}
