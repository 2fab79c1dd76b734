"""One person on Telegram, Zalo and a page: joined by a code, told once, reached by whichever way still works, parted again."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from bot.judge import Judging
from bot.settings import Settings
from tests.dialogue import Someone, TelegramLine, TestClock
from tests.dialogues.test_complaint import tell_and_send
from tests.play import Play, open_play
from tests.small_office import SmallOffice
from tests.zalo_bot_line import ZaloBotLine
from tests.zalo_line import ZaloLine


@pytest.fixture
async def many(settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice) -> AsyncIterator[Play]:
    """A stage on which one may be on Telegram, on Zalo and on the page at once."""
    async with open_play("telegram+zalo_oa+browser", settings, clock, judge, small_office) as stage:
        yield stage


@pytest.fixture
async def with_bot(settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice) -> AsyncIterator[Play]:
    """The same with Zalo Bot."""
    async with open_play("zalo_bot+zalo_oa+browser", settings, clock, judge, small_office) as stage:
        yield stage


async def code_of(someone: Someone) -> str:
    await someone.says("/noikenh")
    await someone.hears("dùng cả Telegram, Zalo", buttons=("Lấy mã nối", "Nhập mã nối"))
    await someone.taps("Lấy mã nối")
    shown = await someone.hears("trong 10 phút", "đừng đưa mã cho ai")
    found = re.search(r"NK-\w{4}-\w{4}", shown.text)
    assert found
    return found[0]


async def greeted(someone: Someone) -> Someone:
    await someone.says("/start")
    await someone.hears("trợ lý tự động")
    await someone.hears("kể giúp tôi")
    return someone


async def joined(play: Play, here: str = "zalo_oa", there: str = "telegram") -> tuple[Someone, Someone]:
    """A citizen who took the code on the first channel and typed it on the second."""
    first, second = await greeted(await play.citizen("ở đây", on=here)), await greeted(await play.citizen("ở kia", on=there))
    code = await code_of(first)
    await second.says(code.lower().replace("-", " "))
    await second.hears("Nối cuộc trò chuyện này với", "Chỉ nối khi chính anh/chị", buttons=("Nối hai kênh", "Không"))
    await second.taps("Nối hai kênh")
    await second.hears("Đã nối với")
    await first.hears("vừa được nối với", "Nếu không phải anh/chị", buttons=("Gỡ",))
    return first, second


async def test_what_was_filed_here_is_seen_there(many: Play) -> None:
    here, there = await joined(many)
    await here.says("/start")
    await here.hears("kể giúp tôi")
    many.clock.forward(minutes=1)
    await many_filed(here)
    await there.says("/tracuu")
    await there.hears(buttons=("Giao tiếp",))


async def many_filed(someone: Someone) -> str:
    """A whole complaint of somebody who was greeted before."""
    await someone.says("Sáng nay tôi đến nộp hồ sơ khai sinh cho cháu mà cán bộ quát to giữa phòng, bảo tôi ngu rồi đuổi về")
    await someone.hears(buttons=("Loại khác",))
    await someone.taps("Loại khác")
    await someone.hears("gần nhất")
    await someone.taps("Giao tiếp")
    await someone.hears("đơn vị nào")
    await someone.says("mot cua an binh")
    await someone.hears("nơi nào")
    await someone.taps("Bộ phận một cửa xã An Bình")
    await someone.hears("gửi kèm")
    await someone.taps("Không có")
    await someone.hears("cách nào")
    await someone.taps("Giữ kín")
    await someone.hears("xem lại")
    await someone.taps("📨 Gửi")
    receipt = await someone.hears("Mã biên nhận")
    return next(line for line in receipt.text.splitlines() if line.replace("-", "").isdigit())


async def test_news_come_by_the_channel_used_last_and_only_there(many: Play) -> None:
    head = await many.official("CT01", on="browser")
    here, there = await joined(many)
    code = await many_filed(here)
    many.clock.forward(hours=2)
    await there.says("/trogiup")
    await there.hears("Anh/chị có thể")
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("quát to")
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    await there.hears("đã được tiếp nhận", code)
    await here.hears_nothing()


async def test_a_blocked_bot_is_passed_by(many: Play) -> None:
    head = await many.official("CT01", on="browser")
    here, there = await joined(many)
    code = await many_filed(here)
    many.clock.forward(hours=2)
    await there.says("/trogiup")
    await there.hears("Anh/chị có thể")
    assert isinstance(there.line, TelegramLine)
    await there.line._person.blocks_bot()
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("quát to")
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    await here.hears("đã được tiếp nhận", code)


async def test_without_another_channel_the_news_waits_for_the_return(many: Play) -> None:
    head = await many.official("CT01", on="browser")
    citizen = await many.citizen(on="telegram")
    code = await tell_and_send(citizen)
    assert isinstance(citizen.line, TelegramLine)
    await citizen.line._person.blocks_bot()
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("quát to")
    await head.taps("Trả lời")
    await head.hears("viết câu trả lời")
    await head.says("Chúng tôi xin lỗi bà con.")
    await head.hears("Người dân sẽ đọc")
    await head.taps("Gửi trả lời")
    await head.hears("Đã ghi câu trả lời")
    await citizen.hears_nothing()
    await citizen.line._person.unblocks_bot()
    await citizen.says("/trogiup")
    await citizen.hears(code, "xin lỗi bà con")
    await citizen.hears("Anh/chị có thể")


async def test_an_official_is_one_on_both(many: Play) -> None:
    official = await many.official("MC02", on="telegram")
    code = await code_of(official)
    zalo = await greeted(await many.citizen("MC02 trên Zalo", on="zalo_oa"))
    await zalo.says("/noikenh")
    await zalo.hears("dùng cả Telegram, Zalo")
    await zalo.taps("Nhập mã nối")
    await zalo.hears("nhập mã nối")
    await zalo.says(code)
    await zalo.hears("Việc của cán bộ cũng làm được")
    await zalo.taps("Nối hai kênh")
    await zalo.hears("Đã nối với Telegram", buttons=("Điểm danh",))
    await official.hears("vừa được nối với Zalo")
    await zalo.says("/diemdanh")
    await zalo.hears()
    await official.taps("Gỡ Zalo")
    await official.hears("Đã gỡ Zalo")
    await zalo.hears("vừa được gỡ khỏi Telegram")
    await zalo.says("/diemdanh")
    await zalo.hears("dành cho cán bộ")


async def test_codes_that_do_not_join(many: Play) -> None:
    first = await greeted(await many.citizen("một", on="telegram"))
    code = await code_of(first)
    await first.says(code)
    await first.hears("lấy ở chính kênh này")
    second = await greeted(await many.citizen("hai", on="browser"))
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    await second.says(wrong)
    await second.hears("không đúng hoặc đã hết hạn")
    await second.says("/huy")
    await second.hears("Đã dừng")
    await second.says(code)
    await second.hears("Nối cuộc trò chuyện này với Telegram")
    await second.taps("Không")
    await second.hears("Không nối nữa")
    many.clock.forward(minutes=11)
    await second.says(code)
    await second.hears("không đúng hoặc đã hết hạn")


async def test_two_officials_stay_two(many: Play) -> None:
    one, two = await many.official("MC02", on="telegram"), await many.official("CT01", on="browser")
    code = await code_of(one)
    await two.says(code)
    await two.hears("hai cán bộ khác nhau")


async def test_whoever_was_parted_sees_nothing_more(many: Play) -> None:
    here, there = await joined(many)
    await many_filed(here)
    await here.says("/noikenh")
    await here.hears("đang nối với: Telegram")
    await here.taps("Gỡ Telegram")
    await here.hears("Đã gỡ Telegram")
    await there.hears("vừa được gỡ khỏi Zalo")
    await there.says("/tracuu")
    await there.hears("mã biên nhận")
    await here.taps("Gỡ Telegram")
    await here.hears("không còn nối")


async def test_an_invitation_on_a_second_account_shows_no_complaint(many: Play) -> None:
    """Whoever hands out invitations could else look into what an official filed."""
    first = await many.official("MC02", on="telegram")
    await first.says("Sáng nay tôi đến nộp hồ sơ khai sinh cho cháu mà cán bộ quát to giữa phòng, bảo tôi ngu rồi đuổi về")
    await first.hears(buttons=("Loại khác",))
    second = await many.official("MC02", on="browser")
    await second.says("/tracuu")
    shown = await second.hears("mã biên nhận")
    assert not [label for label in shown.buttons if "Giao tiếp" in label]


@pytest.mark.parametrize("channel", ["telegram", "zalo_oa", "browser"])
async def test_a_receipt_code_works_on_any_channel(many: Play, channel: str) -> None:
    citizen = await many.citizen(on="zalo_oa" if channel != "zalo_oa" else "telegram")
    code = await tell_and_send(citizen)
    other = await many.citizen("kênh khác", on=channel)
    await other.says(code)
    await other.hears("trợ lý tự động", "chờ tiếp nhận")


async def test_a_blocked_account_is_passed_by(many: Play) -> None:
    """The account's server says -217: the news goes to Telegram."""
    head = await many.official("CT01", on="browser")
    here, there = await joined(many, here="telegram", there="zalo_oa")
    code = await many_filed(there)
    assert isinstance(there.line, ZaloLine)
    there.line._person.blocks()
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("quát to")
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    await here.hears("đã được tiếp nhận", code)


@pytest.mark.parametrize(("here", "there"), [("zalo_bot", "zalo_oa"), ("zalo_oa", "zalo_bot"), ("browser", "zalo_bot")])
async def test_zalo_bot_is_one_of_the_channels(with_bot: Play, here: str, there: str) -> None:
    """Where the code is shown, and where it is typed; news comes by the one used last, and by the other when that is shut."""
    head = await with_bot.official("CT01", on="browser")
    first, second = await joined(with_bot, here=here, there=there)
    code = await many_filed(first)
    with_bot.clock.forward(hours=2)
    await second.says("/trogiup")
    await second.hears("Anh/chị có thể")
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("quát to")
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    await second.hears("đã được tiếp nhận", code)
    await first.hears_nothing()
    if isinstance(second.line, ZaloBotLine):
        second.line._person.blocks()
        await head.taps("Trả lời")
        await head.hears("viết câu trả lời")
        await head.says("Chúng tôi xin lỗi bà con.")
        await head.hears("Người dân sẽ đọc")
        await head.taps("Gửi trả lời")
        await head.hears("Đã ghi câu trả lời")
        await first.hears(code, "xin lỗi bà con")


@pytest.mark.parametrize(("filed", "typed"), [("zalo_oa", "zalo_bot"), ("zalo_bot", "browser")])
async def test_a_receipt_code_works_also_on_zalo_bot(with_bot: Play, filed: str, typed: str) -> None:
    code = await tell_and_send(await with_bot.citizen(on=filed))
    other = await with_bot.citizen("kênh khác", on=typed)
    await other.says(code)
    await other.hears("trợ lý tự động", "chờ tiếp nhận")
