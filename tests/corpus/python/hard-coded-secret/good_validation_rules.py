import re

PASSWORD_PATTERN = r"^(?=.*[A-Z])(?=.*\d).{12,}$"
password_hint = "at least twelve characters"
api_key_env = "WEATHER_API_KEY"
token_type = "bearer"


def check(password: str) -> bool:
    if password == "":
        return False
    return re.match(PASSWORD_PATTERN, password) is not None
