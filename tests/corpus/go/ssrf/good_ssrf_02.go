package main

const endpoint = "https://hooks.example.com/v1/events"

func hook(c *gin.Context) {
	var body struct{ Name string `json:"name"` }
	if err := c.ShouldBindJSON(&body); err != nil {
		return
	}
	req, _ := http.NewRequest("POST", endpoint, strings.NewReader(body.Name))
	client := &http.Client{Timeout: 5 * time.Second}
	client.Do(req)
}
