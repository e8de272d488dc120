package api

var allowed = map[string]bool{"date": true, "total": true}

func ListOrders(c *gin.Context) {
	sort := c.Query("sort")
	if !allowed[sort] {
		c.JSON(400, gin.H{"error": "bad sort"})
		return
	}
	var orders []Order
	db.Raw("SELECT * FROM orders ORDER BY " + sort).Scan(&orders)
	c.JSON(200, orders)
}
