"""A reason is waited for a quarter of an hour; what is written after that is about something else, and is not lost."""

from __future__ import annotations

from sqlalchemy import update

from office.records import SealedWords
from office.vault import Vault
from tests.dialogue import Someone
from tests.dialogues.test_told import ABOUT_MONEY, choose, send
from tests.play import Play

SOMETHING_ELSE = "Sáng nay ở trạm y tế xã An Bình cán bộ quát mẹ tôi giữa phòng"


async def asked_why(play: Play) -> Someone:
    """An official who was asked for a reason."""
    watcher, citizen = await play.official("NV01"), await play.citizen()
    await citizen.says(ABOUT_MONEY)
    await choose(citizen, "Vòi vĩnh")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    await send(citizen)
    await watcher.hears("nghiêm trọng")
    await watcher.taps("Mở xem")
    await watcher.hears("phong bì")
    await watcher.taps("đã che")
    await watcher.hears("vì sao")
    return watcher


async def test_words_written_later_are_heard_for_what_they_are(play: Play) -> None:
    watcher = await asked_why(play)
    play.clock.forward(minutes=16)
    await watcher.says(SOMETHING_ELSE)
    await watcher.hears("Đã quá 15 phút", buttons=("Xem phần đã che",))
    await watcher.hears(buttons=("Loại khác",))  # a complaint of their own has begun
    await watcher.says("/tieptuc")
    await watcher.hears()
    await watcher.taps("Xem phần đã che")
    await watcher.hears("vì sao")
    await watcher.says("Cần gọi để xác minh số tiền")
    await watcher.hears("0912 345 678")


async def test_in_time_it_is_the_reason(play: Play) -> None:
    watcher = await asked_why(play)
    play.clock.forward(minutes=14)
    await watcher.says("Cần gọi để xác minh số tiền")
    await watcher.hears("0912 345 678")


async def test_a_greeting_later_is_answered_as_one(play: Play) -> None:
    watcher = await asked_why(play)
    play.clock.forward(minutes=16)
    await watcher.says("chào")
    await watcher.hears("Đã quá 15 phút")
    await watcher.hears("Chào anh/chị")
    await watcher.says("chào")
    await watcher.hears("Chào anh/chị")


async def test_words_that_another_key_sealed_are_said_to_be_lost(play: Play) -> None:
    """As after a restore with a key of its own."""
    watcher = await asked_why(play)
    async with play.app.database.transaction() as session:
        await session.execute(update(SealedWords).values(sealed=Vault(b"z" * 32).seal("0912 345 678", "words")))
    await watcher.says("Cần gọi để xác minh số tiền")
    await watcher.hears("không mở được nữa")
