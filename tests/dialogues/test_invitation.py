"""An invitation links one account once within seven days; whoever is linked can leave again."""

from __future__ import annotations

from office.people import invite
from tests.play import Play


async def invited(play: Play, staff_code: str = "MC02") -> str:
    async with play.app.database.transaction() as session:
        return await invite(session, play.office.people[staff_code], play.clock())


async def test_a_second_account_cannot_use_it_again(play: Play) -> None:
    code = await invited(play)
    owner, other = await play.citizen("chủ mã"), await play.citizen("người khác")
    await owner.says(f"/lienket {code}")
    await owner.hears("Đã liên kết", "Phạm Văn Tiếp Nhận", buttons=("Điểm danh",))
    await other.says("/lienket")
    await other.hears("mã mời gồm 8 ký tự")
    await other.says(code.lower().replace("-", " "))
    await other.hears("đã được dùng rồi", "báo ngay cho cơ quan")
    await other.says("/diemdanh")
    await other.hears("dành cho cán bộ")
    assert (await play.contact_of(other)).person_id is None
    await owner.says(f"/lienket {code}")
    await owner.hears("đã được dùng rồi")
    assert (await play.contact_of(owner)).person_id == play.office.people["MC02"]


async def test_it_is_good_for_seven_days_and_no_longer(play: Play) -> None:
    on_the_last, too_late = await invited(play, "MC01"), await invited(play, "MC02")
    one, other = await play.citizen("một"), await play.citizen("hai")
    play.clock.forward(days=6, hours=23, minutes=59)
    await one.says(f"/lienket {on_the_last}")
    await one.hears("Đã liên kết", "Lê Thị Một Cửa")
    play.clock.forward(minutes=1)
    await other.says(f"/lienket {too_late}")
    await other.hears("hết hạn", "cấp mã mới")
    assert (await play.contact_of(other)).person_id is None


async def test_a_newer_invitation_ends_the_older(play: Play) -> None:
    older, newer = await invited(play), await invited(play)
    someone = await play.citizen()
    await someone.says(f"/lienket {older}")
    await someone.hears("hết hạn")
    await someone.says(f"/lienket {newer}")
    await someone.hears("Đã liên kết")


async def test_leaving_is_asked_and_then_done(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("/thoat")
    await official.hears("Ngừng liên kết", "Phạm Văn Tiếp Nhận", buttons=("Ngừng liên kết", "Giữ nguyên"))
    await official.taps("Giữ nguyên")
    await official.hears("/diemdanh")
    assert (await play.contact_of(official)).person_id is not None
    await official.says("/thoat")
    await official.hears("Ngừng liên kết")
    await official.taps("Ngừng liên kết")
    await official.hears("Đã ngừng liên kết", "/lienket")
    assert (await play.contact_of(official)).person_id is None
    await official.says("/diemdanh")
    await official.hears("dành cho cán bộ")
    await official.says(f"/lienket {await invited(play)}")
    await official.hears("Đã liên kết")
