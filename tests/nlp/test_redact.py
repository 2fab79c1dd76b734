"""What leads to a citizen is hidden, what an inquiry needs stays; and hiding twice changes nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.clean import readable
from nlp.redact import redact
from nlp.redaction_words import marks


def hidden(text: str) -> list[tuple[str, str]]:
    shown = readable(text)
    return [(kind, shown[start:end]) for start, end, kind in redact(text).spans]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("gọi tôi số 0912 345 678 nhé", "phone", "0912 345 678"),
        ("sđt +84 912 345 678", "phone", "+84 912 345 678"),
        ("(+84) 98 765 4321", "phone", "(+84) 98 765 4321"),
        ("0363.456.789", "phone", "0363.456.789"),
        ("số em là 0 9 0 3 1 1 2 2 3 3", "phone", "0 9 0 3 1 1 2 2 3 3"),
        ("số là không chín tám bảy sáu năm bốn ba hai một", "phone", "không chín tám bảy sáu năm bốn ba hai một"),
        ("goi 0912 ba bon nam 678", "phone", "0912 ba bon nam 678"),
        ("CCCD 001085123456", "id", "001085123456"),
        ("cccd mới 051 085 001 234", "id", "051 085 001 234"),
        ("CMND số 142 345 678", "id", "142 345 678"),
        ("cmnd cũ 212345678", "id", "212345678"),
        ("hộ chiếu C1234567", "id", "C1234567"),
        ("thẻ BHYT GD4797912345678", "id", "GD4797912345678"),
        ("mã số thuế 8012345678", "id", "8012345678"),
        ("thư tới lan.92@gmail.com", "email", "lan.92@gmail.com"),
        ("mail hoa_1990 @ gmail.com nhé", "email", "hoa_1990 @ gmail.com"),
        ("xe 29X5-678.90 của tôi", "plate", "29X5-678.90"),
        ("biển số 60-F3 2345", "plate", "60-F3 2345"),
        ("xe 30A-123.45", "plate", "30A-123.45"),
        ("biển 15B 00789", "plate", "15B 00789"),
        ("stk 6150 2057 89123 agribank", "account", "6150 2057 89123"),
        ("tài khoản 19036789012345", "account", "19036789012345"),
        ("mã H56.12-251105-0012", "code", "H56.12-251105-0012"),
        ("biên nhận số 0004512", "code", "0004512"),
        ("phiếu tiếp nhận số PTN-2026/0893", "code", "PTN-2026/0893"),
        ("nhà số 12 ngõ 45 đường Hoa Sữa ngập", "address", "nhà số 12 ngõ 45 đường Hoa Sữa"),
        ("tôi ở 12/3 Lê Lợi", "address", "12/3 Lê Lợi"),
        ("duong 12/3 le loi toi thui", "address", "12/3 le loi"),
        ("nhà tui ở tổ 4 ấp Tân Phú", "address", "tổ 4 ấp Tân Phú"),
        ("thường trú tại thôn 5, xã Hạ Ví Dụ", "address", "thôn 5, xã Hạ Ví Dụ"),
        ("phòng 1204 chung cư Hồ Xanh", "address", "phòng 1204 chung cư Hồ Xanh"),
    ],
)
def test_numbers_and_addresses_are_hidden(text: str, kind: str, words: str):
    assert (kind, words) in hidden(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tôi là Lê Thị Mơ, xin phản ánh", "Lê Thị Mơ"),
        ("tên tôi: Tạ Hữu Phước", "Tạ Hữu Phước"),
        ("con tôi tên Trần Gia Bảo bị phạt", "Trần Gia Bảo"),
        ("mẹ em là bà Phạm Thị Sửu", "Phạm Thị Sửu"),
        ("me em la ba Le Thi Ut", "Le Thi Ut"),
        ("vợ tôi là Trịnh Thu Hà", "Trịnh Thu Hà"),
        ("Người làm đơn ký tên: Nguyễn Thị Hường", "Nguyễn Thị Hường"),
        ("tôi với chị Sáu cùng xóm đi chung", "Sáu"),
        ("nhà ông Bường có con trâu", "Bường"),
        ("em tên hằng", "hằng"),
        ("toi ten la nguyen van tam", "nguyen van tam"),
        ("chủ tk LE VAN TUNG", "LE VAN TUNG"),
        ("bố cháu là Giàng A Chứ", "Giàng A Chứ"),
        ("cháu học sinh tên Y Blô Niê", "Y Blô Niê"),
    ],
)
def test_names_of_private_persons_are_hidden(text: str, name: str):
    assert ("person", name) in hidden(text)


def test_the_same_name_is_hidden_wherever_it_stands():
    text = "Con tôi tên Trần Gia Bảo. Cô mắng Bảo trước lớp, Bảo khóc."
    assert "Bảo" not in redact(text).text


@pytest.mark.parametrize(
    "text",
    [
        "chị Hoa ở bộ phận một cửa bảo về",
        "ông chủ tịch Nguyễn Văn B không ký",
        "Nguyễn Văn Cảnh, trưởng công an xã, quát tôi",
        "cảm ơn anh Kiên đã giúp",
        "anh Tùng địa chính thì không trả lời",
    ],
)
def test_officials_stay(text: str):
    assert hidden(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "thu 1.500.000 đồng không biên lai",
        "mức bồi thường 87.500.000đ",
        "ngày 05/11/2026 lúc 14h30",
        "hẹn 05.11.2026",
        "Nghị định 118/2025/NĐ-CP",
        "Quyết định số 45/QĐ-UBND ngày 12/10",
        "tổng đài 1900 1234 và 113, 1022",
        "đi lại 12 lần, chờ 45 phút, phiếu số 88",
        "cách trụ sở 45 cây số",
        "phòng 203 đóng cửa, quầy số 3 vắng",
        "năm 2025-2026 thu 200k",
        "trường cấp 3 Sông Trà",
        "tạm trú 2 lần vẫn sai",
    ],
)
def test_sums_dates_laws_and_places_of_the_office_stay(text: str):
    assert hidden(text) == []


def test_marks_stand_for_what_is_hidden():
    redacted = redact("Tôi là Lê Thị Mơ, 0912345678, chị Hoa ở quầy số 3 quát tôi ngày 5/11")
    assert redacted.text == "Tôi là [tên người], [số điện thoại], chị Hoa ở quầy số 3 quát tôi ngày 5/11"


def test_people_of_the_records_stay():
    text = "Tôi nộp cho Trần Thị Bích Thuỷ từ hôm kia"
    assert "Thuỷ" not in redact(text).text
    assert redact(text, ["Trần Thị Bích Thuỷ"]).text == text


def test_every_kind_has_its_mark():
    assert set(marks()) == {"phone", "id", "address", "plate", "account", "email", "person", "code"}


PIECES = [
    "tôi là ", "Lê Thị Mơ ", "chị Hoa ", "ông Bảy ", "nhà ", "con tôi tên Bảo ", "0912 345 678 ", "số 12 ngõ 45 ", "stk ", "123456789 ",
    "CCCD ", "29A-123.45 ", "mã hồ sơ H56.12-251105-0012 ", "a@b.vn ", "quầy số 3 ", "[địa chỉ]", "[tên người] ", "ở tổ 4 ",
    "thôn 3, xã A ", ", ", ". ", "\n", "nguyen van an ", "ba ", "tên ",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))
def test_hiding_twice_changes_nothing_and_spans_lie_inside(text: str):
    shown, redacted = readable(text), redact(text)
    ends = [0]
    for start, end, kind in redacted.spans:
        assert ends[-1] <= start < end <= len(shown)
        assert kind in marks()
        ends.append(end)
    assert redact(redacted.text).text == redacted.text
