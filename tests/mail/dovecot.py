"""A Dovecot of one's own: from the PATH, or unpacked from Debian's packages where $REPMON_DOVECOT says."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CONFIG = """
base_dir = {run}
import_environment = TZ LD_LIBRARY_PATH
state_dir = {run}
log_path = {run}/log
protocols = imap
libexec_dir = {libexec}
mail_plugin_dir = {modules}
login_plugin_dir = {modules}
ssl = required
ssl_cert = <{tls}/certificate.pem
ssl_key = <{tls}/key.pem
disable_plaintext_auth = yes
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {login}
mail_location = maildir:{home}/Maildir
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 0
first_valid_gid = 0
auth_mechanisms = plain login
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {starttls}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
PASSWORD = "made-up-password"


@contextmanager
def running(folder: Path, tls: Path) -> Iterator[tuple[int, int, Path]]:
    """Give the ports (TLS, STARTTLS) and the Maildir; skips the test where there is no Dovecot."""
    root = Path(os.environ.get("REPMON_DOVECOT", "/"))
    binary = shutil.which("dovecot", path=f"{root}/usr/sbin")
    if binary is None:
        pytest.skip("no Dovecot here; `make imap` fetches one")
    home, run = folder / "home", folder / "run"
    for place in ("new", "cur", "tmp"):
        (home / "Maildir" / place).mkdir(parents=True)
    run.mkdir()
    user, login = ("nobody", "nobody") if os.getuid() == 0 else (pwd.getpwuid(os.getuid()).pw_name,) * 2
    about = pwd.getpwnam(user)
    if os.getuid() == 0:
        for each in (home, *home.rglob("*")):
            os.chown(each, about.pw_uid, about.pw_gid)
        _let_pass(folder)
    port, starttls = _free(), _free()
    config = folder / "dovecot.conf"
    config.write_text(CONFIG.format(
        run=run, libexec=root / "usr/lib/dovecot", modules=root / "usr/lib/dovecot/modules", tls=tls, user=user,
        group=_group(about.pw_gid), login=login, home=home, password=PASSWORD, port=port, starttls=starttls,
    ))  # fmt: skip
    libraries = f"{root}/usr/lib/dovecot:{root}/usr/lib/x86_64-linux-gnu:{root}/usr/lib/aarch64-linux-gnu"
    environ = {**os.environ, "LD_LIBRARY_PATH": libraries}
    # what dovecot itself would run to read its configuration, if it were installed where it thinks it is
    reader = [f"{root}/usr/bin/doveconf", "-f", "service=master", "-c", str(config), "-m", "master", "-p", "-e"]
    command = [*_in_its_place(root), *reader, binary, "-F", "-c", str(config)]
    server = subprocess.Popen(command, env=environ)
    try:
        _wait(port, run / "log")
        yield port, starttls, home / "Maildir"
    finally:
        server.terminate()
        server.wait(10)


def _in_its_place(root: Path) -> list[str]:
    """Some paths are built into Dovecot: let it see its files there, and nobody else. Needs root."""
    if root == Path("/"):
        return []
    over = f'mount -t overlay overlay -o "lowerdir={root}/usr/lib:/usr/lib" /usr/lib && exec "$@"'
    return ["unshare", "--mount", "sh", "-c", over, "sh"]


def _let_pass(folder: Path) -> None:
    """Other users must be able to reach the mail below pytest's private folders."""
    for parent in (folder, *folder.parents):
        if parent == Path(parent.anchor) or parent.stat().st_mode & 0o001:
            continue
        parent.chmod(parent.stat().st_mode | 0o011)


def _group(number: int) -> str:
    import grp  # noqa: PLC0415 - not on every system

    return grp.getgrgid(number).gr_name


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def _wait(port: int, log: Path) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"Dovecot did not start: {log.read_text() if log.exists() else 'no log'}")
