"""Where a code was asked, people tell their story or send a picture: nothing of it is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handlers.draft import Draft
from office.files import content_of
from office.records import StoredFile
from talk.memory import Memory
from tests.dialogue import Message, Someone
from tests.dialogues.test_complaint_edges import photo_with_a_place
from tests.play import Play

STORY = "Cán bộ ở bộ phận một cửa xã An Bình bảo tôi cứ ngồi đợi, không ai gọi số, rồi quát to giữa phòng."
ASKED = ["tra cứu", "/lienket", "/noikenh"]


async def draft_of(play: Play, someone: Someone) -> Draft:
    async with play.app.database.reading() as session:
        return Draft.model_validate(Memory(session, await play.contact_of(someone)).notes["draft"])


async def asked_for_a_code(citizen: Someone, how: str) -> None:
    await citizen.says("xin chào")
    await citizen.hears()
    await citizen.says(how)
    if how == "/noikenh":
        await citizen.hears()
        await citizen.taps("Nhập mã nối")
    await citizen.hears("mã")


async def until(citizen: Someone, button: str) -> Message:
    while button not in str([*(heard := await citizen.hears()).buttons]):
        pass
    return heard


@pytest.mark.parametrize("how", ASKED)
async def test_a_photo_with_its_story_is_kept(play: Play, how: str) -> None:
    citizen = await play.citizen()
    await asked_for_a_code(citizen, how)
    await citizen.sends("anh.jpg", photo_with_a_place(), "image/jpeg", text=STORY)
    await until(citizen, "Loại khác")
    draft = await draft_of(play, citizen)
    async with play.app.database.reading() as session:
        assert draft.files == [*(await session.execute(select(StoredFile.id))).scalars()]
    assert (draft.story, len(draft.files)) == (STORY, 1)


@pytest.mark.only_on("browser", "zalo_oa", "zalo_bot")  # Telegram's apps send so much as two messages
@pytest.mark.parametrize("how", ASKED)
async def test_the_rest_of_a_long_story_is_kept(play: Play, how: str) -> None:
    citizen = await play.citizen()
    await asked_for_a_code(citizen, how)
    whole = f"{STORY} {'Tôi chờ rất lâu ngoài hành lang. ' * 140}CUỐI CÙNG họ đòi năm triệu."
    await citizen.says(whole)
    await citizen.hears("khá dài nên tôi giữ nguyên văn")
    await until(citizen, "Loại khác")
    [number] = (await draft_of(play, citizen)).files
    async with play.app.database.reading() as session:
        assert (await content_of(session, number)).decode() == whole


async def test_a_photo_alone_is_kept_until_its_sender_says_what_for(play: Play) -> None:
    citizen = await play.citizen()
    await asked_for_a_code(citizen, "/tracuu")
    await citizen.sends("anh.jpg", photo_with_a_place(), "image/jpeg")
    await citizen.hears("đã giữ 1 tệp", "không đọc được mã", buttons=("Gửi phản ánh kèm tệp",))
    await citizen.taps("Gửi phản ánh kèm tệp")
    await citizen.hears("kể thêm")
    await citizen.says(STORY)
    await until(citizen, "Loại khác")
    assert len((await draft_of(play, citizen)).files) == 1


async def test_a_photo_first_and_then_its_story(play: Play) -> None:
    citizen = await play.citizen()
    await asked_for_a_code(citizen, "/tracuu")
    await citizen.sends("anh.jpg", photo_with_a_place(), "image/jpeg", text="đây ạ")
    await citizen.hears("đã giữ 1 tệp")
    await citizen.says(STORY)
    await until(citizen, "Loại khác")
    draft = await draft_of(play, citizen)
    assert (draft.story, len(draft.files)) == (f"đây ạ\n{STORY}", 1)


async def test_a_photo_of_an_earlier_search_goes_along_with_no_later_story(play: Play) -> None:
    citizen = await play.citizen()
    await asked_for_a_code(citizen, "/tracuu")
    await citizen.sends("anh.jpg", photo_with_a_place(), "image/jpeg")
    await citizen.hears("đã giữ 1 tệp")
    await citizen.says("/huy")
    await citizen.hears()
    await citizen.says("/tracuu")
    await citizen.hears("mã")
    await citizen.says(STORY)
    await until(citizen, "Loại khác")
    assert (await draft_of(play, citizen)).files == []


async def test_a_code_beside_a_photo_is_a_code(play: Play) -> None:
    citizen = await play.citizen()
    await asked_for_a_code(citizen, "/tracuu")
    await citizen.sends("anh.jpg", photo_with_a_place(), "image/jpeg", text="123-456-789-012")
    await citizen.hears("Mã này chưa đúng")
    await citizen.hears("chưa được giữ lại")
