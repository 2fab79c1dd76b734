"""What leads to a citizen is hidden, what an inquiry needs stays; and hiding twice changes nothing."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.clean import MAX_CHARACTERS, readable
from nlp.redact import redact, settled
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
        ("sđt0912345678 nhé", "phone", "0912345678"),
        ("ĐT0912345678", "phone", "0912345678"),
        ("tel0912345678", "phone", "0912345678"),
        ("zalo 0912_345_678", "phone", "0912_345_678"),
        ("sđt: 0912/345/678", "phone", "0912/345/678"),
        ("gọi 0912, 345, 678", "phone", "0912, 345, 678"),
        ("liên hệ 0912…345…678", "phone", "0912…345…678"),
        ("0*912*345*678", "phone", "0*912*345*678"),
        ("số tui 0 9 0 3 . 3 0 3 . 3 0 3", "phone", "0 9 0 3 . 3 0 3 . 3 0 3"),
        ("０９１２３４５６７８", "phone", "０９１２３４５６７８"),
        ("0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "phone", "0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣"),
        ("đt 0084912345678", "phone", "0084912345678"),
        ("số điện thoại tôi 09 1900 2900", "phone", "09 1900 2900"),
        ("gọi ko chín một hai ba bốn năm sáu bảy tám", "phone", "ko chín một hai ba bốn năm sáu bảy tám"),
        ("liên hệ 0912 ba trăm bốn mươi lăm 678", "phone", "0912 ba trăm bốn mươi lăm 678"),
        ("căn cước 001.085.123.456", "id", "001.085.123.456"),
        ("sổ đỏ CH01234", "id", "CH01234"),
        ("thẻ số NCT 000-456", "id", "NCT 000-456"),
        ("tài khoản 190012340000 của em", "account", "190012340000"),
        ("lan dot tran at gmail dot com", "email", "lan dot tran at gmail dot com"),
        ("lan.tran(a)gmail.com", "email", "lan.tran(a)gmail.com"),
        ("thư về a.b@c.vn. Tôi chờ", "email", "a.b@c.vn"),
        ("facebook.com/lan.tran.92", "email", "facebook.com/lan.tran.92"),
        ("tìm @lantran92", "email", "@lantran92"),
        ("mã tra cứu ABC123XYZ", "code", "ABC123XYZ"),
        ("hồ sơ H56.12.251105.0012", "code", "H56.12.251105.0012"),
        ("giấy biên nhận mã TN-0455/26", "code", "TN-0455/26"),
        ("vào sổ số 214/PTN", "code", "214/PTN"),
        ("xe 29a 12345 đậu", "plate", "29a 12345"),
        ("xe 51F 123 45", "plate", "51F 123 45"),
        ("tôi là dân tổ 7", "address", "tổ 7"),
        ("địa chỉ nhà tôi là thôn Đông, xã Hạ", "address", "thôn Đông, xã Hạ"),
        ("nhà số mười hai ngõ bốn lăm", "address", "nhà số mười hai ngõ bốn lăm"),
        ("tôi ở khu tập thể A3 phòng 12", "address", "khu tập thể A3 phòng 12"),
        ("chủ tiệm 56/2B ấp Trung, đường liên xã", "address", "56/2B ấp Trung, đường liên xã"),
        ("nha 33 bis hem 12 duong Cay Bang", "address", "nha 33 bis hem 12 duong Cay Bang"),
        ("nhà cháu ở cuối ngõ 3, thôn Đồng Sú", "address", "ngõ 3, thôn Đồng Sú"),
        ("thuê phòng 12 dãy trọ bà Năm, hẻm 217 đường Lò Gạch", "address", "phòng 12 dãy trọ bà Năm, hẻm 217 đường Lò Gạch"),
    ],
)
def test_numbers_and_addresses_are_hidden(text: str, kind: str, words: str):
    assert (kind, words) in hidden(text)


@pytest.mark.parametrize("joint", ["/", ",", ", ", " - ", " hoặc ", "; ", " "])
def test_a_second_telephone_number_is_hidden_too(joint: str):
    assert redact(f"đt 0912345678{joint}0987654321").text == f"đt [số điện thoại]{joint}[số điện thoại]"


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
        ("Bà Hoàng Thị Sao kể", "Hoàng Thị Sao"),
        ('ghi lộn thành "Trần Văn Đội"', "Trần Văn Đội"),
        ("tôi tên Nguyễn-Thị-Mơ", "Nguyễn-Thị-Mơ"),
        ("tôi tên N.T.Mơ", "N.T.Mơ"),
        ("tôi tên Ng. Thị Mơ", "Ng. Thị Mơ"),
        ("tôi là Nguyễn Thị\nMơ", "Nguyễn Thị\nMơ"),
        ("Nhà Vàng A Chớ mái thủng", "Vàng A Chớ"),
        ("Toi la Ho Sy Tam", "Ho Sy Tam"),
        ("Tôi tên là Vi Thị Oanh, giáo viên mầm non", "Vi Thị Oanh"),
        ("tía tui tên Út Khờ", "Út Khờ"),
        ("em tên Hà Giang", "Hà Giang"),
        ("Hàng xóm là bà Khuyên và anh Tuấn Còi đều trông thấy", "Tuấn Còi"),
        ("Vợ chồng nhà bên là Tình với Lụa hát suốt đêm", "Lụa"),
        ("in thành Mỹ Điệu mà không sửa", "Mỹ Điệu"),
        ("Xin xem lại giúp. Bà Nhạn.", "Nhạn"),
        ("Cả nhà tôi biết ơn. Mùi, mẹ cháu Tít.", "Mùi"),
        ("liên hệ 0944001122 gặp Thắng", "Thắng"),
        ("zalo Lan Trần", "Lan Trần"),
        ("em ten la ngoc han, o gan cho", "ngoc han"),
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
        "hieu truong Tran Van Nam thu tien",
        "Ông giám đốc ban quản lý, tên Võ Chí Hiếu, nhận tiền",
        "người tiếp tôi là Nguyễn Văn Nam, công chức tư pháp",
        "Ong giam doc ban quan ly du an xa, ten Vo Chi Hieu, nhan tien",
        "đ/c Nguyễn Văn Bình",
        "Ai ký? Chị Hoa.",
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
        "năm 2023 2024 2025",
        "1 2 3 4 5 6 7 8 9 10",
        "1. 2. 3. 4. 5. 6. 7. 8. 9. 10.",
        "100 200 300 400 500",
        "50 100 150 200 nghìn",
        "họp 5-11 12-11 19-11",
        "phí 30.000-50.000-70.000",
        "tổng 150000000",
        "mất 150 000 000",
        "hẹn 03-05-2024 10h",
        "từ 03/04, 05/06, 07/08",
        "lớp 12 Trần Phú",
        "tổ 4 khu phố 3 rác đầy",
        "phòng 12 toà A",
        "ngày 6/6, phó trưởng phòng kinh tế",
        "anh bàn 5 ngó lên trần nhà",
        "hoá đơn 8k, ngó bảng cx 8k",
        "các cháu ở bàn số 4 làm nhanh",
        "ngày 12/3 Chủ tịch xã hẹn",
        "facebook.com/ubndxahavidu",
    ],
)
def test_sums_dates_laws_and_places_of_the_office_stay(text: str):
    assert hidden(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Thành phố Hồ Chí Minh",
        "TP.HCM, TP. Hồ Chí Minh",
        "thanh pho Ho Chi Minh",
        "đường Hồ Chí Minh hỏng",
        "học tập Hồ Chí Minh",
        "phường Võ Thị Sáu làm chậm",
        "chợ Hoàng Văn Thụ bẩn",
        "ngã tư Lê Văn Lương",
        "trên Nguyễn Trãi ngập",
        "THCS Nguyễn Hữu Tiến thu tiền",
        "từ khi Đông Hà Thượng nhập về",
        "len xa Dong Lam cu, Dong Lam da nhap",
        "mẹ Việt Nam anh hùng",
        "xin hoi xe khach Cao Bang",
        "bác nông dân chờ, hai cháu đoàn viên giúp",
        "ong do dat nha toi",
        "treo bien gia dinh van hoa",
        "KHÁC NHIỀU ĐẤY CHÁU Ạ",
        "ten Luat Ho Kinh Doanh 2019",
    ],
)
def test_places_and_common_words_are_no_persons(text: str):
    assert hidden(text) == []


def test_marks_stand_for_what_is_hidden():
    redacted = redact("Tôi là Lê Thị Mơ, 0912345678, chị Hoa ở quầy số 3 quát tôi ngày 5/11")
    assert redacted.text == "Tôi là [tên người], [số điện thoại], chị Hoa ở quầy số 3 quát tôi ngày 5/11"


def test_people_of_the_records_stay():
    text = "Tôi nộp cho Trần Thị Bích Thuỷ từ hôm kia"
    assert "Thuỷ" not in redact(text).text
    assert redact(text, ["Trần Thị Bích Thuỷ"]).text == text


def test_every_kind_found_has_its_mark():
    text = (
        "0912345678, cccd 001085123456, stk 19036789012345, a@b.vn, xe 29X5-678.90, mã H56.12-251105-0012, tôi là Lê Thị Mơ, "
        "sinh ngày 12/3/1960, ở tổ 4 ấp Hạ"
    )
    redacted = redact(text)
    assert {kind for _, _, kind in redacted.spans} == set(marks())
    assert all(mark in redacted.text for mark in marks().values())


HEAPS = [
    "b" + "\u0316" * 3 + "\u200b" + "\u0316",
    "a" + "\u0592" * 8_000 + "\u0591" * 8_000 + "x" * 84_000,
    "a" + "\u0301\u200b" * 25_000 + "\u0316\u200b" * 25_000,
    "".join(mark * 20_000 for mark in "\u0592\u0591\u05b4\u05b2\u05b0"),
    "ا" + "\u0652\u0650\u064b" * 30_000,
    "e" + "\u0344" * 50_000,
]


@pytest.mark.parametrize("text", HEAPS)
def test_heaped_marks_are_cut_before_they_are_put_in_order(text: str, monkeypatch: pytest.MonkeyPatch):
    """Putting n marks in order takes n times n steps, so no text with more than three on a letter may be composed."""
    longest = []

    def watched(given: str) -> str:
        longest.append(
            max((len(heap) for heap in "".join("m" if unicodedata.combining(each) else " " for each in given).split()), default=0)
        )
        return readable(given)

    monkeypatch.setattr("nlp.redact.readable", watched)
    monkeypatch.setattr("nlp.redact.shown", watched)
    once = settled(text)
    assert longest
    assert max(longest) <= 3
    assert len(once) <= MAX_CHARACTERS
    assert settled(once) == once


@pytest.mark.parametrize("text", HEAPS)
def test_hiding_twice_changes_nothing_in_heaped_marks(text: str):
    once = redact(f"{text[:3_000]} 0912345678").text
    assert redact(once).text == once


PIECES = [
    "tôi là ", "Lê Thị Mơ ", "chị Hoa ", "ông Bảy ", "nhà ", "con tôi tên Bảo ", "0912 345 678 ", "số 12 ngõ 45 ", "stk ", "123456789 ",
    "CCCD ", "29A-123.45 ", "mã hồ sơ H56.12-251105-0012 ", "a@b.vn ", "quầy số 3 ", "[địa chỉ]", "[tên người] ", "ở tổ 4 ",
    "thôn 3, xã A ", ", ", ". ", "\n", "nguyen van an ", "ba ", "tên ",
    "Tình với Lụa ", "0912/345/678 ", "@lan.92 ", "Bà Nhạn.", "thành phố Hồ Chí Minh ", "b\u0316\u200b", "\u0316\u0592", "zalo Lan ",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))
def test_hiding_twice_changes_nothing_and_spans_lie_inside(text: str):
    shown, redacted = settled(text), redact(text)
    ends = [0]
    for start, end, kind in redacted.spans:
        assert ends[-1] <= start < end <= len(shown)
        assert kind in marks()
        ends.append(end)
    assert redact(redacted.text).text == redacted.text
