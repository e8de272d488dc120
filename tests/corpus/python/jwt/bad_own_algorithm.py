import jwt


def visitor(token, key):
    header = jwt.get_unverified_header(token)
    return jwt.decode(token, key, algorithms=[header["alg"]])["sub"]  # expect: CWE-347
