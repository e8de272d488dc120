package api

func update(c *gin.Context) {
	var user models.User
	db.First(&user, c.Param("id"))
	if err := c.ShouldBindJSON(&user); err != nil {
		return
	}
	db.Save(&user)  // expect: CWE-915
}
