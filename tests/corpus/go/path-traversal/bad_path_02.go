package main

func read(c *gin.Context) {
	data, err := os.ReadFile("/var/data/" + c.Param("name"))  // expect: CWE-22
	if err != nil {
		c.AbortWithStatus(404)
		return
	}
	c.Data(200, "application/octet-stream", data)
}
