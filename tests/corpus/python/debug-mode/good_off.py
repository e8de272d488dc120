from flask import Flask

DEBUG = False
app = Flask(__name__)
app.config["DEBUG"] = False
app.config.update(TESTING=False)

if __name__ == "__main__":
    app.run(debug=DEBUG)
