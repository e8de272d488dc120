package api

func ByName(c echo.Context) error {
	name := c.QueryParam("name")
	var users []User
	db.Where(fmt.Sprintf("name = '%s'", name)).Find(&users)  // expect: CWE-89
	return c.JSON(http.StatusOK, users)
}
