"""A forgotten check-in: asked for by the official, decided by the head, told to both, and marked wherever it is seen."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from office.corrections_of_attendance import withdraw
from office.people import Role
from office.records import Attendance, AttendanceCorrection, Post
from tests.dialogue import Someone
from tests.play import Play
from tests.small_office import LONG_AGO


async def states(play: Play) -> list[tuple[str, str, str]]:
    """Day, session and state of the requests."""
    async with play.app.database.reading() as session:
        rows = (await session.execute(select(AttendanceCorrection).order_by(AttendanceCorrection.id))).scalars()
        return [(f"{each.day}", each.session, each.state) for each in rows]


async def arrivals(play: Play) -> list[tuple[str, str, int, bool]]:
    async with play.app.database.reading() as session:
        rows = (await session.execute(select(Attendance).order_by(Attendance.day, Attendance.session))).scalars()
        return [(f"{each.day}", each.session, each.late_minutes, each.corrected) for each in rows]


async def asks_for_friday_morning(official: Someone) -> None:
    """The whole way, on time and forgotten."""
    await official.says("/bosung thứ Sáu")
    await official.hears("Thứ Sáu 20/11", "buổi nào", buttons=("Buổi sáng", "Buổi chiều"))
    await official.taps("Buổi sáng")
    await official.hears("buổi sáng thứ Sáu 20/11 lúc mấy giờ", buttons=("Đúng giờ (07:30)",))
    await official.taps("Đúng giờ")
    await official.hears("Vì sao", buttons=("Quên bấm", "Điện thoại", "Họp"))
    await official.taps("Quên bấm")
    await official.hears(
        "giờ đến buổi sáng thứ Sáu 20/11: 07:30 (đúng giờ)", "Lý do: Quên bấm", "xã An Bình", buttons=("Gửi", "Sửa", "Thôi")
    )
    await official.taps("Gửi")
    await official.hears("Đã gửi", "xã An Bình", buttons=("Rút lại: sáng 20/11",))


REQUEST = ("Phạm Văn Tiếp Nhận xin bổ sung giờ đến buổi sáng thứ Sáu 20/11: 07:30 (đúng giờ)", "Lý do: Quên bấm")


async def test_from_the_own_month_to_the_heads_yes(play: Play) -> None:
    official, head = await play.official("MC02"), await play.official("CT01")
    await official.says("/congcuatoi")
    await official.hears("Công tháng 11/2026", buttons=("Xin bổ sung",))
    await official.taps("Xin bổ sung")
    asked = await official.hears("quên điểm danh ngày nào", buttons=("thứ Sáu 20/11", "thứ Hai 16/11", "Quên báo về"))
    assert not any("13/11" in label or "23/11" in label for label in asked.buttons)  # too old; not begun
    await official.taps("thứ Sáu 20/11")
    await official.hears("buổi nào")
    await official.taps("Buổi sáng")
    await official.hears("lúc mấy giờ")
    await official.taps("Đúng giờ")
    await official.hears("Vì sao")
    await official.says("Điện thoại hết pin")
    await official.hears("Lý do: Điện thoại hết pin")
    assert await states(play) == []
    await official.taps("Gửi")
    await official.hears("Đã gửi")
    await head.hears("Phạm Văn Tiếp Nhận", "Lý do: Điện thoại hết pin", buttons=("Đồng ý", "Không đồng ý"))
    assert await arrivals(play) == []
    await head.taps("✔️ Đồng ý")
    await head.hears("Đã đồng ý", "Phạm Văn Tiếp Nhận", "bổ sung")
    await official.hears("giờ đến buổi sáng thứ Sáu 20/11", "đã được đồng ý", "07:30", buttons=("Công của tôi",))
    assert await arrivals(play) == [("2026-11-20", "morning", 0, True)]
    await head.taps("Không đồng ý")
    await head.hears("đã được đồng ý rồi")
    await official.says("/congcuatoi")
    await official.hears("Bổ sung được duyệt: 1 buổi", "thứ Sáu 20/11, buổi sáng: đến 07:30 · bổ sung, đã duyệt")
    await official.says("/bosung thứ sáu")
    await official.hears("buổi chiều thứ Sáu 20/11 lúc mấy giờ")


async def test_no_with_a_reason(play: Play) -> None:
    official, head = await play.official("MC02"), await play.official("CT01")
    await asks_for_friday_morning(official)
    await head.hears(*REQUEST)
    await head.taps("Không đồng ý")
    await head.hears("vì sao không đồng ý")
    await head.says("Sáng ấy không thấy")
    await head.hears("Tôi sẽ báo Phạm Văn Tiếp Nhận", "“Sáng ấy không thấy”", buttons=("Gửi", "Viết lại"))
    await official.hears_nothing()
    await head.taps("Viết lại")
    await head.hears("vì sao không đồng ý")
    await head.says("Sáng ấy quầy không có người, dân chờ")
    await head.hears("quầy không có người")
    await head.taps("Gửi")
    await head.hears("Đã báo Phạm Văn Tiếp Nhận: không đồng ý")
    await official.hears("không được đồng ý", "“Sáng ấy quầy không có người, dân chờ”")
    assert await states(play) == [("2026-11-20", "morning", "refused")]
    assert await arrivals(play) == []


async def test_taken_back_while_it_waits(play: Play) -> None:
    official, head = await play.official("MC02"), await play.official("CT01")
    await asks_for_friday_morning(official)
    await head.hears(*REQUEST)
    await official.says("/bosung")
    await official.hears("Đang chờ duyệt: giờ đến buổi sáng thứ Sáu 20/11, lúc 07:30", buttons=("Rút lại: sáng 20/11",))
    await official.taps("Rút lại")
    await official.hears("Đã rút yêu cầu bổ sung giờ đến buổi sáng thứ Sáu 20/11")
    await official.taps("Rút lại")
    await official.hears("đã được trả lời hoặc đã rút")
    await head.taps("✔️ Đồng ý")
    await head.hears("Phạm Văn Tiếp Nhận đã rút yêu cầu này")
    assert await states(play) == [("2026-11-20", "morning", "withdrawn")]
    assert await arrivals(play) == []


async def test_one_withdrawn_before_it_is_carried_is_not_spoken_of(play: Play) -> None:
    official, head = await play.official("MC02"), await play.official("CT01")
    await official.says("/bosung 20/11")
    await official.hears("buổi nào")
    await official.says("sáng")
    await official.hears("mấy giờ")
    await official.taps("Đúng giờ")
    await official.hears("Vì sao")
    await official.taps("Quên bấm")
    await official.hears("Nơi duyệt: Ủy ban nhân dân xã An Bình")
    await official.taps("✔️ Gửi")
    async with play.app.database.transaction() as session:  # from the person's other account, before the courier goes
        kept = (await session.execute(select(AttendanceCorrection))).scalar_one()
        assert await withdraw(session, kept.id, kept.person_id, play.clock())
    await official.hears("Đã gửi")
    await head.hears_nothing()


async def test_hours_in_words(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("xin bổ sung")
    await official.hears("quên điểm danh ngày nào")
    await official.says("19/11")
    await official.hears("Thứ Năm 19/11")
    await official.says("chiều")
    await official.hears("buổi chiều thứ Năm 19/11 lúc mấy giờ", "13h40")
    await official.says("không nhớ nữa")
    await official.hears("chưa đọc được giờ", buttons=("Đúng giờ (13:30)",))
    await official.says("17h30")
    await official.hears("từ 12:30 đến trước 17:00")
    await official.says("khoảng 2 giờ kém 5")
    await official.hears("Vì sao")
    await official.says("x" * 201)
    await official.hears("dưới 200 ký tự")
    await official.says("Họp dưới thôn")
    await official.hears("13:55 (muộn 25 phút)", "Họp dưới thôn")
    await official.says("Họp dưới thôn Hai")
    await official.hears("Lý do: Họp dưới thôn Hai")
    await official.taps("Sửa")
    await official.hears("ngày nào")
    await official.says("8/11")
    await official.hears("không có buổi nào tôi nhận bổ sung")
    await official.says("/huy")
    await official.hears("Đã dừng")
    assert await states(play) == []


async def test_a_forgotten_departure(play: Play) -> None:
    official, head = await play.official("MC02"), await play.official("CT01")
    await official.says("/diemdanh")
    await official.hears("07:00")
    await official.says("/bosung về")
    await official.hears("không thiếu giờ về nào", buttons=("Quên điểm danh",))
    play.clock.set("2026-11-23 18:00")
    await official.says("/ve")
    await official.hears("chưa thấy anh/chị điểm danh", buttons=("Xin bổ sung",))
    await official.says("quên báo về")
    await official.hears("quên báo về ngày nào", buttons=("thứ Hai 23/11",))
    await official.taps("thứ Hai 23/11")
    await official.hears("về buổi sáng thứ Hai 23/11 lúc mấy giờ", buttons=("Đúng giờ (11:30)",))
    await official.says("6h50")
    await official.hears("phải sau giờ đến (07:00)")
    await official.says("11h10")
    await official.hears("Vì sao")
    await official.taps("Họp")
    await official.hears("giờ về buổi sáng thứ Hai 23/11: 11:10 (sớm 20 phút)")
    await official.taps("Gửi")
    await official.hears("Đã gửi")
    await head.hears("giờ về buổi sáng")
    await head.taps("✔️ Đồng ý")
    await head.hears("Giờ về của Phạm Văn Tiếp Nhận được ghi")
    await official.hears("đã được đồng ý, ghi lúc 11:10")
    await head.says("/homnay")
    await head.hears("Phạm Văn Tiếp Nhận (11:10, bổ sung)")


async def test_the_head_sees_what_waits_and_what_was_added(play: Play) -> None:
    official, head = await play.official("MC02"), await play.official("CT01")
    play.clock.set("2026-11-23 09:00")
    await official.says("/bosung hôm nay")
    await official.hears("buổi sáng thứ Hai 23/11 lúc mấy giờ")
    await official.says("7h25")
    await official.hears("Vì sao")
    await official.taps("Quên bấm")
    await official.hears("07:25 (đúng giờ)")
    await official.taps("Gửi")
    await official.hears("Đã gửi")
    await head.hears("07:25")
    await head.says("/homnay")
    await head.hears("có mặt 0/5", buttons=("Xin bổ sung chờ duyệt (1)",))
    await head.taps("Xin bổ sung chờ duyệt")
    await head.hears("chờ anh/chị duyệt: 1", buttons=("Phạm Văn Tiếp Nhận – giờ đến buổi sáng thứ Hai 23/11",))
    await head.taps("Phạm Văn Tiếp Nhận – giờ đến")
    await head.hears("Lý do: Quên bấm", buttons=("Đồng ý", "Không đồng ý"))
    await head.taps("✔️ Đồng ý")
    await head.hears("Đã đồng ý")
    await official.hears("đã được đồng ý")
    await head.says("/homnay")
    board = await head.hears("có mặt 1/5", "Bổ sung, đã duyệt 1: Phạm Văn Tiếp Nhận (07:25)")
    assert not any("chờ duyệt" in label for label in board.buttons)
    await head.says("/duyetbosung")
    await head.hears("Không có yêu cầu")
    await head.says("/bantin")
    await head.hears()
    await head.hears("1 lượt có mặt do bổ sung sau, đã được duyệt", buttons=("Chi tiết chuyên cần",))
    await head.taps("Chi tiết chuyên cần")
    await head.hears("thứ Hai 23/11: 1/5, muộn 0, bổ sung 1", "Điểm danh bổ sung, đã duyệt: Phạm Văn Tiếp Nhận (1 buổi)")


async def test_who_checked_in_meanwhile_keeps_that(play: Play) -> None:
    official, head = await play.official("MC02"), await play.official("CT01")
    play.clock.set("2026-11-23 09:00")
    await official.says("/bosung hôm nay")
    await official.hears("lúc mấy giờ")
    await official.taps("Đúng giờ")
    await official.hears("Vì sao")
    await official.taps("Quên bấm")
    await official.hears("07:30")
    await official.taps("Gửi")
    await official.hears("Đã gửi")
    await head.hears("07:30")
    await official.says("/diemdanh")
    await official.hears("muộn 90 phút")
    await official.taps("Để sau")
    await official.hears("Giờ đến đã được ghi")
    await head.taps("✔️ Đồng ý")
    await head.hears("đã có lần ghi khác")
    await official.hears("không cần bổ sung giờ đến buổi sáng thứ Hai 23/11 nữa")
    assert await arrivals(play) == [("2026-11-23", "morning", 90, False)]


async def test_nobody_decides_for_themselves_or_for_strangers(play: Play) -> None:
    official, head = await play.official("MC02"), await play.official("CT01")
    neighbour, colleague = await play.official("CT02"), await play.official("MC01")
    await asks_for_friday_morning(official)
    await head.hears(*REQUEST)
    yes = next(handle for label, handle in head.seen[-1].buttons.items() if label == "✔️ Đồng ý")
    await play.press(neighbour, yes)
    await neighbour.hears("không do anh/chị duyệt")
    for someone in (official, colleague):
        await play.press(someone, yes)
        await someone.hears("Nút này")
    await head.says("/bosung thứ Sáu")
    await head.hears("buổi nào")
    await head.taps("Buổi chiều")
    await head.hears("lúc mấy giờ")
    await head.taps("Đúng giờ")
    await head.hears("Vì sao")
    await head.taps("Quên bấm")
    await head.hears("chưa có ai ở cấp trên duyệt được")
    async with play.app.database.transaction() as session:
        people, units = play.office.people, play.office.units
        session.add(Post(person_id=people["NV01"], unit_id=units["tinh"], role=Role.ADMIN, valid_from=LONG_AGO))
    admin = await play.official("NV01")
    await head.says("/bosung thứ Sáu")
    await head.hears("buổi nào")
    await head.taps("Buổi chiều")
    await head.hears("lúc mấy giờ")
    await head.taps("Đúng giờ")
    await head.hears("Vì sao")
    await head.taps("Quên bấm")
    await head.hears("Tỉnh Thử Nghiệm")
    await head.taps("✔️ Gửi")
    await head.hears("Đã gửi")
    await admin.hears("Trần Văn Chủ Tịch xin bổ sung giờ đến buổi chiều")
    await play.press(head, next(handle for label, handle in admin.seen[-1].buttons.items() if label == "✔️ Đồng ý"))
    await head.hears("không do anh/chị duyệt")
    await admin.taps("✔️ Đồng ý")
    await admin.hears("Đã đồng ý")
    await head.hears("đã được đồng ý")
    assert [state for _, _, state in await states(play)] == ["waiting", "approved"]


async def test_a_head_who_is_not_linked_is_named_to_be_told(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("/bosung 20/11")
    await official.hears("buổi nào")
    await official.taps("Buổi chiều")
    await official.hears("mấy giờ")
    await official.taps("Đúng giờ")
    await official.hears("Vì sao")
    await official.taps("Quên bấm")
    await official.hears("13:30 (đúng giờ)")
    await official.taps("✔️ Gửi")
    await official.hears("chưa liên kết với tôi", "xã An Bình")
    head = await play.official("CT01")
    await head.says("duyệt bổ sung")
    await head.hears("chờ anh/chị duyệt: 1")


async def test_it_is_nothing_for_a_citizen(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says("/bosung")
    await citizen.hears("/lienket")
    await citizen.says("/trogiup")
    assert "bosung" not in (await citizen.hears("Anh/chị")).text
    former = await play.official("MC02")
    await former.says("/congcuatoi")
    await former.hears("Công tháng")
    async with play.app.database.transaction() as session:
        post = (await session.execute(select(Post).where(Post.person_id == play.office.people["MC02"]))).scalar_one()
        post.valid_to = dt.date(2026, 11, 23)
    await former.taps("Xin bổ sung")
    await former.hears("/lienket")
