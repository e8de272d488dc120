package api

func ListOrders(c *gin.Context) {
	sort := c.Query("sort")
	var orders []Order
	db.Raw("SELECT * FROM orders ORDER BY " + sort).Scan(&orders)  // expect: CWE-89
	c.JSON(200, orders)
}
