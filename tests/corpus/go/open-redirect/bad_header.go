package a

func back(c *gin.Context) {
	target := c.GetHeader("X-Return")
	c.Redirect(http.StatusFound, target)  // expect: CWE-601
}
