"""A line to Slack: what comes over it, and what ends it."""

from __future__ import annotations

import socket
from base64 import b64encode
from hashlib import sha1
from threading import Thread

from websocket import WebSocketApp

from bot.line.socket_mode import look_at_letters_once

OF_RFC_6455 = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT = 0x81


def send(line: socket.socket, *texts: bytes) -> None:
    """Greet as a server of web sockets does, send these as text, and say no more."""
    key = line.recv(4096).decode().split("Sec-WebSocket-Key: ")[1].split("\r\n")[0]
    accepted = b64encode(sha1((key + OF_RFC_6455).encode()).digest()).decode()
    greeting = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    line.sendall(f"{greeting}Sec-WebSocket-Accept: {accepted}\r\n\r\n".encode())
    line.sendall(b"".join(bytes([TEXT, len(text)]) + text for text in texts))
    line.shutdown(socket.SHUT_WR)


def test_what_is_no_utf_8_ends_the_line_after_what_was() -> None:
    ours, theirs = socket.socketpair()
    heard, wrong = list[str](), list[Exception]()
    session = WebSocketApp(
        "ws://127.0.0.1",
        on_open=look_at_letters_once,
        on_message=lambda _, text: heard.append(text),
        on_error=lambda _, error: wrong.append(error),
        socket=ours,
    )
    with theirs:
        sender = Thread(target=send, args=(theirs, "待機児童".encode(), b"\xed\xa0\x80", b"more"))
        sender.start()
        session.run_forever()
        sender.join()
    assert heard == ["待機児童"]
    assert [type(error) for error in wrong] == [UnicodeDecodeError]
