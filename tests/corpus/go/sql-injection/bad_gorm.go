package shop

import (
	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

func Search(db *gorm.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		var products []Product
		db.Raw("SELECT * FROM products WHERE name LIKE '%" + c.Query("term") + "%'").Scan(&products) // expect: CWE-89
		c.JSON(200, products)
	}
}
