import random
import string


class CouponService:
    ALPHABET = string.ascii_uppercase + string.digits

    def __init__(self, repo, seed=None):
        self.repo = repo
        self._rng = random.Random(seed)

    def create_coupon(self, value):
        code = "-".join("".join(self._rng.choices(self.ALPHABET, k=4)) for _ in range(3))  # expect: CWE-330
        self.repo.save(code=code, value=value)
        return code
