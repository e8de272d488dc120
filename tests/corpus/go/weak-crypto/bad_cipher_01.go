package main

import "crypto/des"

func enc(key, src []byte) []byte {
	block, _ := des.NewCipher(key)  // expect: CWE-327
	dst := make([]byte, len(src))
	block.Encrypt(dst, src)
	return dst
}
