package a

func list(c *gin.Context) {
	rows, err := all(c)
	if err != nil {
		c.Error(err)
		c.JSON(http.StatusInternalServerError, gin.H{"error": "try again later"})
		return
	}
	c.JSON(200, rows)
}
