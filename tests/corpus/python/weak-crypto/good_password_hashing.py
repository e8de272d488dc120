import bcrypt
from argon2 import PasswordHasher

hasher = PasswordHasher()


def hash_password(password: str, legacy: bool = False) -> str:
    if legacy:
        return bcrypt.hashpw(password.encode(), bcrypt.gensalt(12)).decode()
    return hasher.hash(password)
