import hashlib

from models import User, db


def register(name, password):
    digest = hashlib.md5(password.encode()).hexdigest()  # expect: CWE-327
    user = User(name=name, password_hash=digest)
    db.session.add(user)
    db.session.commit()
    return user
