package main

func upload(w http.ResponseWriter, r *http.Request) {
	file, header, err := r.FormFile("file")
	if err != nil {
		return
	}
	defer file.Close()
	dst, err := os.Create("uploads/" + r.FormValue("folder") + "/" + header.Filename)  // expect: CWE-22
	if err != nil {
		return
	}
	io.Copy(dst, file)
}
