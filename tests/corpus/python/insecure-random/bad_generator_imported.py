import random as random_2
import string as string_2


class CouponService:
    ALPHABET = string_2.ascii_uppercase + string_2.digits

    def __init__(self, repo, seed=None):
        self.repo = repo
        self._rng = random_2.Random(seed)

    def create_coupon(self, value):
        code = "-".join("".join(self._rng.choices(self.ALPHABET, k=4)) for _ in range(3))  # expect: CWE-330
        self.repo.save(code=code, value=value)
        return code
