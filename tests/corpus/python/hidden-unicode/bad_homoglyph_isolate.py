import logging

logger = logging.getLogger(__name__)


def check(password, expected):
    # compare ⁧ nruter eurT ;⁩ the digests  # expect: CWE-838|CWE-1007|CWE-451
    if password == expected:
        return True
    logger.info("wrong password")
    return False
