"""What is shown as the reason of a judgement can be read by anybody: whole words, as typed, and those that decided."""

import json
from itertools import combinations

import pytest

from nlp.classify import Classifier
from nlp.evidence import SMALL_WORDS_FILE
from nlp.labels import LABELS
from nlp.reasons import MOST_REASONS

TEXTS = [
    "Sáng nay tôi đến nộp hồ sơ khai sinh cho cháu mà cán bộ quát to giữa phòng, bảo tôi ngu rồi đuổi về",
    "Em ngồi đợi từ bảy giờ mà gần chín giờ mới có người mở cửa, hỏi thì bảo kẹt xe",
    "Bác ấy cứ úp mở là phải có phong bì thì mới tìm thấy hồ sơ nhà tôi",
    "Chị nhận giấy cúi mặt vào điện thoại, dân hỏi không buồn trả lời, giục thì xẵng giọng",
    "Hẹn mùng mười trả kết quả, đến mùng mười lại viết giấy hẹn khác, ba lần như thế rồi",
    "Họ bắt bổ sung đủ thứ giấy mà trên bảng niêm yết không hề ghi",
    "Ghế chờ gãy hết chân, trời nóng mà quạt hỏng, nước uống cũng không có",
    "Anh trực ban mặc áo ba lỗ, chân đi dép lê, thẻ không đeo",
    "Người nhà của sếp đến sau vẫn được gọi vào trước, chúng tôi ngồi nhìn nhau",
    "Cảm ơn cô bên hộ tịch đã chỉ từng dòng cho mẹ tôi, bà cụ về nhà khen mãi",
    "Chép nhầm năm sinh của tôi từ 1985 thành 1958, đi sửa thì bảo lỗi tại tôi",
    "di lam giay to ma can bo quat nat nguoi gia, noi trong khong",
    "cb trực trưa nào cũng nhậu, chiều vào làm mặt đỏ như gấc, nói ko ra hơi",
    "QUÁT DÂN NHƯ QUÁT CON, dân hỏi thì đập bàn đuổi ra ngoài",
]
STOP_WORDS = frozenset(word for line in json.loads(SMALL_WORDS_FILE.read_text())["words"] for word in line.split())
BETWEEN = frozenset({"thì", "mà", "rồi", "và", "nhưng"})


@pytest.mark.parametrize("text", TEXTS)
def test_a_reason_is_a_phrase_of_the_text(classifier: Classifier, text: str):
    reasons = classifier.judge(text).reasons
    assert 1 <= len(reasons) <= MOST_REASONS
    for reason in reasons:
        words = reason.lower().split()
        assert reason in text
        assert 2 <= len(words) <= 6, reason
        assert not STOP_WORDS.issuperset(words), reason
        assert not {words[0], words[-1]} & BETWEEN, reason
        assert f" {reason} " in f" {text} ".replace(",", " "), f"half a word: {reason}"


@pytest.mark.parametrize("text", TEXTS)
def test_no_two_reasons_say_the_same(classifier: Classifier, text: str):
    reasons = classifier.judge(text).reasons
    assert not any(one in other or other in one for one, other in combinations(reasons, 2))


@pytest.mark.parametrize("text", TEXTS)
def test_the_reasons_are_what_decided(classifier: Classifier, text: str):
    """Without them the judgement is another, or less sure."""
    judged = classifier.judge(text)
    rest = text
    for reason in judged.reasons:
        rest = rest.replace(reason, "")
    assert chance(classifier, rest, judged.label) < judged.confidence


def chance(classifier: Classifier, text: str, label: str) -> float:
    """How likely the label is by what is left; 1 in 14 of nothing."""
    top = dict(classifier.judge(text).top)
    return top.get(LABELS[LABELS.index(label)], 0.0)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (TEXTS[0], "quát to giữa phòng"),
        (TEXTS[7], "thẻ không đeo"),
        (TEXTS[11], "noi trong khong"),
        ("Cán bộ ngồi tiếp dân mà không đeo thẻ", "không đeo thẻ"),
        ("Đưa cho họ 200k là xong ngay trong buổi sáng", "200k"),
    ],
)
def test_what_belongs_together_is_shown_together(classifier: Classifier, text: str, phrase: str):
    assert any(phrase in reason for reason in classifier.judge(text).reasons), classifier.judge(text).reasons
