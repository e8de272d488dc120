package a

func patch(c *gin.Context) {
	var in struct {
		Name string `json:"name"`
	}
	if c.ShouldBindJSON(&in) != nil {
		return
	}
	db.Model(&Member{}).Where("id = ?", 1).Updates(map[string]any{"name": in.Name})
}
