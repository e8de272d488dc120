"""A document that closes before the server has looked into its store loses nothing."""

from __future__ import annotations

PASTE = 'import subprocess\n\n\ndef run(name):\n    return subprocess.call("ls " + name, shell=True)\n'


def blocks(client, uri):
    answer = client.request("leery/blocks", {"textDocument": {"uri": uri}})
    return [(block["origin"]["kind"], block["origin"]["assistant"], block["survived"]) for block in answer]


def test_what_came_between_open_and_close_is_kept(start, workspace):
    uri = (workspace / "a.py").as_uri()
    client = start()
    for assistant in ("first", "second"):
        document = client.open(uri, "" if assistant == "first" else PASTE)
        at = len(document.text)
        text = PASTE if assistant == "first" else "\n\ndef two(x):\n    eval(x)\n    exec(x)\n"
        client.insertion(document, at, text, ahead=True, kind="completion", evidence="reported", assistant=assistant)
        client.change(document, at, at, text)
        whole = document.text
        client.close_document(document)
    client.open(uri, whole)
    expected = [("completion", "first", 1.0), ("completion", "second", 1.0)]
    assert blocks(client, uri) == expected
    client.kill()

    again = start()
    again.open(uri, whole)
    assert blocks(again, uri) == expected
