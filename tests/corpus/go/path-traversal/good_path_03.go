package main

func upload(w http.ResponseWriter, r *http.Request) {
	file, header, err := r.FormFile("file")
	if err != nil {
		return
	}
	defer file.Close()
	ext := filepath.Ext(header.Filename)
	if ext != ".png" {
		return
	}
	dst, err := os.Create(filepath.Join("uploads", uuid.NewString()+".png"))
	if err != nil {
		return
	}
	io.Copy(dst, file)
}
