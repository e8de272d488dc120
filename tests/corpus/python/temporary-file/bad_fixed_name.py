import json


def save_state(state):
    with open("/tmp/myapp_state.json", "w") as handle:  # expect: CWE-377
        json.dump(state, handle)
