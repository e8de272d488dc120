from flask import Flask


def create_app():
    app = Flask(__name__)
    app.config["DEBUG"] = True  # expect: CWE-489

    @app.get("/health")
    def health():
        return {"ok": True}

    return app
