"""Channels that take messages, refuse them, hang and come back, over HTTP and as mail; they count what they took."""

import asyncio
import email
import email.policy
import json
import random
import threading
from collections import Counter
from re import findall
from typing import TYPE_CHECKING, Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from tests.flow.peers import Server, free_port

if TYPE_CHECKING:
    from collections.abc import Callable

HOOKS, MAIL = ("owner", "manager", "kitchen"), "desk"
CHANNELS = (*HOOKS, MAIL)
TAKES, HANGS = "takes", "hangs"
MOODS = (TAKES, TAKES, TAKES, "500", "503", "429", HANGS)
LONGEST_HANG = 30.0


class Channels(Server):
    """Three web hooks and a mailbox, each in its own mood for a round. What hangs or is refused was not taken."""

    def __init__(self) -> None:
        super().__init__()
        self.took: Counter[tuple[str, str]] = Counter()
        """How often each channel took the message with each reference."""
        self.moods = dict.fromkeys(CHANNELS, TAKES)
        self.met: Counter[str] = Counter()
        self.on_message: Callable[[], None] = lambda: None
        """Called with each message before it is answered, once it counts as taken or not."""
        self._next_round = threading.Event()
        self._mail = Controller(Mailbox(self), hostname="127.0.0.1", port=free_port())

    def __enter__(self) -> Self:
        self._mail.start()
        return super().__enter__()

    def __exit__(self, *_: object) -> None:
        self.be()
        self._mail.stop()
        super().__exit__()

    def be(self, rng: random.Random | None = None) -> None:
        """Begin a round in new moods; without chance all take what they are sent. What hung is let go."""
        self.moods = {name: rng.choice(MOODS) if rng else TAKES for name in CHANNELS}
        self._next_round.set()
        self._next_round = threading.Event()

    def meets(self, channel: str, text: str) -> str:
        """The mood a message meets; it is counted as taken where it is."""
        mood = self.moods[channel]
        with self.lock:
            self.met[mood] += 1
            if mood == TAKES:
                self.took[channel, findall(r"Reference (RM-\w{6})", text)[-1]] += 1
        self.on_message()
        return mood

    def answer(self, path: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        mood = self.meets(path.strip("/"), json.loads(body)["message"])
        if mood == HANGS:
            self._next_round.wait(LONGEST_HANG)
        status = {TAKES: 200, HANGS: 503}.get(mood) or int(mood)
        return status, {"retry-after": "1"} if mood == "429" else {}, b"{}"

    async def hang(self) -> None:
        """Wait as long as a web hook that hangs, in the mail server's way."""
        waiting = self._next_round
        for _ in range(int(LONGEST_HANG / 0.1)):
            if waiting.is_set():
                return
            await asyncio.sleep(0.1)

    def lines(self) -> str:
        """Their part of config.toml: every review is told on all of them."""
        mail = f"mailto://127.0.0.1:{self._mail.port}/?from=repmon@shop.example&to=desk@shop.example"
        urls = {**{name: f"json://127.0.0.1:{self.port}/{name}" for name in HOOKS}, MAIL: mail}
        channels = "".join(f'\n[channels.{name}]\nurls = ["{url}"]\n' for name, url in urls.items())
        rule = f'\n[[rules]]\nname = "all"\nwhen = {{ events = ["review.new"] }}\nnotify = {list(CHANNELS)}\n'
        return channels + rule


class Mailbox:
    """The mail server of the mail channel."""

    def __init__(self, channels: Channels) -> None:
        self._channels = channels

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Answer as the channel's mood is."""
        mail = email.message_from_bytes(bytes(envelope.content or b""), policy=email.policy.default)
        body = mail.get_body(("plain",))
        mood = self._channels.meets(MAIL, body.get_content() if body else "")
        if mood == HANGS:
            await self._channels.hang()
        return "250 OK" if mood == TAKES else "451 not now"
