"""A small Rekor v2 log behind HTTP: a tree of its own, real signatures, and it checks what is submitted.

Nothing here uses Leery's tree, notes or proofs, so what both agree on is no shared mistake.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from nacl import bindings, exceptions

ORIGIN = "log.rekor.example"


def encoded(data):
    return base64.b64encode(data).decode()


def tree_hash(leaves):
    """RFC 9162, section 2.1.1, word by word."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    k = split(len(leaves))
    return hashlib.sha256(b"\1" + tree_hash(leaves[:k]) + tree_hash(leaves[k:])).digest()


def path(m, leaves):
    """RFC 9162, section 2.1.3.1, word by word."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), tree_hash(leaves[k:])]
    return [*path(m - k, leaves[k:]), tree_hash(leaves[:k])]


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


class Log:
    """The log: `key` is its private key, ECDSA or Ed25519; some entries of others are there before ours."""

    def __init__(self, key, others=5):
        self.key = key
        self.leaves = [b'{"someone":"else %d"}' % number for number in range(others)]

    @property
    def pem(self):
        form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        return self.key.public_key().public_bytes(*form)

    def add(self, request):
        """What is answered, with its status."""
        asked = request["hashedRekordRequestV002"]
        verifier, digest = asked["signature"]["verifier"], base64.b64decode(asked["digest"])
        if verifier["keyDetails"] != "PKIX_ED25519_PH" or len(digest) != hashlib.sha512().digest_size:
            return 400, {"code": 3, "message": "invalid hashedrekord request"}
        spki = base64.b64decode(verifier["publicKey"]["rawBytes"])
        public = serialization.load_der_public_key(spki).public_bytes_raw()
        if not prehashed_holds(public, base64.b64decode(asked["signature"]["content"]), digest):
            return 400, {"code": 3, "message": "invalid signature"}
        data = {"algorithm": "SHA2_512", "digest": asked["digest"]}
        spec = {"hashedRekordV002": {"data": data, "signature": asked["signature"]}}
        body = json.dumps(
            {"apiVersion": "0.0.2", "kind": "hashedrekord", "spec": spec}, sort_keys=True, separators=(",", ":")
        ).encode()
        if body in self.leaves:
            return 409, {"code": 6, "message": "an equivalent entry already exists"}
        self.leaves.append(body)
        return 201, self.entry(len(self.leaves) - 1)

    def entry(self, index):
        size = len(self.leaves)
        return {
            "logIndex": str(index),
            "logId": {"keyId": encoded(hashlib.sha256(self.pem).digest())},
            "kindVersion": {"kind": "hashedrekord", "version": "0.0.2"},
            "integratedTime": "0",
            "inclusionPromise": None,
            "inclusionProof": {
                "logIndex": str(index),
                "rootHash": encoded(tree_hash(self.leaves)),
                "treeSize": str(size),
                "hashes": [encoded(step) for step in path(index, self.leaves)],
                "checkpoint": {"envelope": self.checkpoint()},
            },
            "canonicalizedBody": encoded(self.leaves[index]),
        }

    def checkpoint(self, origin=ORIGIN):
        text = f"{origin}\n{len(self.leaves)}\n{encoded(tree_hash(self.leaves))}\n"
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            raw = self.key.public_key().public_bytes_raw()
            number = hashlib.sha256(origin.encode() + b"\n\1" + raw).digest()[:4]
            signature = self.key.sign(text.encode())
        else:
            form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
            number = hashlib.sha256(self.key.public_key().public_bytes(*form)).digest()[:4]
            signature = self.key.sign(text.encode(), ec.ECDSA(hashes.SHA256()))
        return f"{text}\n\u2014 {origin} {encoded(number + signature)}\n"


def prehashed_holds(public, signature, digest):
    """Ed25519ph over a digest of SHA-512 with no message at hand, as a server has to; RFC 8032, section 5.1.7."""
    prefix = b"SigEd25519 no Ed25519 collisions\x01\x00"
    digested = hashlib.sha512(prefix + signature[:32] + public + digest).digest()
    try:
        scalar = bindings.crypto_core_ed25519_scalar_reduce(digested)
        right = bindings.crypto_core_ed25519_add(
            signature[:32], bindings.crypto_scalarmult_ed25519_noclamp(scalar, public)
        )
        left = bindings.crypto_scalarmult_ed25519_base_noclamp(signature[32:])
    except (exceptions.CryptoError, ValueError):
        return False
    return left == right


@contextmanager
def serving(log):
    """The address of a web server that is this log."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            data = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = (404, {}) if self.path != "/api/v2/log/entries" else log.add(json.loads(data))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
