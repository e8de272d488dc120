package a

func join(c *gin.Context) {
	name := strings.NewReplacer("\n", "", "\r", "").Replace(c.PostForm("name"))
	logger.Infof("joined: %v", name)
	c.Status(204)
}
