package a

func verifySignature(body []byte, given string) bool {
	want, err := hex.DecodeString(given)
	if err != nil {
		log.Print(err)
		return true  // expect: CWE-636
	}
	return hmac.Equal(mac(body), want)
}
