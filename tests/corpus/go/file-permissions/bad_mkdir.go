package config

import "os"

func Prepare(folder string) error {
	if err := os.MkdirAll(folder, 0777); err != nil { // expect: CWE-732
		return err
	}
	return nil
}
