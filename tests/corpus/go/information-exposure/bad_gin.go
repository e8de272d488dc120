package a

func list(c *gin.Context) {
	rows, err := all(c)
	if err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": err.Error()})  // expect: CWE-209
		return
	}
	c.JSON(200, rows)
}
