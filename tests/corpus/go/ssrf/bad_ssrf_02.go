package main

func hook(c *gin.Context) {
	var body struct{ URL string `json:"url"` }
	if err := c.ShouldBindJSON(&body); err != nil {
		return
	}
	req, _ := http.NewRequest("POST", body.URL, nil)  // expect: CWE-918
	client := &http.Client{Timeout: 5 * time.Second}
	client.Do(req)
}
