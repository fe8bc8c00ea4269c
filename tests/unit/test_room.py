"""Serving a room: where others find this machine, what the server gives them, and what it bears. All on real sockets."""

import errno
import os
import socket
import struct
import sys
import time
from contextlib import closing, suppress

import pytest

if sys.platform == "emscripten":
    pytest.skip("a page has no sockets", allow_module_level=True)

import build
from web.bundle import room, server

SOON = 10  # s, against a hang
PAGE = b"the page"


@pytest.fixture
def site(tmp_path):
    """A folder with a page in it, and a secret beside it to which symbolic links of the folder lead."""
    folder = tmp_path / "site"
    (folder / "inside/page").mkdir(parents=True)
    (folder / "index.html").write_bytes(PAGE)
    (tmp_path / "secret").write_bytes(b"secret")
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "folder").symlink_to(tmp_path)
    (folder / "inside/page/index.html").symlink_to(tmp_path / "secret")
    (folder / "round").symlink_to("round")
    (folder / "fair").symlink_to("index.html")
    return folder


@pytest.fixture
def port(site):
    """The port of a server to which the whole network may come."""
    with server.serve(site, host=server.EVERYWHERE) as address:
        yield int(address.rstrip("/").rpartition(":")[2])


def said(port, sent, host="127.0.0.1", family=socket.AF_INET):
    """All that the server answers to these bytes."""
    with closing(socket.socket(family)) as client:
        client.settimeout(SOON)
        client.connect((host, port))
        client.sendall(sent)
        with suppress(OSError):  # it has hung up already
            client.shutdown(socket.SHUT_WR)
        answer = b""
        while part := client.recv(65536):
            answer += part
        return answer


def asked(port, path, host_header="localhost", **where):
    """Status and body of a path, sent as it stands."""
    head, _, body = said(port, f"GET {path} HTTP/1.1\r\nHost: {host_header}\r\nConnection: close\r\n\r\n".encode("latin-1"),
                         **where).partition(b"\r\n\r\n")
    return int(head.split()[1]), body


# --- listening -----------------------------------------------------------------------------------------


def test_a_server_listens_to_this_machine_alone_unless_told(site):
    assert build.parse(["serve"])[0].host == "127.0.0.1"
    assert build.parse(["serve", "--host"])[0].host == server.EVERYWHERE
    assert build.parse(["serve", "--host", "10.1.2.3"])[0].host == "10.1.2.3"
    with server.open_server(site) as alone:
        assert alone.server_address[0] == "127.0.0.1"


def test_every_address_of_this_machine_is_answered(port):
    assert asked(port, "/") == (200, PAGE)
    if sys.platform == "linux":  # elsewhere only the first address of the loop is there
        assert asked(port, "/", host="127.7.7.7") == (200, PAGE)
    if socket.has_dualstack_ipv6() and room.towards(socket.AF_INET6, "::1"):
        assert asked(port, "/", host="::1", family=socket.AF_INET6) == (200, PAGE)


@pytest.mark.parametrize("name", ["classroom.test", "laptop.local:8000", "[fe80::1]", "", "évil\" <b>"])
def test_whatever_name_the_room_calls_it_by_is_answered(port, name):
    assert asked(port, "/", host_header=name) == (200, PAGE)


@pytest.mark.parametrize(("host", "words"), [
    ("no-such-machine.invalid", "neither an address nor a name that leads to one"),
    ("192.0.2.77", "192.0.2.77 is not an address of this machine"),
    ("300.1.2.3", "neither an address nor a name"), ("a" * 80 + ".b", "neither an address nor a name"),
])
def test_an_address_that_is_not_this_machines_is_refused_in_words(site, host, words):
    with pytest.raises(OSError) as refused:
        server.open_server(site, host=host)
    assert words in refused.value.strerror
    with pytest.raises(build.BuildError, match="dist/ cannot be served: .* Leave the address after --host out"):
        build.serve(None, host, open_page=False)


@pytest.mark.parametrize("host", [server.HOST, server.EVERYWHERE])
def test_a_taken_port_is_told_in_words(site, host):
    with server.open_server(site, host=host) as first:
        with pytest.raises(OSError, match=f"port {first.server_port} of .* is taken") as refused:
            server.open_server(site, first.server_port, host=host)
        assert refused.value.errno == errno.EADDRINUSE
        with pytest.raises(build.BuildError, match="is taken or not allowed. Name a free port with --port."):
            build.serve(first.server_port, host, open_page=False)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "8e3", "²"])
def test_a_port_that_is_none_is_refused_in_words(port, capsys):
    with pytest.raises(SystemExit):
        build.parse(["serve", f"--port={port}"])
    assert "a port is a number from 1 to 65535" in capsys.readouterr().err


# --- where others find it ------------------------------------------------------------------------------


def test_what_another_machine_cannot_type_is_left_out(monkeypatch):
    ways = {socket.AF_INET: "192.168.7.5", socket.AF_INET6: "fd00::5"}
    monkeypatch.setattr(room, "towards", lambda family, place: ways[family])
    known = ["127.0.1.1", "::1", "169.254.3.4", "fe80::1%eth0", "192.168.7.5", "10.0.0.5", "0.0.0.0"]
    monkeypatch.setattr(room, "resolved", lambda name: known)
    assert room.addresses(["laptop"]) == ["192.168.7.5", "10.0.0.5"]
    ways[socket.AF_INET] = None
    known[:] = ["127.0.1.1", "fe80::1%eth0"]
    assert room.addresses(["laptop"]) == ["fd00::5"]  # version 6 where there is no other


def test_a_name_is_told_where_it_leads_to_such_an_address(monkeypatch):
    monkeypatch.setattr(room, "towards", lambda family, place: "192.168.7.5" if family == socket.AF_INET else None)
    monkeypatch.setattr(socket, "gethostname", lambda: "laptop.lan")
    monkeypatch.setattr(room, "resolved", lambda name: {"laptop.local": ["192.168.7.5"], "laptop.lan": ["127.0.1.1"]}[name])
    assert room.hosts() == ["192.168.7.5", "laptop.local"]


def test_a_name_that_nobody_answers_for_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(room, "PATIENCE", 0.05)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **options: time.sleep(1) or [])
    begun = time.monotonic()
    assert room.resolved("laptop.local") == []
    assert time.monotonic() - begun < 0.8


def test_no_way_leads_to_a_place_without_a_network():
    assert room.towards(socket.AF_INET, "127.0.0.1") == "127.0.0.1"
    assert room.towards(socket.AF_INET, "not an address") is None
    assert room.resolved("no-such-machine.invalid") == room.resolved("..") == []


def test_the_addresses_to_type_are_told(site, monkeypatch):
    with server.open_server(site) as alone:
        assert room.announcement(alone, server.HOST) == server.address(alone)
    monkeypatch.setattr(room, "hosts", lambda: ["192.168.7.5", "fd00::5", "laptop.local"])
    with server.open_server(site, host=server.EVERYWHERE) as open_to_all:
        port = open_to_all.server_port
        assert room.announcement(open_to_all, server.EVERYWHERE).splitlines() == [
            f"http://127.0.0.1:{port}/", "On other machines of the network:", f"http://192.168.7.5:{port}/",
            f"http://[fd00::5]:{port}/", f"http://laptop.local:{port}/", room.PLAIN]
        monkeypatch.setattr(room, "hosts", list)
        assert room.announcement(open_to_all, server.EVERYWHERE).splitlines() == [f"http://127.0.0.1:{port}/", room.LOST]


# --- what it gives, what it bears ----------------------------------------------------------------------


@pytest.mark.parametrize("path", [
    "/../secret", "/inside/../../secret", "/%2e%2e/secret", "/..%2fsecret", "/%2e%2e%2fsecret", "/..%5csecret", "//secret",
    "/link", "/folder/secret", "/inside/page/", "/round", "/inside/", "/folder/", "/%00", "/index.html%00", "/%ED%A0%80", "/%ff",
    "/" + "a" * 5000, "/a/" * 500, "/C:/secret", "/~root", "http://elsewhere.test/secret", "*", "secret",
])
def test_nothing_but_the_folders_files_is_given(port, path, capfd):
    status, body = asked(port, path)
    assert status == 404 and b"secret" not in body
    assert capfd.readouterr().err == ""


def test_a_link_within_the_folder_is_followed(port):
    assert asked(port, "/fair") == (200, PAGE)


def test_a_file_that_is_left_out_is_found_under_no_spelling(site):
    with server.serve(site, without=("index.html",)) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        for path in ("/", "/index.html", "/index.html?x", "/%69ndex.html", "/inside/../index.html", "/./index.html", "/fair"):
            assert asked(port, path)[0] == 404


@pytest.mark.parametrize("rubbish", [
    b"", b"\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)), b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 500 + b"\r\n", b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
    b"BREW /pot HTTP/1.1\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"\xff\xfe\x00" * 99, b"GET / HTTP/1.1\r\nHost",
], ids=lambda rubbish: repr(rubbish[:12]))
def test_rubbish_is_borne_in_silence(port, rubbish, capfd):
    try:
        assert b"Traceback" not in said(port, rubbish)
    except ConnectionError:
        pass  # it may hang up on that
    assert asked(port, "/") == (200, PAGE)
    assert capfd.readouterr().err == ""


def test_clients_that_hang_up_or_say_nothing_keep_nobody_waiting(site, port, capfd):
    (site / "large").write_bytes(os.urandom(1 << 24))
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(40)]
    for client in silent[:20]:  # gone in the middle of an answer, and not politely
        client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        client.recv(100)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
    assert asked(port, "/") == (200, PAGE)
    for client in silent[20:]:
        client.close()
    assert capfd.readouterr().err == ""


def test_a_connection_on_which_nothing_comes_is_closed(site, monkeypatch):
    monkeypatch.setattr(server.Handler, "timeout", 0.1)
    with server.serve(site, host=server.EVERYWHERE) as address:
        with socket.create_connection(("127.0.0.1", int(address.rstrip("/").rpartition(":")[2])), timeout=SOON) as client:
            client.sendall(b"GET / HT")
            assert client.recv(100) == b""


# --- build.py test -------------------------------------------------------------------------------------

TWO = ["--numprocesses=2", "--dist=worksteal"]


@pytest.mark.parametrize("arguments", [[], ["-q"], ["-k", "spiral"], ["-x", "--durations=10"], ["--no-header"]])
def test_tests_run_two_at_a_time(arguments):
    assert build.two_at_a_time(arguments) == [*TWO, *arguments]


@pytest.mark.parametrize("arguments", [["tests/unit", "-q"], ["tests/unit/test_room.py::test_it"], ["-n4"], ["-n", "0"],
                                       ["--numprocesses=3"], ["--pdb"], ["-q", "--dist=no"]])
def test_arguments_that_name_files_or_say_how_many_are_left_alone(arguments):
    assert build.two_at_a_time(arguments) == arguments
