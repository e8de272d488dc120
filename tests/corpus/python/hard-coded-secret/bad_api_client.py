import requests


class WeatherClient:
    BASE = "https://api.weather.example.com/v2"

    def __init__(self):
        self.session = requests.Session()
        self.session.headers["Authorization"] = "Bearer 9f8a7c6b5e4d3c2b1a0f9e8d7c6b5a49"  # expect: CWE-798

    def today(self, city):
        return self.session.get(f"{self.BASE}/today", params={"city": city}, timeout=5).json()
