import os

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
DEBUG = os.environ.get("DJANGO_DEBUG", "") == "true"
TEMPLATE_DEBUG = DEBUG
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "").split(",")
