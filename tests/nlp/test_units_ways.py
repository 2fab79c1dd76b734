"""Words that name a public body in one place and none in another: the bodies in [[ ]] must be found, and nothing else."""

import datetime as dt
import re

import pytest

from nlp.clean import readable
from nlp.entities import find

_MARKED = re.compile(r"\[\[(.*?)\]\]")

UNITS = (
    "hồ sơ đất đai của tôi nộp lâu rồi",
    "e nop ho so dat dai thu 4 tuan truoc",
    "thủ tục hộ tịch rườm rà quá",
    "tôi có biên lai thuế từ năm 1994",
    "thuế đất năm nay đóng ở đâu",
    "tiền thuế môn bài tăng",
    "bảo phải mua bảo hiểm mới cho vay",
    "sổ hộ tịch ghi sai tên",
    "có giấy khám của bệnh viện",
    "hỏi giấy báo tử của bệnh viện",
    "xin giấy chuyển viện cho chồng",
    "xin chuyển trường cho con",
    "chuyển từ [[trường tiểu học Hoà Bình]] sang trường khác",
    "nộp hồ sơ vào trường mới",
    "Ở trường cũ con tôi ăn bán trú",
    "đi ra trung tâm xã mất hai tiếng",
    "từ trung tâm huyện cũ vô nhà em 20 cây",
    "nói gửi bưu điện rồi",
    "tôi gửi đơn qua đường bưu điện",
    "con tôi là Mai Xuân Trường của lớp 5A bị phạt",
    "nó ngồi bàn sau đọc to",
    "em quay duoc clip do",
    "toi la Thoa o so 15 ngach 40",
    "nhà em ở tổ 11, phường Sông Cầu",
    "em thuê trọ ở phòng 302, số 14 ngõ 95",
    "ở nhà trọ Thanh Bình, phòng số 9",
    "giấy phép của phường cũ tôi còn giữ",
    "hộ khẩu tỉnh khác không được chích",
    "phó chủ tịch phụ trách văn xã hẹn",
    "quê tôi sáp nhập xã xong",
    "bảo về lấy giấy của viện",
    "hội bảo vệ người tiêu dùng ở đâu",
    "[[Xã]] nói chờ vốn, [[huyện]] nói [[xã]] chưa trình",
    "[[cảnh sát cứu hoả]] tới nhanh",
    "ngồi ở [[nhà văn hoá khu phố 4]]",
    "[[nhà văn hóa thôn 2]] khoá cửa",
    "[[quỹ khuyến học xã]] còn bao nhiêu",
    "lên [[phòng quản lý xuất nhập cảnh]] nộp",
    "[[Tổ công tác cấp căn cước]] về làm lưu động",
    "giám đốc [[bệnh viện Hoà Bình]] không tiếp",
    "[[Điện lực Tân An]] nói chưa báo",
    "gọi lên tỉnh thì người ta chỉ về [[xã]]",
    "[[tỉnh]] trả lời là chưa có",
    "kế toán [[trường mầm non Ánh Dương]] thu tiền",
    "[[công an xã]] không tiếp",
    "[[trường]] không cho vào",
    "[[bảo hiểm xã hội]] trả lời chậm",
    "[[thuế]] bảo nộp lại",
    "[[quầy số 1]] đóng cửa",
)


def _told(marked: str) -> tuple[str, list[str]]:
    return readable(_MARKED.sub(r"\1", marked)), _MARKED.findall(marked)


@pytest.mark.parametrize("marked", UNITS)
def test_only_what_is_meant_for_a_body_is_taken_for_one(marked: str):
    text, told = _told(marked)
    found = [each.words for each in find(text, dt.date(2026, 6, 10)).units]
    assert len(found) == len(told)
    assert all(words in body or body in words for words, body in zip(found, map(readable, told), strict=True))
