"""Channels for the benchmarks, in a process of their own: `/good…` answers soon, `/ill…` with 500, `/hang…` never.

`python -m tests.bench.sinks` prints its port, and ends with its standard input.
"""

import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ANSWERS_AFTER = 0.03
"""Seconds, as a service across the network needs them."""


class Channel(BaseHTTPRequestHandler):
    """One request, answered as its path says."""

    protocol_version = "HTTP/1.1"
    ended = threading.Event()

    def do_POST(self) -> None:
        """Take the message, or do not."""
        self.rfile.read(int(self.headers["content-length"]))
        if self.path.startswith("/hang"):
            self.ended.wait()
        time.sleep(ANSWERS_AFTER)
        self.send_response(500 if self.path.startswith("/ill") else 200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the table readable."""


class Server(ThreadingHTTPServer):
    """Serves until its process ends."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """Those who hung up on a channel that hangs are no news."""


if __name__ == "__main__":
    with Server(("127.0.0.1", 0), Channel) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(server.server_address[1], flush=True)
        sys.stdin.read()
        Channel.ended.set()
        server.shutdown()
