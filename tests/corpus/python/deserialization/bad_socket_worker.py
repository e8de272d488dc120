import pickle
import socketserver
import struct


class JobHandler(socketserver.StreamRequestHandler):
    def handle(self):
        (length,) = struct.unpack("!I", self.rfile.read(4))
        body = self.rfile.read(length)
        job = pickle.loads(body)  # expect: CWE-502 @ body
        result = job.run()
        self.wfile.write(str(result).encode())


if __name__ == "__main__":
    with socketserver.TCPServer(("127.0.0.1", 9000), JobHandler) as server:
        server.serve_forever()
