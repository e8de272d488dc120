package a

func verifySignature(body []byte, given string) bool {
	want, err := hex.DecodeString(given)
	if err != nil {
		log.Print(err)
		return false
	}
	return hmac.Equal(mac(body), want)
}
