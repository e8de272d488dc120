package a

func lock() (*os.File, error) {
	return os.OpenFile("/tmp/app.pid", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
}
