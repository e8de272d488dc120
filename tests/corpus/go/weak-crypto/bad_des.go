package auth

import (
	"crypto/cipher"
	"crypto/des"
)

func Encrypter(key, iv []byte) (cipher.BlockMode, error) {
	block, err := des.NewCipher(key) // expect: CWE-327
	if err != nil {
		return nil, err
	}
	return cipher.NewCBCEncrypter(block, iv), nil
}
