package a

func update(c echo.Context) error {
	account := new(models.Account)
	if err := db.First(account, userID(c)).Error; err != nil {
		return err
	}
	account.Name = c.FormValue("name")
	return db.Save(account).Error
}
