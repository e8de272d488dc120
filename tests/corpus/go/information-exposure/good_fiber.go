package a

func show(c *fiber.Ctx) error {
	item, err := load(c.Params("id"))
	if err != nil {
		return c.Status(400).SendString(err.Error())
	}
	return c.JSON(item)
}
