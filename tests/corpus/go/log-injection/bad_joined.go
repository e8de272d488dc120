package a

func join(c *gin.Context) {
	name := c.PostForm("name")
	logger.Infof("joined: %v", name)  // expect: CWE-117
	c.Status(204)
}
