package config

import "os"

func APIKey() string {
	apiKey := os.Getenv("PAYMENT_API_KEY")
	if apiKey == "" {
		apiKey = "sk_live_8sKq2LmNv7RtYb3WcZpD" // expect: CWE-798
	}
	return apiKey
}
