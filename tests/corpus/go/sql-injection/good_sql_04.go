package api

func ByName(c echo.Context) error {
	name := c.QueryParam("name")
	var users []User
	db.Where("name = ?", name).Find(&users)
	var dir string
	switch c.QueryParam("dir") {
	case "asc":
		dir = "ASC"
	default:
		dir = "DESC"
	}
	db.Order("name " + dir).Find(&users)
	return c.JSON(http.StatusOK, users)
}
