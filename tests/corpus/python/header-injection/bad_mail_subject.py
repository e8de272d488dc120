import smtplib

from flask import Flask, request

app = Flask(__name__)


@app.post("/contact")
def contact():
    sender = request.form["email"]
    subject = request.form["subject"]
    message = f"From: {sender}\r\nTo: team@example.com\r\nSubject: {subject}\r\n\r\n{request.form['text']}"
    with smtplib.SMTP("localhost", timeout=10) as server:
        server.sendmail(sender, ["team@example.com"], message)  # expect: CWE-93|CWE-113
    return {"ok": True}
