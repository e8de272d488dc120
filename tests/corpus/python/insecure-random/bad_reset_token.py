import random
import string

from models import PasswordReset, db


def create_reset(user):
    token = "".join(random.choice(string.ascii_letters + string.digits) for _ in range(32))  # expect: CWE-330
    db.session.add(PasswordReset(user_id=user.id, token=token))
    db.session.commit()
    return token
