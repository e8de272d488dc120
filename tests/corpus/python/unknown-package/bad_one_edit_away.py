import sys

import reqeusts  # expect: CWE-829|CWE-1357|CWE-1104|CWE-494


def main(url):
    response = reqeusts.get(url, timeout=10)
    response.raise_for_status()
    print(response.text[:200])


if __name__ == "__main__":
    main(sys.argv[1])
