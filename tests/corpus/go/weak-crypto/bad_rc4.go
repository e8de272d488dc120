package auth

import "crypto/rc4"

func Seal(key, text []byte) ([]byte, error) {
	c, err := rc4.NewCipher(key) // expect: CWE-327
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(text))
	c.XORKeyStream(out, text)
	return out, nil
}
