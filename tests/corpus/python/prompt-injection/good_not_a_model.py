from flask import Flask, request

app = Flask(__name__)


class Archive:
    def __init__(self):
        self.messages = []

    def create(self, system, messages):
        self.messages.append((system, messages))
        return len(self.messages)


archive = Archive()


@app.post("/archive")
def store():
    return {"number": archive.create(system=request.form["system"], messages=[])}
