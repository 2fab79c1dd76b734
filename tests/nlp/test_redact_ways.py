"""The ways in which people of all regions write what leads to them: what stands in [[ ]] must go, all else must stay."""

import re

import pytest

from nlp.redact import redact
from nlp.word_lists import forms

_MARKED = re.compile(r"\[\[(.*?)\]\]")
_WORD = re.compile(r"\w+")
_TITLES = forms("people", "titles", bare=True) | forms("people", "titles", bare=False)

NUMBERS = (
    "máy em là [[o346.998.o12]]",
    "Đt e nè [[0903 O12 887]]",
    "zalo [[o9 o1 22 33 44]] nha",
    "số [[0 chín 4 ba 5 sáu 7 tám 9 0]] nhé",
    "số con là [[không chín không tám một hai ba bốn năm sáu]]",
    "GỌI SỐ [[KHÔNG CHÍN TÁM HAI BA BỐN NĂM SÁU BẢY TÁM]]",
    "máy bàn [[(0254) 3.856.221]]",
    "đt cơ quan tôi [[02923 811 022]]",
    "gọi [[0912-34-56-78]] giùm",
    "gọi [[091 2345 678]], [[0987 65 43 21]]",
    "sđt [[9 1 2 3 4 5 6 7 8]]",
    "số [[+84 (0)912 345 678]]",
    "alo [[0912/345/678]]",
    "lh: [[0912345678]]-[[0987654321]]",
    "biên nhận [[2605-1182]] nộp từ tháng 5",
    "Biên nhận của tôi là [[26.11.18-077]]",
    "hồ sơ của em là [[2609.0144]] tới đâu rồi",
    "mã số [[26-11-0093/XD]] nộp tại xã",
    "số [[TN-26/04417]] hẹn lâu rồi",
    "Phiếu biên nhận [[1148/TNHS]] hẹn lâu rồi",
    "mã hồ sơ [[G22.99.08-261120-0007]]",
    "phiếu hẹn [[A26-00731]] đây",
    "giấy tiếp nhận [[0087/2026/TN]]",
    "hộ kinh doanh của tôi, mã số [[0108877341-001]]",
    "mst [[8123456789-002]]",
    "sai ngày sinh [[15/6/2015]] thành [[16/5/2015]]",
    "ngày sinh của bé là [[3-4-2020]]",
    "Fb em [[bong.bang.9x]] ạ",
    "liên lạc em qua face [[duyen.my.98]]",
    "ig của mình [[ngan_tran]]",
    "mess [[hoa.le.ht]] nha",
    "hộp thư [[lanhuong76 a còng yahoo chấm com]]",
    "mail [[pham.thu.uyen @ gmail . com]]",
    "xe máy điện [[37MĐ1-012.34]]",
    "xe [[59X3-128.94]]",
    "biển [[65H 012.44]]",
    "xe ba gác [[60-N1 123.45]]",
    "căn cước [[0380 9000 1234]]",
    "CMND cũ [[334 567 812]]",
    "cccd [[079.085.012.345]]",
    "số định danh của bé [[079 225 001 234]]",
    "thẻ thương binh số [[TB-14207]]",
    "số thẻ [[DN4797912345678]]",
    "thẻ BHYT [[HT 2 46 46 1234 56789]]",
    "hộ chiếu [[K 0123456]]",
    "stk [[1903 5566 7788 99]] TCB",
    "chuyển từ tài khoản [[7102 2050 33148]]",
    "nộp từ số [[0451 0002 88990]] vietcombank",
    "số hợp đồng điện [[PE0300012345]]",
)

PLACES = (
    "Mẹ cháu ở [[số 8, xóm Chùa]]",
    "tôi sống ở [[nhà 25 khu 2 phố Bờ Sông]]",
    "địa chỉ của tôi [[112 đường Phan Bội Châu, khối 3]]",
    "em thuê ở [[phòng 302, số 14 ngõ 95 Cầu Giấy]]",
    "trọ ở [[phòng 12 dãy B, 77/4 đường Tô Ký]]",
    "từ [[căn 1508 toà S2.05 khu đô thị Sao Biển]]",
    "Chúng tôi ở [[căn 12A-05 block C chung cư Sen Hồng]]",
    "Tôi ở [[lô C2-15 khu tái định cư Phước Lý]]",
    "Tui tên [[Út Mười]], nhà [[ấp 3A]], đối diện lò gạch",
    "Hẹn nhau ở [[thôn 3, số nhà 112]]",
    "[[thôn Cẩm Tú, số 45]]",
    "bà con [[tổ 9]] chúng tôi góp ý",
    "[[nhà số 19 khối 7, đường Trần Phú]]",
    "toi o [[so 5/7 hem 3 Ly Thai To]]",
    "[[K108/25 Ông Ích Khiêm]] là nhà tôi",
    "nhà em [[số 4 hẻm 51]]",
    "ở [[ngách 5/18 nhà 22 Đội Cung]]",
    "[[ngõ 168 số nhà 7 Kim Giang]]",
    "Em ở [[tầng 5 số 12 ngõ 7 Láng Hạ]]",
    "tui ở [[ấp Phú Mỹ 2, số nhà 118]]",
)

NAMES = (
    "con gái ổng là [[Diễm]] đổ nước thải",
    "chồng bà ấy là [[Thuấn]] cầm gậy doạ",
    "Vợ anh ta là [[Duyên]] bảo không biết",
    "vợ bác sĩ là chị [[Hiên]] nghe máy",
    "Người ký thay là con dâu bà ấy tên [[Phương]]",
    "cho em vợ tên [[Tiến]] thuê sân bóng",
    "Anh [[Cường]] chủ xưởng nói ban ngày làm thôi",
    "chủ quán tên [[Phụng]] nói có ô dù",
    "bà chủ hụi tên [[Sáu Thơm]] ôm tiền",
    "chủ trọ bà [[Bảy Ngọt]] không cho đăng ký",
    "Chủ trọ em là cô [[Sáu Lý]]",
    "nhân viên môi giới là [[Tuyết Nhung]]",
    "lớp trưởng là [[Thanh Trúc]] bị cô bắt ghi tên bạn",
    "thì [[Vinh]], quản lý cửa hàng, chửi thề",
    "có hộ giáp ranh là ông [[Khâm]] và bà [[Loan]] đứng chờ",
    "ông [[Thuật]] bên kia cầm gậy",
    "ranh với nhà ông [[Tuệ]], tôi không ký",
    "Sđt e [[0905 662 813]] (e [[Diệu]])",
    "cứ gọi mình [[Thục Anh]], [[0936.77.14.20]].",
    "Dạ em [[Phúc]], chồng chị [[Loan]] hộ nghèo",
    "Tôi [[Đèo Văn Sung]], đt [[0205.387.4455]]",
    "Tôi [[Lang Văn Tuyến]] kính báo",
    "tui [[Mười Nghĩa]] không sợ",
    "Ai cần hỏi thì gặp tôi, [[Quang Vinh]], nhà đầu ngõ",
    "Ub phường cần chấn chỉnh. Em [[Trúc Đào]] nha.",
    "Con em tên ở nhà là [[Kem]]",
    "tên giấy là [[Trần Nhật Tân]], cô giáo ghi sai",
    "Mong nhà trường trả lời. Giáo viên [[Bùi Thị Hoà]], [[0382.117.446]]",
    "nick fb [[Thảo Mộc Quê]]",
    "Đứa bạn nó là [[Gia Hân]] chứng kiến",
    "mẹ em họ [[Trương]], tên [[Nở]]",
    "đồng phục ở nhà may cô [[Hạnh Phúc]] mới được",
    "con ten [[thach thi so phia]], me con la [[kim thi da]]",
    "em la [[lo thi inh]], chong em la [[quang van pan]]",
    "toi la [[k'brin]], nguoi K'ho",
    "Ông anh tui [[Hai Lúa]] gửi đơn",
    "chó nhà ông [[Ba Tưởng]] cắn",
    "Phụ huynh bé [[Gấu]] và bé [[Thỏ]]",
    "gặp anh [[Thuận]] [[0372 914 558]]",
    "ny e tên [[Khôi Nguyên]]",
    "Hàng xóm tên [[Quế]] hát tới khuya",
    "thằng [[Beo]] con bà [[Tư Mắm]] ăn trộm xoài",
    "đại diện các hộ: [[Lưu Bá Hợp]], [[Trịnh Xuân Nghị]]",
    "bị can là anh rể tôi, [[Đinh Công Tráng]]",
    "má [[Gia Hân]] cũng làm chứng",
    "em trai em tên [[Bảo Long]], lớp 10A5",
)

KEPT = (
    "phiếu hẹn 26/11 mà giờ chưa có",
    "biên nhận ngày 12/11/2026",
    "nghị định 15/2020/NĐ-CP, thông tư 01/2024/TT-BTP",
    "em Hương hướng dẫn tận tình",
    "Em Thảo ở quầy 3 rất dễ thương",
    "em Hoa, cán bộ một cửa, giúp tôi",
    "vợ ông chủ tịch là giáo viên",
    "chủ tịch là ông Hùng mới về",
    "hiệu trưởng là cô Mai",
    "quê tôi Quảng Nam nghèo lắm",
    "xã tôi Tân Lập đẹp",
    "nhà ông chủ tịch xã xây to",
    "khối 3 có 5 lớp",
    "tổ 3 em học sinh dọn rác",
    "số 8 xếp hàng trước",
    "mã số hồ sơ chưa có",
    "hồ sơ 3 tháng chưa xong",
    "kết quả 2-1 nghiêng về đội nhà",
    "chị Hiền một cửa, anh Bảo địa chính",
    "cô Hạnh, giáo viên lớp 3A",
    "Facebook Công an tỉnh đăng bài",
    "zalo của xã không ai trả lời",
    "con đường 12 mét",
    "thôn 3 chưa có điện",
    "phòng 302 khoa nội đóng cửa",
    "lô hàng 15 tấn",
    "cán bộ thuế là chị Nga đòi tiền",
    "trưởng ấp tên Tám Quắn khai khống",
    "người nhận hồ sơ là anh Tùng",
)


def _told(marked: str) -> tuple[str, list[tuple[int, int]]]:
    text, spans, at = "", [], 0
    for found in _MARKED.finditer(marked):
        text += marked[at : found.start()]
        spans.append((len(text), len(text) + len(found[1])))
        text, at = text + found[1], found.end()
    return text + marked[at:], spans


@pytest.mark.parametrize("marked", [*NUMBERS, *PLACES, *NAMES])
def test_what_leads_to_a_citizen_goes_and_nothing_else(marked: str):
    text, spans = _told(marked)
    hidden = {place for start, end, _ in redact(text).spans for place in range(start, end)}
    left = [
        word[0]
        for start, end in spans
        for word in _WORD.finditer(text, start, end)
        if word[0].lower() not in _TITLES and not hidden.issuperset(range(*word.span()))
    ]
    inside = {place for start, end in spans for place in range(start - 1, end + 1)}
    assert not left
    assert all(not text[place].isalnum() for place in hidden - inside)


@pytest.mark.parametrize("text", KEPT)
def test_what_leads_to_nobody_stays(text: str):
    assert redact(text).text == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("fb mình là facebook.com/thuha.bienxanh, ai có phòng", "fb mình là [email], ai có phòng"),
        ("Chồng em đi tàu BĐ-96274-TS, về ghé đồn", "Chồng em đi tàu [biển số], về ghé đồn"),
        ("ghi sai ngày sinh của tôi (12/04/1969) trên trích lục", "ghi sai ngày sinh của tôi ([ngày sinh]) trên trích lục"),
        ("gọi 0901.772.463, hồ sơ 2609-QNN-0388. Nhân viên quầy 2", "gọi [số điện thoại], hồ sơ [mã hồ sơ]. Nhân viên quầy 2"),
        ("tài khoản nguyenvy_1998 đăng nhập bị văng", "tài khoản [email] đăng nhập bị văng"),
        ("theo công văn 2026-UBND-0012", "theo công văn 2026-UBND-0012"),
    ],
)
def test_ways_of_a_fifth_author(text: str, hidden: str):
    assert redact(text).text == hidden
