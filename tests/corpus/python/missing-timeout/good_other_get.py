from fastapi.testclient import TestClient

from app import app

requests = TestClient(app)


def check():
    return requests.get("/health").status_code == 200
