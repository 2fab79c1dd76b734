"""A name told once is hidden wherever it stands alone: in another piece of a long story, and in what is told later."""

from __future__ import annotations

import pytest

from nlp.clean import without_accents
from nlp.entities.reading import read
from nlp.name_or_word import is_of_a_word
from nlp.redact import redact, redact_whole
from nlp.word_lists import written

TOLD = "Tôi tên là Lò Thị Sen, con trai tôi là Hà Gia Bảo. "
LATER = "Hôm sau Bảo bị cán bộ mắng trước mặt mọi người, Sen xin mãi mới được."
WAITING = "Chúng tôi ngồi đợi ở ghế mà không ai gọi đến số, ngoài trời thì mưa to.\n"
HIDDEN = "Hôm sau [tên người] bị cán bộ mắng trước mặt mọi người, [tên người] xin mãi mới được."


def test_in_a_later_piece() -> None:
    assert redact_whole(f"{TOLD}\n{WAITING * 90}{LATER}").endswith(HIDDEN)


def test_in_an_earlier_piece() -> None:
    assert redact_whole(f"{LATER}\n{WAITING * 90}{TOLD}").startswith(HIDDEN)


def test_in_what_is_told_later() -> None:
    names: set[str] = set()
    redact_whole(TOLD, names=names)
    assert names == {"Sen", "Bảo"}
    assert redact_whole(LATER) == LATER, "without them nobody could know"
    assert redact_whole(LATER, names=names) == HIDDEN
    assert redact_whole(redact_whole(LATER, names=names), names=names) == HIDDEN


def test_however_the_name_was_written_first() -> None:
    for told in ("TÔI TÊN LÀ LÒ THỊ SEN, Ở BẢN NÀ PÁN.", "em tên là lò thị sen ạ"):
        assert redact(told).names == {"Sen"}


def test_an_official_of_the_same_name_stays() -> None:
    about = "Cán bộ Sen ở quầy 2 quát to, chủ tịch xã Trần Văn Bảo đứng nhìn."
    assert redact_whole(about, names={"Sen", "Bảo"}) == about
    assert redact_whole("Chị Sen bảo tôi về.", names={"Sen"}) == "Chị [tên người] bảo tôi về."


def test_a_place_of_the_same_name_stays() -> None:
    about = "Ở xã Bảo Hà, huyện Sen Hồ cũ, ai cũng biết."
    assert redact_whole(about, names={"Sen", "Bảo"}) == about


WORDS = (
    ("Công", "Công an xã quát tôi giữa phòng. Công chức quầy 2 không tiếp."),
    ("Công", "Tôi ra Công an xã, gặp Công chức tư pháp.\n- Công dân chờ.\n1. Công việc chậm."),
    ("Phong", "Phong bì thì chị ấy nhận hai trăm nghìn rồi mới làm."),
    ("Thu", "Thu tiền mà không có biên lai, cán bộ quầy 3."),
    ("Hồ", "Hồ sơ của tôi bị trả ba lần."),
    ("Bảo", "Bảo vệ không cho vào. “Bảo hiểm y tế thì không nhận”."),
    ("Bình", "Ủy ban xã không tiếp. Bình thường thì chờ mười phút."),
    ("Đăng", "Đăng ký khai sinh mà chờ hai tháng."),
    ("Khai", "Khai sinh cho cháu mà cán bộ đòi tiền."),
    ("Chi", "Chi cục thuế không trả lời."),
    ("Quân", "Quân sự xã gọi tôi lên."),
    ("Thanh", "Thanh tra huyện có xuống. Thanh toán thì chậm."),
    ("Lan Anh", "Anh cán bộ ở quầy 3 quát tôi. Anh ấy còn ném hồ sơ."),
)


@pytest.mark.parametrize(("name", "about"), WORDS)
def test_a_name_within_another_word_stays(name: str, about: str) -> None:
    assert redact_whole(f"Tôi tên là Trần Thị {name}. {about}") == f"Tôi tên là [tên người]. {about}"
    assert redact_whole(about, names={name.split()[-1]}) == about


NAMES = (
    ("Sen", "[Sen] bị mắng. Hôm đó [Sen] về."),
    ("Công", "[Công] bị mắng. Công an xã mời [Công] lên. [Công] an ủi tôi."),
    ("Công", "[Công] nhận tiền rồi. [Công], công chức là ai?"),
    ("Bình", "[Bình] thường xuyên đến xã. Tôi với [Bình] thường thì đi cùng nhau."),
    ("Bảo", "[Bảo] về nhà khóc. [Bảo] vệ sinh lớp xong. Bảo vệ nhìn [Bảo] cười."),
    ("Đăng", "[Đăng] ký đơn rồi. [Đăng] ký vào sổ mà họ bắt ký lại."),
    ("Trang", "[Trang] phục vụ ở quán. Trang phục của cán bộ lôi thôi."),
    ("Phong", "[Phong] bị quát. Hôm ấy [Phong] bì bõm lội về."),
    ("Thu", "[Thu] nhận giấy. Tôi và [Thu] hồi trước cũng thế. [Thu] tôi thương lắm."),
)


@pytest.mark.parametrize(("name", "about"), NAMES)
def test_a_name_that_stands_alone_goes_though_it_may_begin_a_word(name: str, about: str) -> None:
    hidden = about.replace(f"[{name}]", "[tên người]")
    told = about.replace(f"[{name}]", name)
    assert redact_whole(f"Tôi tên là Trần Thị {name}. {told}") == f"Tôi tên là [tên người]. {hidden}"
    assert redact_whole(told, names={name}) == hidden


@pytest.mark.parametrize(
    "about",
    [
        "Lúc đó [Hải] đội mũ đi vào. Hôm ấy [Chính] trị bệnh ở trạm xá.",
        "Tối đó [Trung] tâm sự với tôi. [Công] thương tích đầy người. Họ bắt [Thanh] tra hỏi mãi.",
    ],
)
def test_words_that_begin_after_the_name_leave_it_a_name(about: str) -> None:
    names = {"Hải", "Chính", "Trung", "Công", "Thanh"}
    hidden = about
    for name in names:
        hidden, about = hidden.replace(f"[{name}]", "[tên người]"), about.replace(f"[{name}]", name)
    assert redact_whole(about, names=names) == hidden


@pytest.mark.parametrize(
    "told",
    [
        "[toi ten la Nguyen Van Sen, nha o to 5 thon Dong, bi can bo Lan mang]",
        "Phản ánh: [toi ten la Nguyen Van Sen, nha o to 5 thon Dong]",
        "[gui anh chi, toi ten la Nguyen Van Sen, nha o to 5 thon Dong, so 12 duong Le Loi] Mong xem xét",
    ],
)
def test_in_brackets_of_the_writers_own(told: str) -> None:
    hidden = redact_whole(told)
    assert "Sen" not in hidden
    assert "Nguyen" not in hidden
    assert "to 5" not in hidden


def test_without_accents_only_what_can_be_nothing_else_stays() -> None:
    told = "Toi ten la Nguyen Van Cong, con toi la Ha Gia Bao. Cong an xa quat toi. Bao ve nha khoc. Bao hiem khong nhan. Cong an com."
    hidden = (
        "Toi ten la [tên người], con toi la [tên người]. Cong an xa quat toi. [tên người] ve nha khoc. "
        "Bao hiem khong nhan. [tên người] an com."
    )
    assert redact_whole(told) == hidden
    assert redact_whole(hidden, names={"Cong", "Bao"}) == hidden


def test_every_exception_has_its_word() -> None:
    listed = written("name_or_word", folder="")
    words = {f"{first} {second}" for first, seconds in listed["anywhere"].items() for second in seconds.split()}
    assert words.issuperset(listed["lost_without_accents"])
    assert all(len(phrase.split()) > 1 for phrase in listed["name_before"])


DEEDS = (
    "bị mắng", "được mời", "đi xã", "về nhà", "ra quầy", "vào phòng", "lên xã", "nói lại", "hỏi cán bộ", "xin giấy", "nộp đơn",
    "nhận giấy", "trả tiền", "đưa tiền", "gửi đơn", "khóc", "sợ lắm", "mất xe", "đến xã", "phải chờ", "chờ lâu", "thấy hết", "biết hết",
    "mua đất", "bán đất", "vay tiền", "sang xã", "qua xã", "đòi tiền", "đứng đợi", "ngồi đợi", "học lớp 3", "thi trượt", "làm đơn",
    "ăn cơm", "đau bụng", "ốm nặng", "sinh con", "khai báo với xã", "kể lại", "kiện xã", "viết đơn", "đọc đơn", "chỉ đường", "tin lời họ",
    "cảm ơn", "định đi", "muốn đi", "cần giấy", "và mẹ", "với mẹ", "cũng đi", "đã đi", "đang đi", "sẽ đi", "vẫn đi", "còn nhỏ", "lại đi",
    "cứ đi", "chưa đi", "không đi", "tự đi", "công nhận", "quyết định đi", "đóng tiền", "tiếp tục đi", "giải thích", "dẫn tôi đi",
    "chuyển tiền", "hướng dẫn tôi", "ký đơn", "ký tên", "thường xuyên đi", "thông báo cho tôi", "mới 5 tuổi", "hồi đó nhỏ", "lúc đó khóc",
    "trình bày lại", "điện thoại cho tôi", "đồng ý", "phục vụ quán", "an ủi tôi", "là con tôi", "sau đó về", "của tôi", "ạ", "nhé",
    "thì về", "ngồi im",
)  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_no_word_is_made_of_a_name_and_what_people_do(deed: str) -> None:
    listed = written("name_or_word", folder="")
    told = (f"Cán bộ quát. {first.capitalize()} {deed}." for part in ("anywhere", "at_a_beginning") for first in listed[part])
    stay = [words for text in told for words in (text, without_accents(text)) if is_of_a_word(read(words), 4)]
    assert stay == []
