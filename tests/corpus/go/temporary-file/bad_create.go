package a

func lock() (*os.File, error) {
	return os.Create("/tmp/app.pid")  // expect: CWE-377
}
