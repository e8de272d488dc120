from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField


class PasswordForm(FlaskForm):
    class Meta:
        csrf = False  # expect: CWE-352

    current = PasswordField("Current")
    new = PasswordField("New")
    hint = StringField("Hint")
