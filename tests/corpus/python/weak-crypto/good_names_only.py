SUPPORTED = {"md5": 16, "sha1": 20, "sha256": 32}


class Checksum:
    def __init__(self, algorithm="sha256"):
        if algorithm != "sha256":
            raise ValueError(f"{algorithm} is too weak")
        self.algorithm = algorithm

    def md5(self):
        raise NotImplementedError("md5 is not offered")


def length(name):
    return SUPPORTED.get(name, 0)
