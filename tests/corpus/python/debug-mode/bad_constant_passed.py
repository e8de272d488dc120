from flask import Flask

app = Flask(__name__)
DEBUG = True
PORT = 8080


@app.route("/")
def index():
    return "ready"


def main():
    app.run(port=PORT, debug=DEBUG)  # expect: CWE-489


if __name__ == "__main__":
    main()
