package a

func update(c echo.Context) error {
	account := new(models.Account)
	if err := c.Bind(account); err != nil {
		return err
	}
	return db.Save(account).Error  // expect: CWE-915
}
