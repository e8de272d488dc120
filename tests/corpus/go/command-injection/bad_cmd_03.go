package main

func tool(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("tool")
	cmd := exec.Command(name, "--version")  // expect: CWE-78
	cmd.Stdout = w
	cmd.Run()
}
