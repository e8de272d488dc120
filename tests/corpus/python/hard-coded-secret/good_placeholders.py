import argparse

PASSWORD_FIELD = "password"
TOKEN_HEADER = "X-Auth-Token"
SECRET_NAME = "prod/orders/database"


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--password", default="", help="leave empty to be asked")
    parser.add_argument("--token", default="<your-token>")
    return parser.parse_args()


def form(password=None):
    return {"name": PASSWORD_FIELD, "type": "password", "value": password or ""}
