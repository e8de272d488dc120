package mail

import "net/smtp"

const smtpPassword = "Qw7!pLx92vRt" // expect: CWE-798

func Auth() smtp.Auth {
	return smtp.PlainAuth("", "mailer@example.com", smtpPassword, "smtp.example.com")
}
