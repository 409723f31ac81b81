"""Connections are kept where the site keeps them, over plain HTTP and TLS, by many threads at once."""

import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from repmon.errors import SourceDown
from repmon.http import Limits


class Keeping(BaseHTTPRequestHandler):
    """Answers with the caller's port and keeps the connection; /drop says so and closes it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = str(self.client_address[1]).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.path == "/drop"

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Keeping) as made:
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield made
        made.shutdown()


def url(server: ThreadingHTTPServer, scheme: str = "http") -> str:
    return f"{scheme}://127.0.0.1:{server.server_address[1]}"


def test_a_kept_connection_is_used_again(server, read):
    assert len({read.get(url(server)).content for _ in range(5)}) == 1


def test_a_connection_that_the_site_dropped_is_replaced(server, read):
    first = read.get(url(server) + "/drop").content
    assert read.get(url(server)).content != first
    assert read.requests in {2, 3}  # the drop may be noticed only by asking on the dead connection


def test_many_threads_share_the_client(server, make_client):
    client = make_client()

    def ask(_: int) -> int:
        read = client.read(calls_per_second=100_000)
        return sum(read.get(url(server)).status for _ in range(5))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(16))) == [1000] * 16


@pytest.fixture
def certificate(tmp_path):
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make a certificate with")
    made = tmp_path / "site.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=site", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", made, "-out", tmp_path / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    made.write_text(made.read_text() + (tmp_path / "cert.pem").read_text())
    return made


def test_tls_is_spoken_with_a_site_whose_certificate_is_known(server, certificate, make_client):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    trusting = ssl.create_default_context(cafile=certificate)
    read = make_client(verify=trusting).read(calls_per_second=1000)
    assert len({read.get(url(server, "https")).content for _ in range(3)}) == 1


def test_an_unknown_certificate_is_no_connection(server, certificate, make_client):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None
    with pytest.raises(SourceDown, match="certificate"):
        make_client().read(calls_per_second=1000).get(url(server, "https"))


def test_a_handshake_that_drips_ends_by_the_deadline(site, make_client):
    def script(_, connection):
        """Never called: the peer waits for a request line while we wait for a handshake."""

    began = time.monotonic()
    limits = Limits(deadline=0.3, connect=5.0, attempts=1)
    with pytest.raises(SourceDown):
        make_client(limits=limits).read(calls_per_second=1000).get(site(script).url.replace("http:", "https:"))
    assert time.monotonic() - began < 1.0
