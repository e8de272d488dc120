package main

func read(c *gin.Context) {
	base := "/var/data"
	p := filepath.Clean(filepath.Join(base, c.Param("name")))
	if !strings.HasPrefix(p, base+string(os.PathSeparator)) {
		c.AbortWithStatus(400)
		return
	}
	data, err := os.ReadFile(p)
	if err != nil {
		c.AbortWithStatus(404)
		return
	}
	c.Data(200, "application/octet-stream", data)
}
