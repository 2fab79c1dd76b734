"""Short messages as people write them: what stands in [[ ]] leads to a citizen and must go, all else must stay."""

import re

import pytest

from nlp.redact import redact
from nlp.word_lists import forms

_MARKED = re.compile(r"\[\[(.*?)\]\]")
_WORD = re.compile(r"\w+")
_TITLES = forms("people", "titles", bare=True) | forms("people", "titles", bare=False)

HIDDEN = (
    "có chị [[Đẹt]], chị [[Hai Rổ]], cô [[Mười Cá]] cùng ký tên",
    "thương lái cọc rồi bỏ, tên là [[Phèn]], chạy mất",
    "Xóm em có bác [[Tửu]] say rượu đập cửa từng nhà",
    "zalo mình [[0356 111 000]] tên [[Huyền]]",
    "Tôi là [[Rơ Châm Hyưn]]",
    "Cháu là [[Giàng Seo Páo]]",
    "hs [[DL2601-0045]] trễ",
    "anh [[Tý]] thuê trọ cạnh nhà em hát karaoke",
    "email [[le.huyen@congty.example]]",
    "thẻ bhyt [[TE 1 79 7900001234]]",
    "sdt: [[0912.000.345]] nha anh chi",
    "alo [[o912000345]] nhe",
    "zalo [[84912000345]]",
    "call [[0912000345]] hoặc nhắn tin",
    "so dt [[khong chin mot hai ba khong khong tam bay sau]]",
    "gọi [[0 9 1 2 0 0 0 3 4 5]] cho tôi",
    "điện thoại nhà [[0236.3800.012]]",
    "có gì gọi [[0912000345]]/[[0988000111]]",
    "đt 0[[912 000 345]]",
    "SĐT:[[0912000345]].Cảm ơn",
    "Phone/Zalo: [[0356 000 111]]",
    "ở Nhật gọi số [[+81 90 0000 1234]]",
    "nhá máy vào [[0356.00.01.11]] nhé",
    "CCCD [[001 099 000 123]]",
    "cccd:[[001099000123]] cấp ngày 12/3/2021",
    "cmt [[012345678]]",
    "số hộ chiếu: [[N1234567]]",
    "mã thẻ bảo hiểm y tế [[HT3010120000123]]",
    "sổ bảo hiểm xã hội số [[7912000123]]",
    "mst [[8012345678]]",
    "mã định danh của cháu [[001225000123]]",
    "giấy phép lái xe số [[790123000456]]",
    "sổ hồng seri [[AA 01234567]]",
    "số vào sổ cấp GCN [[CH00123]]",
    "CC số [[001099000123]]",
    "số thẻ đảng [[12.345678]]",
    "căn cuoc cong dan so [[0 0 1 0 9 9 0 0 0 1 2 3]]",
    "ck vào [[0071000123456]] vcb",
    "Số tài khoản: [[1500 2050 12345]] Agribank",
    "bảo chuyển khoản vào số [[123456789]] ACB",
    "momo [[0912000345]]",
    "thẻ atm [[9704 3600 0000 1234 567]]",
    "stk vib [[012345678]]",
    "số tk cá nhân anh ta [[0071 000 123 456]]",
    "biển số [[30A-123.45]]",
    "BKS [[51F-678.90]]",
    "bien so xe [[29b1 12345]]",
    "moóc [[29R-001.23]]",
    "biển [[29-Y3 1234]]",
    "bs [[63b567890]]",
    "xe [[34-K5 6789]]",
    "xe ba bánh [[60T-12345]]",
    "biển ngoại giao [[80-NG-123-45]]",
    "thư gửi [[hoa.nguyen(at)gmail.com]]",
    "gmail [[hoanguyen1990]] nha",
    "facebook.com/[[hoa.nguyen.99]]",
    "zalo tên [[Hoa Nguyễn]]",
    "tiktok [[@hoanguyen.99]]",
    "Tôi ở [[số 12, ngách 34/56, ngõ 78 đường Láng]]",
    "em ở [[hẻm 12/34 đường Cây Keo]]",
    "o [[so nha 12 ngo 3 duong Lang]]",
    "nhà em [[tổ 7 khu 2]] ạ",
    "trú tại [[buôn Ea Tul]]",
    "căn hộ [[1205 block B chung cư Sao Mai]]",
    "tôi ở [[chung cư Hoa Mai, căn A-12.05]]",
    "nhà số [[15A đường số 7]]",
    "ở [[xóm 5]] thôn Đoài",
    "em ở [[tổ 3, ấp Mỹ Thuận]]",
    "thuê trọ tại [[dãy trọ cô Năm, hẻm 22]]",
    "toi cu ngu [[128 ap 3]]",
    "nhà cháu ở [[phum Xoài Chếk]]",
    "Nhà tôi [[ngõ 12]]",
    "thửa đất số [[123, tờ bản đồ số 45]]",
    "thửa số [[56]] tờ bản đồ [[7]]",
    "lô đất số [[12]], tờ [[3]]",
    "mhs [[H56.12-260101-0012]]",
    "biên nhận số [[01234]]",
    "giay hen so [[456/2026]]",
    "mã tra cứu [[ABC123XYZ]]",
    "hs số [[0456]] trễ",
    "phiếu tiếp nhận [[PTN-00123]]",
    "mã phản ánh [[PA260101-00123]]",
    "mã hđ [[HĐ-001234]]",
    "số danh bộ nước [[123456789]]",
    "số báo danh [[012345]]",
    "ngày sinh: [[01-02-1988]]",
    "Tôi, [[Trần Văn Bường]], sinh ngày [[12 tháng 3 năm 1960]]",
    "toi ten [[nguyen thi nhai]] o xa nay",
    "Em tên [[Quyên]] ạ",
    "t tên [[Khang]] nha",
    "con tôi là [[Trần Gia Bảo]], lớp 2A",
    "cháu [[Minh Anh]] nhà tôi bị cô mắng",
    "mẹ tôi là bà [[Phạm Thị Nụ]] 80 tuổi",
    "vợ tôi [[Hồ Thị Mận]] đi khám",
    "ông [[Sáu Đen]] nhà bên cạnh lấn đất nhà tôi",
    "bệnh nhân [[Trần Thị Bé]] nằm phòng 3",
    "tôi tên [[Y Bhiu Êban]]",
    "tôi tên [[Lò Văn Ún]]",
    "toi la [[sung a phenh]]",
    "em tên [[Kim Sa Thia]]",
    "tôi là [[Ksor H'Bia]]",
    "Người làm đơn ký tên [[Lê Văn Cò]]",
    "Kính đơn, [[Nguyễn Thị Gái]]",
    "Cảm ơn cán bộ. Mẹ bé [[Na]]",
    "mẹ em tên [[hường]]",
    "chị [[Nguyễn Thị Xoan]] cùng thôn với tôi",
    "giấy ghi nhầm tên [[Nguyễn Văn Tèo]]",
    "thằng [[Tí]] con tôi bị thầy đánh",
    "bà [[Bảy]] bán xôi nói lại",
    "chị em bán cá có chị [[Chín]], chị [[Mười Bông]]",
    "chủ tài khoản [[TRAN VAN BUONG]]",
    "E tên [[Trúc]] ạ, sn 2k",
    "ba cháu là [[Nguyễn Hữu Lộc]] đi tù",
    "cháu [[T.M.Q]] học lớp 4",
    "bạn tôi tên [[Hậu]] cũng bị vậy",
    "hộ ông [[Trần Văn Bảy]] được đền bù",
    "gia đình bà [[Liễu]] đối diện nhà tôi",
    "mình [[Tuyết]] đây ạ",
    "học sinh [[Bùi Gia Hân]] lớp 5B",
    "em [[Hạnh]] 0356 xxx là hàng xóm",
)

KEPT = (
    "Lệ phí 150.000 đồng, tôi đóng 500.000",
    "Luật Đất đai 2024",
    "Quyết định số 1234/QĐ-UBND ngày 12/3/2026",
    "từ 2019 đến 2024 chưa xong",
    "cửa số 12 đóng",
    "bốc số 1056 ngồi đợi",
    "gọi 113, 115 đều không được",
    "đường Nguyễn Trãi ngập nước",
    "trường Nguyễn Bỉnh Khiêm thu tiền",
    "bệnh viện Nguyễn Tri Phương",
    "chị Hoa tư pháp nạt tôi",
    "ông Nguyễn Văn Hùng chủ tịch xã",
    "cô Hạnh hiệu trưởng",
    "cô Lan chủ nhiệm lớp 3A mắng con tôi",
    "đồng chí Hải trưởng công an xã",
    "chị ngồi quầy 2 tên Thủy",
    "kế toán tên Hường ký khống",
    "đất 300 m2, mặt tiền 5 m",
    "lương 5.500.000đ/tháng",
    "thuế 10.000.000",
    "10 giờ 30 phút ngày 5 tháng 6 năm 2026",
    "điểm 8,5/10",
    "mẫu TP/HT-2020",
    "Quốc lộ 1A hư hỏng",
    "km 12+500 đường tỉnh 830",
    "Bộ phận một cửa quầy 3, 4, 5",
    "họp tổ dân phố ngày 12",
    "ấp có 3 tổ",
    "chung cư mất nước 3 ngày",
    "trạm y tế không có bác sĩ",
    "Trung tâm phục vụ hành chính công phường Trần Phú",
    "cán bộ sinh năm 1990 trẻ mà lười",
    "khóa 2020-2025",
    "50.000 người",
    "máy lạnh 2 cái hư",
    "chuyến xe 56",
    "giá vàng 85.000.000",
    "hồ sơ gồm 3 bản",
    "anh ta sinh năm 90 mà láo",
    "QR code không quét được",
    "ngõ trước ủy ban ngập",
    "sân vận động Hàng Đẫy",
    "khen em Thảo quầy 5",
    "chị Mai mắng tôi trước mặt mọi người ở quầy 2",
    "xếp hàng từ số 12 đến số 50",
    "Lớp 4B có 38 em, thu 350k/em, cô Hồng chủ nhiệm giữ",
    "tôi ở quầy chờ từ 8h đến 10h15",
    "Nhà tôi tổ chức đám cưới, xã tới lập biên bản",
    "ông Tâm bí thư sinh ngày nào không rõ nhưng đã quá tuổi",
    "thầy Khoa tổng phụ trách và cô Ngọc thủ quỹ thu tiền",
    "có anh tên Hưng ngồi bàn 4 giúp",
    "anh trực, tên Cẩn, hỏi cung tôi như tội phạm",
    "biên bản số 12/BB-VPHC ngày 3/3/2026",
    "hợp đồng thuê nhà 2 năm",
    "tổ 5 xe máy lưu động cấp căn cước",
    "thẻ từ số 3 hỏng",
    "trang dichvucong.gov.vn lỗi",
    "ra trụ sở 123 đường Hùng Vương của phường không ai tiếp",
    "bà con tên tuổi đầy đủ đã ký",
    "ghi sổ tên từng người",
    "Bác Ba trưởng ấp với chú Tư công an xã cùng ký tên",
    "tổ em có bác Hải tổ trưởng hay giúp",
    "xã tôi có ông Dũng chủ tịch rất gần dân",
    "thôn 3 xã Tân Lập không có điện",
    "công an xã Ray Đôi làm khó",
    "tượng đài Trần Hưng Đạo",
    "giải Nguyễn Trãi",
    "đường Trần Não ngập",
    "xe 16 chỗ chạy ẩu",
    "mua 2 tờ khai mất 10k",
    "tổng đài 18001096",
    "từ 12h30 đến 13h30",
    "giá 1m2 12 triệu 500",
    "mẫu CT01 lấy ở đâu",
    "form C2-05a",
    "hồ sơ mức độ 4",
    "em sinh viên năm 3",
    "con sinh 2 tháng chưa khai sinh",
    "VCB chi nhánh đóng cửa sớm",
    "chuyển khoản 2.000.000 cho anh ấy",
)


def _marked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The message without its brackets, and where they stood."""
    places = [
        (found.start() - 4 * number, found.start() - 4 * number + len(found[1])) for number, found in enumerate(_MARKED.finditer(line))
    ]
    return _MARKED.sub(lambda found: found[1], line), places


@pytest.mark.parametrize("line", HIDDEN)
def test_what_leads_to_a_citizen_goes(line: str) -> None:
    text, places = _marked(line)
    redacted = redact(text)
    covered = {place for start, end, _ in redacted.spans for place in range(start, end)}
    for start, end in places:
        numbers = any(map(str.isdigit, text[start:end]))
        for word in _WORD.finditer(text, start, end):
            telling = not word[0].isalpha() if numbers else word[0].lower() not in _TITLES
            assert not telling or covered.issuperset(range(*word.span())), redacted.text


@pytest.mark.parametrize("line", HIDDEN)
def test_nothing_beside_it_goes(line: str) -> None:
    text, places = _marked(line)
    redacted = redact(text)
    for start, end, _ in redacted.spans:
        assert any(start < after and first < end for first, after in places), redacted.text


@pytest.mark.parametrize("text", KEPT)
def test_what_leads_to_nobody_stays(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize("line", HIDDEN)
def test_hidden_once_more_it_stays_as_it_is(line: str) -> None:
    once = redact(_marked(line)[0]).text
    assert redact(once).text == once
