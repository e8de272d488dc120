package a

func register(w http.ResponseWriter, r *http.Request) {
	var in RegisterRequest
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return
	}
	db.Create(&User{Name: in.Name, Mail: in.Mail})
}
