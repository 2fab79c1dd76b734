"""Short messages as people write them: the units and officials in [[ ]] must be found and nothing else; the days told must be right."""

import datetime as dt
import re

import pytest

from nlp.clean import readable
from nlp.entities import find

_TODAY = dt.date(2026, 6, 10)
_MARKED = re.compile(r"\[\[(.*?)\]\]")

UNITS = (
    "lên [[trên xã]] hỏi thì không ai biết",
    "[[bên đất đai]] nói thiếu giấy",
    "[[chỗ làm căn cước]] đông nghẹt",
    "[[chỗ đóng bảo hiểm]] ở đâu vậy",
    "[[bộ phận trả kết quả]] vắng",
    "[[kho bạc]] nghỉ trưa sớm",
    "[[bhxh huyện]] không nghe máy",
    "[[bảo hiểm xã hội tỉnh]] cắt lương",
    "[[thuế cơ sở 3]] thu sai",
    "[[đội thuế liên phường]] làm khó",
    "[[vpđk]] trả lỗi",
    "[[CNVPĐK đất đai]] trễ hẹn",
    "[[VKS]] không trả lời đơn",
    "[[thi hành án]] làm chậm",
    "[[cax]] làm việc nhanh",
    "[[công an phường Tân Lập]] bắt đợi",
    "[[công an]] bảo quay lại sau",
    "[[phòng PC08]] cấp bằng lái chậm",
    "[[phòng CSQLHC]] cấp sai",
    "[[1 cửa]] phường mình ok",
    "[[TTPVHCC]] phường",
    "[[trung tâm hcc]] hỏng máy lấy số",
    "[[UBND P. Tân Mai]] trả lời đi",
    "[[ủy ban]] nghỉ trưa tới 2h",
    "[[UB xã Tân Lập]] không tiếp",
    "[[HĐND phường]] không trả lời",
    "[[UBMTTQ phường]] chia quà",
    "[[hội nông dân xã]] cho vay",
    "[[đoàn xã]] tổ chức vui",
    "[[phường đội]] làm khó",
    "[[TH Kim Đồng]] thu quỹ",
    "[[trường mầm non Hoa Sen]] nấu dở",
    "[[trường cấp 2 xã Phú An]] dạy thêm",
    "[[nhà trường]] không trả lời",
    "[[trạm y tế]] đóng cửa",
    "[[trạm xá]] chích sai",
    "[[bệnh viện huyện]] thái độ",
    "[[viện]] bảo chờ, tôi lên [[viện]] từ sáng",
    "[[phòng khám khu vực]] thiếu thuốc",
    "[[khoa cấp cứu]] không ai",
    "[[ban quản lý chợ]] bắt đóng",
    "[[ban quản lý dự án]] đền bù thiếu",
    "[[hội đồng bồi thường]] tính thiếu",
    "[[phòng kinh tế]] xã bảo đợi",
    "[[p. tư pháp]] đóng cửa",
    "[[phòng LĐTBXH]] chưa chi tiền",
    "[[sở GTVT]] cấp bằng",
    "[[quản lý thị trường]] làm luật",
    "[[trung tâm đăng kiểm 60-03D]] vòi",
    "[[hải quan cửa khẩu]] làm khó",
    "[[công ty điện lực]] ghi sai số",
    "[[trung tâm dịch vụ việc làm]] xếp hàng",
    "[[thanh tra xã]] không xuống",
    "[[đội quản lý trật tự đô thị]] hốt hàng",
    "[[quầy 3]] không có ai",
    "[[cửa số 2]] chậm",
    "[[ô số 7]] nghỉ",
    "[[quầy tư pháp]] vắng",
    "[[bàn hỗ trợ]] không ai",
    "[[nhà tiếp dân]] sạch",
    "[[bo phan 1 cua]] lam cham",
    "[[tram y te xa]] dong cua",
    "[[van phong dang ky dat dai]] ngam",
    "[[benh vien huyen]] cho lau",
    "len [[xa]] hoi",
    "[[phong tu phap]] dong",
    "đường xã hư hỏng",
    "cửa hàng đóng cửa",
    "đóng bảo hiểm 10 năm",
    "trường hợp này giải quyết sao",
    "bàn ghế cũ nát",
    "viện cớ bận rồi về",
    "hộ khẩu của tôi mất",
    "tổ quốc ghi công",
    "xa hoi bay gio phuc tap",
)

PEOPLE = (
    "[[chị ngồi quầy 3]] mắng tôi",
    "[[em nữ tóc ngắn]] ở quầy nói trống không",
    "[[bạn nv]] bảo hết giờ",
    "[[anh ghi điện]] ghi sai",
    "[[chị bán vé]] nạt khách",
    "[[chú bảo vệ]] dìu bà cụ",
    "[[phó ấp Ri]] không có nhà",
    "[[Trung tá Kỷ]] bảo kê sòng bạc",
    "[[Thiếu tá Nguyễn Văn An]] nạt dân",
    "[[đồng chí thượng uý]] hỏi khéo",
    "[[cô hộ lý]] quát",
    "[[bác sĩ trực]] không có",
    "[[thầy hiệu trưởng]] ép học thêm",
    "[[cô quản sinh]] bắt đứng nắng",
    "[[cô Thắm dạy Mỹ thuật]] phạt",
    "[[chị kế toán]] thu sai",
    "[[tay phó chủ tịch]] uống rượu",
    "[[thằng Lộc trật tự đô thị]] hốt hàng",
    "[[ông chủ tịch]] hứa rồi quên",
    "[[chủ tịch xã]] không tiếp dân",
    "[[phó trưởng phòng]] giải thích rõ",
    "[[anh tổ trưởng]] tới nhà",
    "[[CSKV Tình]] dễ thương",
    "[[cán bộ Phử]] bảo về",
    "[[cán bộ tư pháp]] hách dịch",
    "[[nhân viên quầy 2]] cười nói",
    "[[lãnh đạo xã]] không quan tâm",
    "[[chị lao công]] dọn sạch",
    "[[cậu tình nguyện viên]] chỉ tận nơi",
    "[[anh nhập liệu]] gõ sai",
    "[[chị thu phí]] không ghi biên lai",
    "[[ông hói đầu]] ở cửa 3 xẵng giọng",
    "[[anh dân quân]] chặn xe",
    "[[ảnh trưởng phòng]] hứa",
    "[[anh thuế]] xuống quán",
    "[[bác thẩm phán]] hoãn",
    "[[anh soát vé]] chặn lại",
    "[[anh truc ban]] bao ve",
    "[[chu tich xa]] khong tiep",
    "[[em nu toc vang]] can nhan",
    "cháu đi học về",
    "mẹ tôi già yếu",
    "anh em trong xóm buồn",
    "con tôi học lớp 5",
    "em o phuong Thong Xanh",
)

TIMES: tuple[tuple[str, list[str | None]], ...] = (
    ("hôm qua tôi lên xã", ["2026-06-09"]),
    ("bữa qua tui ra phường", ["2026-06-09"]),
    ("hôm nọ có lên", [None]),
    ("chiều nay không ai trực", ["2026-06-10"]),
    ("đêm qua gọi không ai nghe", ["2026-06-09"]),
    ("hồi sáng tui ra xã", ["2026-06-10"]),
    ("thứ hai tuần này báo đóng cửa", ["2026-06-08"]),
    ("thứ sáu rồi tôi đi", ["2026-06-05"]),
    ("sáng thứ bảy vừa rồi", ["2026-06-06"]),
    ("cn vừa rồi đi tiêm", ["2026-06-07"]),
    ("ngày 5-6 tôi nộp", ["2026-06-05"]),
    ("ngày 05/06/2026 nộp", ["2026-06-05"]),
    ("hôm 28/5 em nộp", ["2026-05-28"]),
    ("mùng 5 tháng 6 dương", ["2026-06-05"]),
    ("đầu tháng 6 nộp", ["2026-06-01"]),
    ("giữa tháng 5 nộp", ["2026-05-15"]),
    ("tháng trước lên", [None]),
    ("mấy bữa ni không ai", [None]),
    ("3 ngày trước nộp", ["2026-06-07"]),
    ("2 hôm trước nộp", ["2026-06-08"]),
    ("ngày mai có làm không", ["2026-06-11"]),
    ("mai phường có làm k", ["2026-06-11"]),
    ("sáng mai mấy giờ mở", ["2026-06-11"]),
    ("mùng 3 tết đi cấp cứu", ["2026-02-19"]),
    ("lúc 9h tối hôm trước", [None]),
    ("mới 4h chiều đã đóng cửa", [None]),
    ("trước 10 giờ sáng", [None]),
    ("cứ thứ hai là vắng", [None]),
    ("luc 4h kem 15 dong cua", [None]),
    ("sang nay cho 3 tieng", ["2026-06-10"]),
    ("hom 28/5 nop", ["2026-05-28"]),
    ("bữa thứ sáu tuần trước", ["2026-06-05"]),
    ("từ tháng 3 đến nay", [None]),
    ("đầu năm nay nộp", ["2026-01-01"]),
    ("quốc tế lao động 1/5 vẫn làm", ["2026-05-01"]),
    ("hạn trả 15/6", ["2026-06-15"]),
    ("ai không bốc thăm ngày 20/6 coi như bỏ", ["2026-06-20"]),
    ("từ tháng mấy nhận hồ sơ", []),
    ("đợi 3 tiếng", []),
    ("lệ phí 5/10 ngàn", []),
)


def _marked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The message without its brackets, and where they stood."""
    places = [
        (found.start() - 4 * number, found.start() - 4 * number + len(found[1])) for number, found in enumerate(_MARKED.finditer(line))
    ]
    return readable(_MARKED.sub(lambda found: found[1], line)), places


def _check(marks: list[tuple[int, int]], finds: list[tuple[int, int]]) -> None:
    assert all(any(start < after and first < end for first, after in finds) for start, end in marks), "one is missed"
    assert all(any(start < after and first < end for first, after in marks) for start, end in finds), "one is too much"


@pytest.mark.parametrize("line", UNITS)
def test_units_are_found_and_nothing_else(line: str) -> None:
    text, places = _marked(line)
    _check(places, [(each.start, each.end) for each in find(text, _TODAY).units])


@pytest.mark.parametrize("line", PEOPLE)
def test_officials_are_found_and_nobody_else(line: str) -> None:
    text, places = _marked(line)
    _check(places, [(each.start, each.end) for each in find(text, _TODAY).people])


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_days_told_on_a_wednesday_in_june(text: str, expected: list[str | None]) -> None:
    assert [each.date.isoformat() if each.date else None for each in find(text, _TODAY).times] == expected
