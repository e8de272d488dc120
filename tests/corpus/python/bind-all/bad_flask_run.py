from flask import Flask

app = Flask(__name__)


@app.get("/admin/metrics")
def metrics():
    return {"jobs": 3}


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)  # expect: CWE-605
