package a

func mail(w http.ResponseWriter, r *http.Request) {
	count, _ := strconv.Atoi(r.FormValue("count"))
	body := fmt.Sprintf("%d of {{.Total}}", count)
	tmpl, _ := template.New("mail").Parse(body)
	tmpl.Execute(w, current)
}
