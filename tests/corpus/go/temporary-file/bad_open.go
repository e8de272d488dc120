package a

const target = "/tmp/report.html"

func report() (*os.File, error) {
	return os.OpenFile(target, os.O_CREATE|os.O_WRONLY, 0o600)  // expect: CWE-377
}
