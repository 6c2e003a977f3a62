"""Who may ask: this machine, under its own names, and no page of another origin."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest

from sandbox.server import Sandbox

JSON = {"Content-Type": "application/json"}


def ask(
    sandbox: Sandbox, path: str, method: str = "GET", body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Send a request with exactly these headers."""
    address = urlsplit(sandbox.url)
    link = http.client.HTTPConnection("127.0.0.1", address.port or 0, timeout=10)
    try:
        link.putrequest(method, path, skip_host="Host" in headers)
        if method == "POST":
            headers["Content-Length"] = str(len(body))
        for name, value in headers.items():
            link.putheader(name.replace("_", "-"), value)
        link.endheaders(body or None)
        answer = link.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        link.close()


@pytest.mark.parametrize("path", ["/", "/_control/state", "/api/auth.test", "/link/"])
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:3900", "127.0.0.1.evil.example", "", "10.0.0.1", "[::"]
)
def test_other_host_names_are_refused(sandbox: Sandbox, path: str, host: str) -> None:
    assert ask(sandbox, path, Host=host)[0] == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:8080", "127.0.0.1:3900"])
def test_this_machines_names_pass(sandbox: Sandbox, host: str) -> None:
    assert ask(sandbox, "/_control/state", Host=host)[0] == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://localhost:1", ""])
def test_pages_of_other_origins_are_refused(sandbox: Sandbox, origin: str) -> None:
    host = f"localhost:{urlsplit(sandbox.url).port}"
    for path in ("/_control/state", "/api/auth.test", "/link/"):
        assert ask(sandbox, path, Host=host, Origin=origin)[0] == 403


def test_the_page_itself_passes(sandbox: Sandbox) -> None:
    host = f"localhost:{urlsplit(sandbox.url).port}"
    origin = f"http://{host}"
    assert ask(sandbox, "/_control/state", Host=host, Origin=origin)[0] == 200
    reset = ask(
        sandbox, "/_control/reset", "POST", b"{}", Host=host, Origin=origin,
        Content_Type="application/json",
    )  # fmt: skip
    assert reset[0] == 200


def test_what_a_form_of_another_page_could_send_is_refused(sandbox: Sandbox) -> None:
    kinds = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
    for kind in kinds:
        status, _, body = ask(sandbox, "/_control/reset", "POST", b"{}", Content_Type=kind)
        assert (status, b"application/json" in body) == (415, True)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"5", b"null", b'"x"'])
def test_a_body_that_is_no_json_object_is_refused_with_a_sentence(
    sandbox: Sandbox, body: bytes
) -> None:
    status, _, answer = ask(
        sandbox, "/_control/command", "POST", body, Content_Type="application/json"
    )
    assert status == 400
    assert b"body" in answer


def test_what_does_not_exist_is_said(sandbox: Sandbox) -> None:
    status, _, body = ask(sandbox, "/_control/nothing", "POST", b"{}", **JSON)
    assert (status, b"there is no /_control/nothing" in body) == (404, True)
    assert ask(sandbox, "/_control/nothing")[0] == 404
    assert ask(sandbox, "/_control/command")[0] in (404, 405)
    assert ask(sandbox, "/_control/state", "DELETE")[0] == 405


def test_the_pages_files_come_with_a_strict_policy(sandbox: Sandbox) -> None:
    status, headers, _ = ask(sandbox, "/")
    assert status == 200
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/../server.py", "/%2e%2e/server.py", "/..%2fserver.py", "//etc/passwd", "/nothing"]
)
def test_nothing_outside_the_pages_folder_is_served(sandbox: Sandbox, path: str) -> None:
    assert ask(sandbox, path)[0] in (400, 404)
