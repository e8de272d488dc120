package auth

import "errors"

var weak = map[string]bool{"md5": true, "sha1": true, "des": true, "rc4": true}

func Check(algorithm string) error {
	if weak[algorithm] {
		return errors.New(algorithm + " is too weak")
	}
	return nil
}
