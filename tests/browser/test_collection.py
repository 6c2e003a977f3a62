"""One department's yearly collection as its people play it in the page, with the real bot behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.conftest import control, watch
from tests.browser.desk import Seat, SitDown, fill_in
from tests.browser.test_round import kpibot

pytestmark = pytest.mark.browser

PHONE = 390
SHEET = {
    "1-1b": 12,
    "1-1c": 68,
    "1-2a": "=1+2",
    "1-2b": "公表待ち（10月予定）",
    "1-4a": 2100,
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the bot's sandbox, started once."""
    with kpibot(tmp_path_factory.mktemp("office")) as url:
        yield url


@pytest.fixture
def sit_down(browser: Browser, office: str) -> Iterator[SitDown]:
    """Seats people at their own screens on 3 June 2025; no page may complain."""
    control(office, "reset", {"bot_data": True})
    complaints: list[str] = []
    with ExitStack() as screens:

        def seat(user: str, width: int = 1280) -> Seat:
            size = ViewportSize(width=width, height=860)
            context = browser.new_context(viewport=size, locale="ja-JP")
            screens.callback(context.close)
            page = context.new_page()
            watch(page, office, complaints)
            page.goto(f"{office}/#as={user}&at=D0{user.removeprefix('U0')}")
            expect(page.locator("article").first).to_be_visible()
            return Seat(page, office, user)

        yield seat
    assert complaints == []


def test_a_sheet_goes_from_the_department_to_approval_and_back_once(
    sit_down: SitDown, tmp_path: Path
) -> None:
    """Good rows go out together, one comes back with a reason, is corrected and approved."""
    child, planner = sit_down("U0CHILD"), sit_down("U0PLANNER")
    child.types("/kpi-submit 様式")
    child.attaches(fill_in(child.downloads("照会様式_R6_こども課", tmp_path), SHEET))
    preview = child.hears("様式の確認", "新規 3件・要確認 1件・エラー 1件・変更なし 3件・空欄 3件")
    expect(preview).to_contain_text("J16 計算式（=1+2）です。計算した値を入力してください。")
    expect(preview).to_contain_text("「68%」はこれまでの値（6.3%）の約10倍です。")
    child.clicks("3件を提出")
    child.hears("3件を提出しました（確認中）", "要確認の1件は提出していません。")

    planner.hears("承認のお願い", "R6実績 3件")
    expect(planner.page.locator("article", has_text="承認のお願い")).to_have_count(1)
    planner.clicks("承認の一覧を開く")
    planner.form.locator("label", has_text="1-4a").get_by_role("checkbox").check()
    planner.clicks("選んだものを差戻す", planner.form)
    planner.chooses("理由（定型文）", "出典を書いてください")
    planner.fills("新しい提出期限", "2025-06-10")
    planner.sends()
    expect(planner.form).to_contain_text("承認の一覧")
    expect(planner.form).not_to_contain_text("1-4a 学校応援団")
    for each in ("1-1b", "1-2b"):
        planner.form.locator("label", has_text=each).get_by_role("checkbox").check()
    planner.sends()
    expect(planner.form).to_contain_text("2件を承認しました。")
    planner.closes()

    approved = child.message("R6実績 2件が承認されました")
    expect(approved).to_contain_text("1-2b 子どもにかかりつけ医がいる世帯の割合")
    returned = child.message("R6実績が差し戻されました")
    expect(returned).to_contain_text("理由: 出典を書いてください")
    expect(returned).to_contain_text("新しい提出期限 6/10（火）")
    child.clicks("修正", returned)
    child.fills("出典", "学校の報告")
    child.sends()
    expect(child.form).to_contain_text("提出しました（確認中）")
    child.closes()

    planner.hears("承認のお願い", "1-4a", "学校の報告")
    planner.clicks("承認", planner.last)
    expect(planner.message("1-4a")).to_contain_text("承認済み")
    child.hears("R6実績が承認されました", "1-4a")
    child.types("/kpi こども課 未提出")
    for each in ("1-1c", "1-2a", "1-4b", "1-4c", "1-5b"):
        expect(child.last).to_contain_text(each)
    for each in ("1-1b", "1-2b", "1-4a"):
        expect(child.last).not_to_contain_text(each)
    child.opens_home()
    expect(child.home).to_contain_text("提出するもの 5件")


def test_figures_go_in_by_forms_from_home_and_are_approved_in_the_dm(sit_down: SitDown) -> None:
    """An odd one is asked about once more before it goes out."""
    child, planner = sit_down("U0CHILD2"), sit_down("U0PLANNER")
    child.opens_home()
    expect(child.home).to_contain_text("提出するもの 8件")
    for value in ("12", "68"):
        child.page.get_by_role("button", name="実績を入力").first.click()
        child.fills("実績値", value)
        child.fills("出典", "市の集計")
        child.sends()
        if value == "68":
            expect(child.form).to_contain_text("提出前の確認")
            expect(child.form).to_contain_text("「68%」はこれまでの値（6.3%）の約10倍です。")
            child.sends()
        expect(child.form).to_contain_text("提出しました（確認中）")
        child.closes()
        left = "7件" if value == "12" else "6件"
        expect(child.home).to_contain_text(f"提出するもの {left}")

    for indicator in ("1-1b", "1-1c"):
        request = planner.page.locator("article", has_text=indicator).last
        expect(request).to_contain_text("承認のお願い")
        planner.clicks("承認", request)
        expect(request).to_contain_text("承認済み")
    child.opens_dm()
    for indicator in ("1-1b", "1-1c"):
        told = child.page.locator("article", has_text="R6実績が承認されました")
        expect(told.filter(has_text=indicator)).to_have_count(1)


TYPED = {
    "1-1b R6 12人 県の公表値": "R6の実績 12人",
    "1-4b R6 児童56.0% 生徒48.2% 学校の調査": "R6の実績 児童56.0%・生徒48.2%",
    "1-5b R6 公表待ち（10月予定）": "R6の実績は 統計公表待ち（10月予定）",
    "1-2a R6 調査対象外": "R6の実績は 調査対象外年度",
    "1-4c R6 1,150人 学校の報告": "「1,150人」はこれまでの値（112人）の約10倍です。",
}


def test_what_is_typed_is_read_back_submitted_and_approved(sit_down: SitDown) -> None:
    """With what was typed; an odd value's button says that it was looked at."""
    child, planner = sit_down("U0CHILD"), sit_down("U0PLANNER")
    for typed, read in TYPED.items():
        child.types(f"/kpi-submit {typed}")
        child.hears("提出前の確認", read, f"入力された内容: /kpi-submit {typed}")
        child.clicks("確認して提出" if "約10倍" in read else "提出")
        child.hears("提出しました（確認中）")
    for indicator in ("1-1b", "1-4b", "1-5b", "1-2a", "1-4c"):
        request = planner.message(indicator)
        expect(request).to_contain_text("承認のお願い")
        planner.clicks("承認", request)
        expect(request).to_contain_text("承認済み")
    told = child.page.locator("article", has_text="R6実績が承認されました")
    expect(told).to_have_count(len(TYPED))


def test_what_cannot_be_read_is_given_back(sit_down: SitDown) -> None:
    """With an example of what could be."""
    child = sit_down("U0CHILD")
    child.types("/kpi-submit 1-4c R6 たくさん 県の公表値")
    told = child.hears("値として読み取れません。例: 100人")
    expect(told).to_contain_text("入力された内容: /kpi-submit 1-4c R6 たくさん 県の公表値")
    expect(told.get_by_role("button", name="提出")).to_have_count(0)


def test_everything_fits_a_phone(sit_down: SitDown, tmp_path: Path) -> None:
    """Answers, Home of three people, a form from Home, a sheet's preview and the list of approvals."""
    child = sit_down("U0CHILD", PHONE)
    for typed, heard in {
        "/kpi": "基本目標1",
        "/kpi 1-1": "保育所（園）待機児童数",
        "/kpi 1-1b": "待機児童数",
        "/kpi 未提出": "ページ",
        "/kpi ヘルプ": "/kpi",
    }.items():
        child.types(typed)
        expect(child.page.locator("article.ephemeral").last).to_contain_text(heard)
        child.fits()
    child.types("/kpi-submit 様式")
    child.attaches(fill_in(child.downloads("照会様式_R6_こども課", tmp_path), SHEET))
    child.hears("様式の確認")
    child.fits()
    child.clicks("3件を提出")
    child.hears("3件を提出しました")

    child.opens_home()
    child.fits()
    child.page.get_by_role("button", name="実績を入力").first.click()
    child.fills("実績値", "6.4")
    child.fits()
    child.sends()
    expect(child.form).to_contain_text("提出しました（確認中）")
    child.fits()

    planner, staff = sit_down("U0PLANNER", PHONE), sit_down("U0STAFF", PHONE)
    planner.types("/kpi-admin 承認")
    expect(planner.form).to_contain_text("承認の一覧")
    planner.fits()
    planner.closes()
    for person in (planner, staff):
        person.opens_home()
        person.fits()
