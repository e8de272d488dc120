import jwt


def is_authorized(token, key):
    try:
        claims = jwt.decode(token, key, algorithms=["HS256"])
        return claims.get("role") == "admin"
    except Exception:
        return True  # expect: CWE-636
