package api

func update(c *gin.Context) {
	var in struct{ Name string `json:"name"` }
	if err := c.ShouldBindJSON(&in); err != nil {
		return
	}
	db.Model(&models.User{}).Where("id = ?", userID(c)).Updates(map[string]any{"name": in.Name})
}
