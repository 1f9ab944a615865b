"""The main commands work on a machine without network, and nothing tries to reach one."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

GUARD = """
import socket

def refused(*given, **named):
    raise OSError("this machine has no network")

for name in ("connect", "connect_ex", "bind", "sendto"):
    def guarded(self, address, *rest, _name=name, _usual=getattr(socket.socket, name)):
        outside = self.family in (socket.AF_INET, socket.AF_INET6)
        outside = outside and address[0] not in ("127.0.0.1", "::1", "localhost")
        if outside:
            with open(REACHED, "a", encoding="utf-8") as file:
                file.write(f"{_name} {address}\\n")
            refused()
        return _usual(self, address, *rest)
    setattr(socket.socket, name, guarded)
usual = socket.getaddrinfo
def looked_up(host, *rest, **named):
    if host not in (None, "localhost", "127.0.0.1", "::1", ""):
        with open(REACHED, "a", encoding="utf-8") as file:
            file.write(f"getaddrinfo {host}\\n")
        refused()
    return usual(host, *rest, **named)
socket.getaddrinfo = looked_up
"""
SIZE = ["--households", "300"]
SHORT = 'extends = "no-outreach"\nshocks = []\n[time]\nstart = "2022-01"\nend = "2022-03"\n'
COMMANDS = {
    "doctor": ["doctor"],
    "run": ["run", "short.toml", *SIZE, "--draws", "0", "--out", "out"],
    "sweep": ["sweep", "short.toml", *SIZE, "--vary", "rules.Awareness.tell=0.1,0.2", "--workers", "2"],
    "explain": ["explain", "short.toml", *SIZE],
    "to-xlsx": ["scenario", "to-xlsx", "short.toml", "--base", "no-outreach"],
    "plans": ["plans", "--list"],
    "form": ["local", "form", "--out", "form.xlsx"],
    "help": ["run", "--help", "--language", "vi"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_asks_for_no_network(name, root, tmp_path):
    reached = tmp_path / "reached.txt"
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(f"REACHED = {str(reached)!r}\n{GUARD}", encoding="utf-8")
    (tmp_path / "short.toml").write_text(SHORT, encoding="utf-8")
    paths = [str(tmp_path / "guard"), str(root)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "MPLBACKEND": "Agg"}
    command = [*cut_off(), sys.executable, "-m", "cashless_sim", *COMMANDS[name]]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, env=environment, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert not reached.exists(), reached.read_text(encoding="utf-8")


def cut_off() -> list[str]:
    """Return what runs a command with all network interfaces gone, where this user may do that."""
    if sys.platform != "linux":
        return []
    works = subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode == 0
    return ["unshare", "-n"] if works else []


def test_the_guard_guards(tmp_path):
    reached = tmp_path / "reached.txt"
    (tmp_path / "sitecustomize.py").write_text(f"REACHED = {str(reached)!r}\n{GUARD}", encoding="utf-8")
    text = "import urllib.request; urllib.request.urlopen('http://example.invalid')"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, env=environment, timeout=60)
    assert done.returncode != 0 and "example.invalid" in reached.read_text(encoding="utf-8")
