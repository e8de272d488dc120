import yaml
from flask import Flask, request

try:
    from yaml import CSafeLoader as Fast
except ImportError:
    from yaml import SafeLoader as Fast

app = Flask(__name__)


class Plain(yaml.SafeLoader):
    pass


@app.post("/settings")
def settings():
    text = request.get_data()
    return {"keys": len(yaml.load(text, Loader=Fast)), "others": len(yaml.load(text, Plain))}
