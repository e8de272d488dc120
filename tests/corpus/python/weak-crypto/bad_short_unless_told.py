from cryptography.hazmat.primitives.asymmetric import rsa


def pair(bits=None):
    """A new pair of keys for a device."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits or 1024)  # expect: CWE-326
    return key, key.public_key()
