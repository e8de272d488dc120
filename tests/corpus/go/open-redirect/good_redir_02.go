package main

var targets = map[string]string{"docs": "https://docs.example.com", "blog": "https://blog.example.com"}

func out(c *gin.Context) {
	to, ok := targets[c.Query("to")]
	if !ok {
		c.AbortWithStatus(404)
		return
	}
	c.Redirect(302, to)
}
