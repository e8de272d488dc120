package a

func patch(c *gin.Context) {
	var member Member
	if c.ShouldBindJSON(&member) != nil {
		return
	}
	db.Model(&Member{}).Where("id = ?", 1).Updates(&member)  // expect: CWE-915
}
