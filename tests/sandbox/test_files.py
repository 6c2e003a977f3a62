"""Files: uploaded in three steps by the bot, dropped by people, read with a token."""

from __future__ import annotations

import base64

import pytest
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.sandbox.hands import Hands, fetch
from tests.sandbox.test_chat import error_of

SHEET = b"a,b\n1,2\n"


def upload(client: WebClient, channel: str | None = None, comment: str | None = None) -> str:
    """Upload a file as the bot and return its id."""
    done = client.files_upload_v2(
        filename="表.csv", content=SHEET, title="表", channel=channel, initial_comment=comment
    )
    file_id: str = done["file"]["id"]
    return file_id


def test_an_uploaded_file_is_posted_and_can_be_read(client: WebClient, hands: Hands) -> None:
    file_id = upload(client, channel="C0STAFF", comment="どうぞ")
    (message,) = hands.messages("C0STAFF", "U0STAFF")
    assert (message["text"], message["files"][0]["id"]) == ("どうぞ", file_id)
    told = client.files_info(file=file_id)["file"]
    assert (told["name"], told["mimetype"], told["size"]) == ("表.csv", "text/csv", len(SHEET))
    assert [f["id"] for f in client.files_list()["files"]] == [file_id]
    assert [f["id"] for f in hands.look("files")["files"]] == [file_id]


def test_the_bytes_go_to_the_token_and_a_sign_in_page_to_others(
    client: WebClient, sandbox: Sandbox
) -> None:
    url = client.files_info(file=upload(client))["file"]["url_private_download"]
    token = {"Authorization": f"Bearer {sandbox.bot_token}"}
    assert fetch(url, headers=token).body == SHEET
    stranger = fetch(url, headers={"Authorization": "Bearer xoxb-other"})
    assert (stranger.status, stranger.headers["content-type"]) == (
        200,
        "text/html; charset=utf-8",
    )
    missing = fetch(f"{sandbox.url}/files-pri/T0KITAMOTO-F0NO/x.csv", headers=token)
    assert missing.status == 404


def test_people_download_what_was_shared_with_them(client: WebClient, sandbox: Sandbox) -> None:
    file_id = upload(client, channel="U0CHILD")
    mine = fetch(f"{sandbox.url}/_control/file/{file_id}?as=U0CHILD")
    assert mine.body == SHEET
    assert mine.headers["content-disposition"].startswith("attachment; ")
    assert fetch(f"{sandbox.url}/_control/file/{file_id}?as=U0STAFF").status == 404
    assert fetch(f"{sandbox.url}/_control/file/F0NO?as=U0CHILD").status == 404


def test_a_file_is_only_there_once_its_upload_is_complete(
    client: WebClient, sandbox: Sandbox
) -> None:
    begun = client.files_getUploadURLExternal(filename="x.png", length=3)
    files = [{"id": begun["file_id"], "title": "x"}]
    unsent = error_of(client.files_completeUploadExternal, files=files)
    assert unsent == "file_not_found"
    assert fetch(begun["upload_url"], b"abc").body == b"OK - 3"
    assert error_of(client.files_info, file=begun["file_id"]) == "file_not_found"
    assert client.files_completeUploadExternal(files=files)["files"][0]["id"] == begun["file_id"]
    assert fetch(begun["upload_url"], b"abc").status == 404
    again = error_of(client.files_completeUploadExternal, files=files)
    assert again == "file_not_found"


def test_an_upload_needs_a_name_a_length_and_a_channel_the_bot_is_in(
    client: WebClient, hands: Hands
) -> None:
    assert error_of(client.files_getUploadURLExternal, filename="", length=3) == "invalid_arguments"
    assert (
        error_of(client.files_getUploadURLExternal, filename="x", length=0) == "invalid_arguments"
    )
    hands.do("channel", channel="C0ELSEWHERE", members=["U0STAFF"])
    assert error_of(upload, client=client, channel="C0ELSEWHERE") == "not_in_channel"
    assert error_of(upload, client=client, channel="C0NOWHERE") == "channel_not_found"
    wrong = error_of(client.api_call, api_method="files.completeUploadExternal", json={"files": 1})
    assert wrong == "invalid_arguments"


def test_an_image_block_may_name_a_file_that_exists(client: WebClient) -> None:
    image = {"type": "image", "alt_text": "図", "slack_file": {"id": "F0NO"}}
    wrong = error_of(client.chat_postMessage, channel="C0STAFF", text="x", blocks=[image])
    assert wrong == "invalid_blocks"
    file_id = upload(client)
    image["slack_file"] = {"id": file_id}
    assert client.chat_postMessage(channel="C0STAFF", text="x", blocks=[image])["ok"]
    image["slack_file"] = {"url": client.files_info(file=file_id)["file"]["url_private"]}
    assert client.chat_postMessage(channel="C0STAFF", text="x", blocks=[image])["ok"]


@pytest.mark.parametrize("field", ["content", "content_base64"])
def test_people_drop_files_as_base64(hands: Hands, client: WebClient, field: str) -> None:
    content = base64.b64encode(SHEET).decode()
    answer = hands.do(
        "upload",
        user="U0STAFF",
        channel="C0STAFF",
        filename="x.csv",
        text="どうぞ",
        **{field: content},
    )
    assert answer["file"]["user"] == "U0STAFF"
    (message,) = client.conversations_history(channel="C0STAFF")["messages"]
    assert (message["user"], message["text"]) == ("U0STAFF", "どうぞ")
    assert message["files"][0]["id"] == answer["file"]["id"]


def test_people_drop_files_as_a_form(sandbox: Sandbox, hands: Hands) -> None:
    parts = [("user", None, b"U0STAFF"), ("channel", None, b"C0STAFF"), ("file", "x.csv", SHEET)]
    body = b""
    for name, filename, value in parts:
        extra = f'; filename="{filename}"' if filename else ""
        head = f'--edge\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n'
        body += head.encode() + value + b"\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=edge"}
    reply = fetch(f"{sandbox.url}/_control/upload", body + b"--edge--\r\n", kind)
    assert reply.json["file"]["size"] == len(SHEET)
    assert len(hands.messages("C0STAFF", "U0STAFF")) == 1
