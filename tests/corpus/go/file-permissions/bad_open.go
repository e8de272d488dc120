package config

import "os"

func Log(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666) // expect: CWE-732
}
