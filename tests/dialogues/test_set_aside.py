"""Words told while another story is half written wait beside it: whatever happens next, none of them is lost."""

from __future__ import annotations

from handlers.draft import Held
from office.contacts import contact_by_id
from talk.memory import Memory
from tests.dialogue import Someone
from tests.dialogues.test_complaint_edges import photo_with_a_place
from tests.dialogues.test_damaged_files import AVIF
from tests.dialogues.test_told import STORY, choose, send
from tests.play import Play

ONE = "MỘT: hôm nay ở trạm y tế người ta không cho tôi vào khám bệnh"
TWO = "HAI: cán bộ xã Hoà Lạc bắt tôi đợi cả buổi mới chịu đóng dấu"
THREE = "BA: à quên, cán bộ ấy còn không đeo thẻ nữa"


async def set_aside(play: Play, someone: Someone) -> str:
    async with play.app.database.reading() as session:
        return Held.model_validate(Memory(session, await play.contact_of(someone)).notes.get("set_aside") or {}).words


async def remember_aside(play: Play, someone: Someone, held: Held) -> None:
    """As it was remembered before words waited for the choice."""
    async with play.app.database.transaction() as session:
        memory = Memory(session, await contact_by_id(session, (await play.contact_of(someone)).id))
        memory.notes = memory.notes | {"set_aside": held.model_dump()}
        await memory.keep()
        await session.flush()


async def two_stories(citizen: Someone) -> None:
    """One half written, another told where a code was asked."""
    await citizen.says(STORY)
    await choose(citizen, "Giao tiếp")
    await citizen.says("/tracuu")
    await citizen.hears("mã")
    await citizen.says(ONE)
    await citizen.hears("đang viết dở")


async def test_words_told_elsewhere_do_not_take_the_place_of_those_set_aside_after_a_pause(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says(STORY)
    await choose(citizen, "Giao tiếp")
    play.clock.forward(hours=8)
    await citizen.says(ONE)
    await citizen.hears("đang viết dở")
    await citizen.says("/tracuu")
    await citizen.hears("mã")
    await citizen.says(TWO)
    await citizen.hears("đang viết dở")
    assert await set_aside(play, citizen) == f"{ONE}\n{TWO}"


async def test_a_pause_does_not_take_them_either(play: Play) -> None:
    citizen = await play.citizen()
    await two_stories(citizen)
    await citizen.says("/tracuu")
    await citizen.hears("mã")
    await citizen.says("000-000-000-000")
    await citizen.hears()
    await citizen.says("/menu")
    await citizen.hears()
    play.clock.forward(hours=8)
    await citizen.says("/tracuu")
    await citizen.hears("mã")
    await citizen.says(TWO)
    await citizen.hears("đang viết dở")
    assert await set_aside(play, citizen) == f"{ONE}\n{TWO}"


async def test_what_is_cancelled_comes_back_with_them(play: Play) -> None:
    citizen = await play.citizen()
    await two_stories(citizen)
    await citizen.says("/huy")
    await citizen.hears("Đã bỏ")
    assert await set_aside(play, citizen) == ""
    await citizen.taps("Lấy lại")
    await citizen.hears("đang viết dở", buttons=("Viết tiếp", "Bỏ, viết mới"))
    assert await set_aside(play, citizen) == ONE
    await citizen.taps("Bỏ, viết mới")
    await citizen.hears("Đã bỏ")
    await choose(citizen, "Chậm trễ")


async def test_words_after_another_errand_wait_too_and_all_go_along(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says(STORY)
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    await send(citizen)
    await citizen.says("Ở trạm y tế xã An Bình sáng nay tôi đợi mãi không ai gọi tên")
    await choose(citizen, "Chậm trễ")
    await citizen.says("/tracuu")
    await citizen.hears()
    await citizen.says(ONE)
    await citizen.hears("đang viết dở")
    await citizen.says("/tracuu")
    listed = await citizen.hears("đã gửi")
    await citizen.taps(next(label for label in listed.buttons if "Giao tiếp" in label))
    await citizen.hears("Tình trạng")
    await citizen.says(THREE)
    await citizen.hears("đang viết dở", buttons=("Viết tiếp",))
    assert await set_aside(play, citizen) == f"{ONE}\n{THREE}"
    await citizen.taps("Viết tiếp")
    await citizen.hears("Trạm Y tế")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    summary = await send(citizen)
    assert ONE in summary.text
    assert THREE in summary.text


async def test_what_is_left_when_the_first_is_sent_is_offered_as_one_of_its_own(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says(STORY)
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    await remember_aside(play, citizen, Held(words=TWO))
    await send(citizen)
    await citizen.hears("chưa nằm trong phản ánh vừa gửi", "HAI", buttons=("Viết tiếp", "Huỷ"))
    await citizen.taps("Viết tiếp")
    await citizen.hears(buttons=("Loại khác",))


async def test_a_picture_alone_is_named_not_quoted(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.sends("anh.jpg", photo_with_a_place(), "image/jpeg")
    await citizen.hears("đã giữ tệp")
    await citizen.hears("kể thêm")
    await citizen.says("/phananh_moi")
    half_written = await citizen.hears("mới có 1 tệp", buttons=("Viết tiếp", "Bỏ, viết mới"))
    assert "“”" not in half_written.text


async def test_a_picture_alone_that_is_left_is_named_too(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says(STORY)
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    await remember_aside(play, citizen, Held(files=[4, 7]))
    await send(citizen)
    left = await citizen.hears("gửi thêm 2 tệp", "chưa nằm trong phản ánh vừa gửi", buttons=("Viết tiếp", "Huỷ"))
    assert "“”" not in left.text


async def test_what_cannot_be_used_begins_no_complaint(play: Play) -> None:
    """Neither words nor a file are there that could be offered again."""
    citizen = await play.citizen()
    await citizen.sends("anh.avif", AVIF, "image/avif")
    while "kể giúp tôi" not in (await citizen.hears()).text:
        pass
    await citizen.says("/phananh_moi")
    await citizen.hears("kể giúp tôi")
    play.clock.forward(hours=8)
    await citizen.says(STORY)
    await citizen.hears(buttons=("Loại khác",))
