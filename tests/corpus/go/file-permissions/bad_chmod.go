package config

import "os"

func Share(path string) error {
	return os.Chmod(path, 0777) // expect: CWE-732
}
