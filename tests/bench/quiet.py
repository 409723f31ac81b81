"""What a poll that finds nothing new asks of a site: the requests of one listing with 120 reviews."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

REVIEWS, PAGE = 120, 50
CONFIG = """
[web]
listen = false
[http]
allow = ["127.0.0.1"]
[[sources]]
id = "app"
connector = "app_store"
app_id = "1234567890"
countries = ["us"]
base_url = "{site}"
[[sources]]
id = "profile"
connector = "google_business_profile"
account = "1"
location = "2"
client_id = "id"
client_secret = "secret"
refresh_token = "token"
base_url = "{site}/v4"
token_url = "{site}/token"
"""


def rows() -> Iterable[tuple[str, str, str, str]]:
    """The second poll of each site; the first one read everything."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        config.write_text(CONFIG.format(site=f"http://127.0.0.1:{site.server_port}"), encoding="utf-8")
        config.chmod(0o600)
        first, second = _poll(config), _poll(config)
    site.shutdown()
    for name in ("app", "profile"):
        yield f"quiet poll of {name}", f"{second[name]} requests", f"first read {first[name]}", "<= 2"


def _poll(config: Path) -> dict[str, int]:
    command = [sys.executable, "-m", "repmon", "--config", config, "poll", "--json"]
    done = subprocess.run(command, check=True, capture_output=True)
    return {row["source"]: row["requests"] for row in json.loads(done.stdout)}


class Site(BaseHTTPRequestHandler):
    """Apple's feed and Google's list, with the same invented reviews."""

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Give an access token."""
        self._answer({"access_token": "a", "expires_in": 3600, "token_type": "Bearer"})

    def do_GET(self) -> None:
        """One page."""
        url = urlsplit(self.path)
        if "/rss/" in url.path:
            page = int(url.path.partition("page=")[2].partition("/")[0]) - 1
            self._answer({"feed": {"entry": [_apple(n) for n in _numbers(page)]}} if _numbers(page) else {"feed": {}})
            return
        page = int(parse_qs(url.query).get("pageToken", ["0"])[0])
        body: dict[str, object] = {"reviews": [_google(n) for n in _numbers(page)]}
        self._answer({**body, "nextPageToken": str(page + 1)} if _numbers(page + 1) else body)

    def _answer(self, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _numbers(page: int) -> list[int]:
    return list(range(REVIEWS, 0, -1))[page * PAGE : (page + 1) * PAGE]


def _when(number: int) -> str:
    return f"2025-{1 + number // 28:02d}-{1 + number % 28:02d}T10:00:00Z"


def _apple(number: int) -> dict[str, object]:
    return {"id": {"label": str(number)}, "im:rating": {"label": "4"}, "title": {"label": "Fine"},
            "content": {"label": f"Review {number}"}, "author": {"name": {"label": "A guest"}},
            "updated": {"label": _when(number)}}  # fmt: skip


def _google(number: int) -> dict[str, object]:
    return {"name": f"accounts/1/locations/2/reviews/{number}", "reviewId": str(number), "starRating": "FOUR",
            "comment": f"Review {number}", "reviewer": {"displayName": "A guest"}, "createTime": _when(number),
            "updateTime": _when(number)}  # fmt: skip
