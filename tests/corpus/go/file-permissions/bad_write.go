package config

import "os"

func Save(path string, data []byte) error {
	return os.WriteFile(path, data, 0o666) // expect: CWE-732
}
