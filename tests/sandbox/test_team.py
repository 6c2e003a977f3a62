"""Who is who: the team, users, user groups, the token's owner."""

from __future__ import annotations

from slack_sdk import WebClient

from tests.sandbox.hands import Hands
from tests.sandbox.test_chat import error_of


def test_the_token_belongs_to_the_bot(client: WebClient) -> None:
    told = client.auth_test()
    assert (told["user_id"], told["bot_id"], told["team_id"]) == (
        "U0KPIBOT",
        "B0KPIBOT",
        "T0KITAMOTO",
    )
    assert client.team_info()["team"]["id"] == "T0KITAMOTO"


def test_kinds_of_users_are_told_apart(client: WebClient) -> None:
    def user(name: str) -> dict[str, object]:
        found: dict[str, object] = client.users_info(user=name)["user"]
        return found

    assert user("U0GUEST")["is_restricted"] is True
    assert user("U0OUTSIDE")["team_id"] == "T0OTHER"
    assert user("U0OTHERBOT")["is_bot"] is True
    gone = user("U0GONE")
    assert gone["deleted"] is True
    assert "is_restricted" not in gone
    staff = user("U0STAFF")
    assert (staff["deleted"], staff["is_bot"], staff["is_restricted"]) == (False, False, False)
    assert error_of(client.users_info, user="U0NOBODY") == "user_not_found"
    assert error_of(client.api_call, api_method="users.info") == "invalid_arguments"


def test_the_list_of_users_holds_this_workspaces_own(client: WebClient) -> None:
    listed = {user["id"] for page in client.users_list(limit=5) for user in page["members"]}
    assert {"U0STAFF", "U0GONE", "U0OTHERBOT", "U0KPIBOT"} <= listed
    assert "U0OUTSIDE" not in listed


def test_user_groups_expand_to_ids(client: WebClient) -> None:
    groups = client.usergroups_list(include_users=True)["usergroups"]
    assert groups[0]["users"] == ["U0PLANNER", "U0PLANNER2"]
    assert client.usergroups_users_list(usergroup="S0CHILD")["users"] == ["U0CHILD", "U0CHILD2"]
    assert error_of(client.usergroups_users_list, usergroup="S0NO") == "no_such_subteam"


def test_a_changed_user_is_seen_changed(client: WebClient, hands: Hands) -> None:
    hands.do("user", user="U0STAFF", deleted=True)
    assert client.users_info(user="U0STAFF")["user"]["deleted"] is True
    hands.do("user", user="U0NEW", real_name="新人")
    assert client.users_info(user="U0NEW")["user"]["real_name"] == "新人"
    assert client.conversations_open(users="U0NEW")["channel"]["id"] == "D0NEW"
