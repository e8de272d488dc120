from flask_wtf import FlaskForm
from wtforms import PasswordField


class PasswordForm(FlaskForm):
    class Meta:
        csrf = True
        locales = ["de"]

    current = PasswordField("Current")


class Printer:
    csrf = None
    enabled = False
