package a

func back(c *gin.Context) {
	c.Redirect(http.StatusFound, "/articles/"+c.Param("slug"))
}
