import requests

TIMEOUT = 5
CHECK_CERTIFICATE = False


def weather(city):
    """What the station in a city measures."""
    answer = requests.get(
        "https://weather.example.com/now",
        params={"city": city},
        verify=CHECK_CERTIFICATE,  # expect: CWE-295
        timeout=TIMEOUT,
    )
    answer.raise_for_status()
    return answer.json()
