"""The poster: its codes open what they should, whatever the length of the names, and a trial print says that it is one."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from pathlib import Path
from typing import Any

import pytest
import segno
from reportlab.pdfbase import pdfmetrics

from office import poster as drawing
from office.poster import PosterWords, SmallCode, poster
from tests.cli.conftest import Congvu

SHORT = PosterWords(
    office="Ủy ban nhân dân xã Hạ Ví Dụ",
    unit="Bộ phận một cửa",
    title="Mời bà con góp ý",
    about="Khen, chê hay phản ánh cách phục vụ của cán bộ, cứ nhắn tự nhiên như nói chuyện",
    scan="Đưa điện thoại vào ô này",
    steps=("Mở máy ảnh hoặc Zalo, chọn quét mã, rồi đưa vào ô vuông ở trên", "Bấm vào dòng chữ hiện ra", "Viết hoặc nói điều muốn góp ý"),
    promises=("Danh tính được giữ kín.", "Có mã biên nhận.", "Trợ lý tự động ghi nhận và chuyển đến người có trách nhiệm."),
    urgent="Việc khẩn cấp: gọi ngay 113.",
    typed="Hoặc gõ địa chỉ: congvu.vidu/chat?u=mot-cua",
)
LONG = PosterWords(
    **{**SHORT.__dict__, "unit": "Trung tâm Phục vụ hành chính công " * 6, "office": "Ủy ban nhân dân phường " * 12, "typed": "x" * 300}
)
ZALO = SmallCode("https://zalo.me/3662729599332560487", "Zalo", "quét mã, rồi nhắn: xa-ha-vi-du-mot-cua-so-2")
TELEGRAM = SmallCode("https://t.me/b?start=a", "Telegram", "quét mã, rồi bấm Bắt đầu")


class Paper:
    """A page that remembers what was drawn on it."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.boxes: list[tuple[float, float, float, float]] = []
        self.lines: list[tuple[float, float, str]] = []
        self.size = ("", 0.0)

    def rect(self, x: float, y: float, width: float, height: float, **_: Any) -> None:
        self.boxes.append((x, y, width, height))

    def setFont(self, name: str, size: float) -> None:
        self.size = (name, size)

    def drawString(self, x: float, y: float, text: str) -> None:
        self.lines.append((x, y, text))
        assert x + pdfmetrics.stringWidth(text, *self.size) <= drawing._WIDTH + 0.5, text

    def drawCentredString(self, x: float, y: float, text: str) -> None:
        half = pdfmetrics.stringWidth(text, *self.size) / 2
        self.lines.append((x - half, y, text))
        assert x - half >= -0.5, text

    def __getattr__(self, _: str) -> Any:
        return lambda *args, **kwargs: Paper()


@pytest.mark.parametrize("address", ["https://t.me/b?start=a", "https://gopy.vidu.gov.vn/chat?u=" + "x" * 90])
def test_the_code_drawn_is_the_code_of_the_address(address: str) -> None:
    paper = Paper()
    drawing._code(paper, address, 0, 0, 1000)  # type: ignore[arg-type]
    modules = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=4)]
    side = 1000 / len(modules)
    drawn = [[0] * len(modules) for _ in modules]
    for x, y, width, height in paper.boxes:
        row = round((1000 - y) / side) - 1
        assert height == pytest.approx(side, rel=0.05)
        for column in range(round(x / side), round((x + width) / side)):
            drawn[row][column] = 1
    assert drawn == [[int(bool(dark)) for dark in row] for row in modules]


@pytest.mark.parametrize("small", [[], [TELEGRAM], [ZALO], [ZALO, TELEGRAM]], ids=["none", "telegram", "zalo", "both"])
@pytest.mark.parametrize("words", [SHORT, LONG], ids=["short", "long"])
def test_nothing_runs_off_the_sheet_or_over_other_words(
    words: PosterWords, small: list[SmallCode], monkeypatch: pytest.MonkeyPatch
) -> None:
    papers: list[Paper] = []

    class Kept(Paper):
        def __init__(self, *_: Any, **__: Any) -> None:
            super().__init__()
            papers.append(self)

    monkeypatch.setattr(drawing, "Canvas", Kept)
    poster(words, "https://gopy.vidu.gov.vn/chat?u=mot-cua", small)
    lines = papers[0].lines
    assert all(0 < x < drawing._WIDTH and 8 < y < drawing._HEIGHT for x, y, _ in lines)
    left_column = sorted({round(y, 1) for x, y, text in lines if x < 200 and not text.isdigit()}, reverse=True)
    assert all(upper - lower > 7 for upper, lower in itertools.pairwise(left_column))
    written = " ".join(text for _, _, text in lines)
    assert all(each.name in written and each.then.split()[-1] in written for each in small)


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_it_is_a_pdf_of_one_page_with_our_letters_in_it(size: str) -> None:
    made = poster(SHORT, "https://gopy.vidu.gov.vn/chat?u=mot-cua", size=size)
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") == 1
    assert b"BeVietnamPro-Bold" in made
    assert (b"595.2756 841.8898" if size == "a4" else b"419.5276 595.2756") in made
    assert len(made) < 200_000


def test_the_letters_of_vietnamese_are_in_both_fonts() -> None:
    drawing._fonts()
    alphabet = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    for name in ("BeVietnamPro-Regular", "BeVietnamPro-Bold"):
        known = pdfmetrics.getFont(name).face.charToGlyph
        assert [letter for letter in alphabet + alphabet.upper() + "0123456789–…•" if ord(letter) not in known] == []


def test_the_command_prints_for_the_world_or_for_a_trial(congvu: Congvu, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "u.csv").write_text("ma,ten,truc thuoc\nxa,Xã Hạ Ví Dụ,\nmot-cua,Bộ phận một cửa,xa\ncu,Phòng Cũ,xa\n")
    congvu("units", "import", "u.csv")
    trial = congvu("poster", "MOT-CUA")
    assert trial.code == 0
    assert "http://127.0.0.1:8080/chat?u=mot-cua" in trial.err
    assert (here / "poster-mot-cua.pdf").read_bytes().startswith(b"%PDF")
    monkeypatch.setenv("PUBLIC_URL", "https://gopy.vidu.gov.vn")
    real = congvu("poster", "mot-cua", "-o", "to.pdf", "--size", "a5", "--bot", "vidu_bot")
    assert (real.code, real.err) == (0, "")
    assert (here / "to.pdf").stat().st_size > (here / "poster-mot-cua.pdf").stat().st_size
    unknown = congvu("poster", "khong-co")
    assert unknown.code == 1
    assert re.search("khong-co", unknown.err)
    today = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    (here / "m.csv").write_text(f"ma,ten,ngay giai the,sap nhap vao\ncu,Phòng Cũ,{today:%d/%m/%Y},mot-cua\n")
    assert congvu("units", "import", "m.csv").code == 0
    merged = congvu("poster", "cu")
    assert "poster-mot-cua.pdf" in merged.out


@pytest.mark.parametrize(
    ("unset", "codes"),
    [
        ("", ["https://gopy.vidu.gov.vn/chat?u=mot-cua", "https://t.me/vidu_bot?start=mot-cua", "https://zalo.me/3662729599332560487"]),
        ("ZALO_OA_ID", ["https://gopy.vidu.gov.vn/chat?u=mot-cua", "https://t.me/vidu_bot?start=mot-cua"]),
        ("ZALO_OA_SECRET", ["https://gopy.vidu.gov.vn/chat?u=mot-cua", "https://t.me/vidu_bot?start=mot-cua"]),
    ],
)
def test_a_code_for_zalo_where_the_account_is_set_up(
    congvu: Congvu, here: Path, monkeypatch: pytest.MonkeyPatch, unset: str, codes: list[str]
) -> None:
    (here / "u.csv").write_text("ma,ten,truc thuoc\nxa,Xã Hạ Ví Dụ,\nmot-cua,Bộ phận một cửa,xa\n")
    congvu("units", "import", "u.csv")
    set_up = {"ZALO_APP_ID": "1", "ZALO_APP_SECRET": "s", "ZALO_OA_SECRET": "t", "ZALO_OA_ID": "3662729599332560487"}
    for name, value in (set_up | {"PUBLIC_URL": "https://gopy.vidu.gov.vn"}).items():
        if name != unset:
            monkeypatch.setenv(name, value)
    drawn: list[str] = []
    monkeypatch.setattr(drawing, "_code", lambda _page, address, *_: drawn.append(address))
    assert congvu("poster", "mot-cua", "--bot", "vidu_bot").code == 0
    assert sorted(drawn) == codes
