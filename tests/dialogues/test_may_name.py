"""A file that may name its sender is spoken of before the sender says whether to stay unnamed; it can be left out."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from office.records import CaseFile
from tests.bot.test_intake import OLD_WORD
from tests.dialogue import Someone
from tests.office.test_cleaning_pdf import made
from tests.play import Play


async def told_with(citizen: Someone, *files: tuple[str, bytes, str]) -> None:
    """A complaint up to the evidence, with these files."""
    await citizen.says("Cán bộ một cửa quát to giữa phòng")
    for button in ("Loại khác", "Giao tiếp", "Đúng", "Hôm nay"):
        while button not in str([*(await citizen.hears()).buttons]):
            pass
        await citizen.taps(button)
    await citizen.hears(buttons=("Không có",))
    for file in files:
        await citizen.sends(*file)
        await citizen.hears("Tôi đã giữ tệp", buttons=("tiếp tục",))
    await citizen.taps("tiếp tục")


@pytest.mark.parametrize(("button", "kept"), [("Bỏ tệp ra", 1), ("Vẫn gửi kèm", 2)])
async def test_it_is_asked_before_the_identity(play: Play, button: str, kept: int) -> None:
    citizen = await play.citizen()
    await told_with(citizen, ("cu.doc", OLD_WORD, "application/msword"), ("don.pdf", made(), "application/pdf"))
    name = "ảnh.jpg" if play.channel == "zalo_bot" else "cu.doc"  # Zalo Bot tells no names of files
    asked = await citizen.hears(f"«{name}», nên tệp có thể cho biết tên", buttons=("Bỏ tệp ra", "Vẫn gửi kèm"))
    assert "don.pdf" not in asked.text
    await citizen.taps(button)
    if kept == 1:
        await citizen.hears(f"đã bỏ tệp «{name}» ra")
    await citizen.hears(buttons=("Ẩn danh",))
    await citizen.taps("Ẩn danh")
    await citizen.hears(f"{kept} tệp")
    await citizen.taps("📨 Gửi")
    await citizen.hears()
    async with play.app.database.reading() as session:
        assert (await session.execute(select(func.count()).select_from(CaseFile))).scalar_one() == kept


async def test_an_answer_for_one_complaint_is_none_for_another_that_is_brought_back(play: Play) -> None:
    citizen = await play.citizen()
    await told_with(citizen, ("cu.doc", OLD_WORD, "application/msword"))
    await citizen.hears("có thể cho biết tên")
    await citizen.says("/huy")
    await citizen.hears("Đã bỏ phản ánh", buttons=("Lấy lại",))
    await told_with(citizen, ("cu.doc", OLD_WORD, "application/msword"))
    await citizen.hears("có thể cho biết tên")
    await citizen.taps("Vẫn gửi kèm")
    await citizen.hears(buttons=("Ẩn danh",))
    await citizen.taps("Lấy lại")
    await citizen.hears("có thể cho biết tên", buttons=("Bỏ tệp ra", "Vẫn gửi kèm"))
