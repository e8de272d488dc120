import random


class OtpService:
    def __init__(self, sms):
        self.sms = sms
        self.codes = {}

    def send(self, phone):
        otp = random.randint(100000, 999999)  # expect: CWE-330
        self.codes[phone] = otp
        self.sms.send(phone, f"Your code is {otp}")
