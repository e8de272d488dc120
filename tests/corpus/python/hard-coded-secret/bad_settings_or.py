import os


class Settings:
    DEBUG = False
    REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
    ADMIN_PASSWORD = os.environ.get("ADMIN_PASSWORD") or "admin123"  # expect: CWE-798
    PAGE_SIZE = int(os.environ.get("PAGE_SIZE", "50"))
