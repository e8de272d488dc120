import random
import string


class CouponService:
    ALPHABET = string.ascii_uppercase + string.digits

    def __init__(self, repo):
        self.repo = repo
        self._rng = random.SystemRandom()

    def create_coupon(self, value):
        code = "-".join("".join(self._rng.choices(self.ALPHABET, k=4)) for _ in range(3))
        self.repo.save(code=code, value=value)
        return code
