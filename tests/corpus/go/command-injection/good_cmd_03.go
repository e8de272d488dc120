package main

func tool(w http.ResponseWriter, r *http.Request) {
	var bin string
	switch r.FormValue("tool") {
	case "go":
		bin = "go"
	case "git":
		bin = "git"
	default:
		http.Error(w, "no", 400)
		return
	}
	cmd := exec.Command(bin, "--version")
	cmd.Stdout = w
	cmd.Run()
}
