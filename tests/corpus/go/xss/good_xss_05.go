package main

import "text/template"

func search(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte("<html><body>Results</body></html>"))
}

func config(out io.Writer, port int) error {
	return template.Must(template.New("nginx").Parse("listen {{.}};")).Execute(out, port)
}
