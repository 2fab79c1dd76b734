"""Clear messages are understood, unclear ones are not taken for sure, and no input harms."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.classify import NO_IDEA, OFFERED, Classifier, Judgement
from nlp.clean import readable
from nlp.corpus import read_corpus
from nlp.labels import LABELS, Flag, Label

CLEAR = [
    (Label.RESPONSIBILITY, "Tôi gửi đơn kiến nghị đã ba tháng mà không ai trả lời, hỏi phòng này thì chỉ sang phòng kia."),
    (Label.COMMUNICATION, "Chị ở quầy số 3 quát tôi như quát con, hỏi lại một câu thì dập máy luôn."),
    (Label.TIME_DISCIPLINE, "Tám rưỡi sáng rồi mà quầy vẫn chưa có ai, bảo vệ nói cán bộ còn đi ăn sáng."),
    (Label.DELAY, "Giấy hẹn trả sổ đỏ ngày 5 tháng 6, nay đã cuối tháng 8 vẫn chưa có."),
    (Label.OBSTRUCTION, "Bắt tôi đi lại bốn lần, mỗi lần lại đòi thêm một loại giấy khác."),
    (Label.BRIBERY, "Anh địa chính gợi ý đưa hai triệu thì ký ngay trong ngày."),
    (Label.COMPETENCE, "Cán bộ nhập sai ngày sinh của cháu trong giấy khai sinh, bây giờ phải làm lại từ đầu."),
    (Label.ETHICS, "Ông phó công an xã tối nào cũng ngồi đánh bạc ăn tiền với mấy người trong thôn."),
    (Label.DRESS, "Cán bộ mặc quần đùi, đi dép lê ngồi tiếp dân, không đeo thẻ."),
    (Label.FACILITIES, "Nhà vệ sinh của uỷ ban bẩn quá, máy lấy số thì hỏng cả tháng nay."),
    (Label.FAIRNESS, "Người quen của lãnh đạo đến sau mà được gọi vào làm trước chúng tôi."),
    (Label.PRAISE, "Cảm ơn chị ở bộ phận một cửa đã hướng dẫn tận tình, mọi việc xong trong một buổi sáng."),
    (Label.INQUIRY, "Cho em hỏi làm lại căn cước bị mất thì cần giấy tờ gì và nộp ở đâu ạ?"),
    (Label.OTHER, "Đường trước nhà tôi toàn ổ gà, rác chất đống cả tuần không ai dọn."),
]


@pytest.mark.parametrize(("label", "text"), CLEAR, ids=[label for label, _ in CLEAR])
def test_a_clear_message_is_understood(classifier: Classifier, label: Label, text: str):
    judgement = classifier.judge(text)
    assert judgement.label is label
    assert 0 < judgement.confidence <= 1
    assert judgement.top[0] == (label, judgement.confidence)


def test_the_clear_messages_are_not_in_the_corpus():
    known = {text.text for text in read_corpus()}
    assert not known & {text for _, text in CLEAR}


@pytest.mark.parametrize(
    ("label", "text"),
    [
        (Label.COMMUNICATION, "chi o quay so 3 quat toi nhu quat con"),
        (Label.FACILITIES, "may lay so hong ca thang nay, nha ve sinh ban"),
        (Label.DRESS, "cbo mặc quần đùi ko đeo thẻ"),
        (Label.DELAY, "hs quá hẹn 2 tháng r mà ch trả"),
        (Label.COMMUNICATION, "CÁN BỘ QUÁT DÂN ẦM ẦM"),
    ],
)
def test_other_keyboards_are_understood(classifier: Classifier, label: Label, text: str):
    assert classifier.judge(text).label is label


def test_a_second_label_is_named(classifier: Classifier):
    judgement = classifier.judge("Cán bộ vừa đi làm muộn vừa quát mắng người dân")
    assert {judgement.label, *judgement.also} >= {Label.COMMUNICATION, Label.TIME_DISCIPLINE}


def test_flags_stand_beside_the_label(classifier: Classifier):
    judgement = classifier.judge("Ông chủ tịch xã đòi tôi 5 triệu tiền phong bì mới ký giấy")
    assert judgement.label is Label.BRIBERY
    assert {Flag.MONEY, Flag.NAMES_THE_HEAD} <= set(judgement.flags)


def test_reasons_are_the_persons_own_words(classifier: Classifier):
    text = "Sáng nay tôi lên phường, Nhà Vệ Sinh bẩn không vào nổi, ghế thì gãy"
    reasons = classifier.judge(text).reasons
    assert "Nhà Vệ Sinh" in " ".join(reasons)
    assert all(reason in text for reason in reasons)


def test_a_reason_keeps_its_not(classifier: Classifier):
    reasons = classifier.judge("Cán bộ ngồi tiếp dân mà không đeo thẻ").reasons
    assert any("không đeo thẻ" in reason for reason in reasons)


@pytest.mark.parametrize(
    "text", ["", "   ", "😡😡😡", "?!", "12345", "asdf qwer zxcv", "\u200b\u202e", "\ud800", "\x00" * 50, "привет как дела"]
)
def test_what_means_nothing_is_other_and_unsure(classifier: Classifier, text: str):
    judgement = classifier.judge(text)
    assert (judgement.label, judgement.sure, judgement.confidence) == (Label.OTHER, False, round(NO_IDEA, 4))
    assert judgement.reasons == ()


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "b",
        ".",
        "anh",
        "em",
        "ông",
        "chị ơi",
        "ok",
        "k",
        "dạ",
        "vâng ạ",
        "không có gì",
        "em chào anh ạ",
        "em chao anh a",
        "alo",
        "xin chào",
        "1",
    ],
)
def test_what_says_nothing_of_a_matter_is_other_and_unsure(classifier: Classifier, text: str):
    judgement = classifier.judge(text)
    assert (judgement.label, judgement.sure, judgement.flags, judgement.confidence) == (Label.OTHER, False, (), round(NO_IDEA, 4))


@pytest.mark.parametrize("text", ["tiền", "tiền " * 40, "khai sinh", "anh cán bộ", "con gà", "tôi muốn gửi đơn", "chủ tịch", "công an"])
def test_a_few_words_are_neither_sure_nor_flagged(classifier: Classifier, text: str):
    judgement = classifier.judge(text)
    assert (judgement.sure, judgement.flags) == (False, ())
    assert judgement.confidence < 0.8


def test_a_few_words_that_the_rules_know_are_flagged(classifier: Classifier):
    assert Flag.THREAT_OR_VIOLENCE in classifier.judge("dọa đánh tôi").flags


@pytest.mark.parametrize(
    "text",
    [
        "Tôi nộp lệ phí 20.000 đồng có biên lai đầy đủ",
        "Nhà tôi được bồi thường 500 triệu tiền đất",
        "Phí chứng thực 2 nghìn một trang niêm yết rõ",
        "Tôi đi ngân hàng rút tiền trợ cấp",
        "Lệ phí làm căn cước là 75 nghìn đúng không ạ",
    ],
)
def test_clean_money_is_surely_no_bribe(classifier: Classifier, text: str):
    judgement = classifier.judge(text)
    assert not (judgement.label is Label.BRIBERY and judgement.sure)
    assert not {Flag.THREAT_OR_VIOLENCE, Flag.RETALIATION} & set(judgement.flags)


@pytest.mark.parametrize(
    "text",
    [
        "Anh địa chính đòi 5 triệu, có biên lai hẳn hoi đâu",
        "Thu 200 nghìn mà không có biên lai",
        "Được đền bù 300 triệu thì phải cắt lại cho họ 10 triệu",
    ],
)
def test_money_out_of_order_is_still_flagged(classifier: Classifier, text: str):
    assert Flag.MONEY in classifier.judge(text).flags


def test_sure_praise_carries_no_grave_flag(classifier: Classifier):
    judgement = classifier.judge("Sau khi góp ý, phường đã sửa ngay, cảm ơn")
    assert (judgement.label, judgement.sure, judgement.flags) == (Label.PRAISE, True, ())


def test_the_likeliest_add_up_to_no_more_than_one_however_little_is_said(classifier: Classifier):
    for text in ("tiền", "cán bộ quát", "cán bộ quát dân giữa sân"):
        assert sum(share for _, share in classifier.judge(text).top) <= 1.0001


def check(judgement: Judgement, text: str) -> None:
    assert judgement.label in LABELS
    assert judgement.label not in judgement.also
    assert 0 < judgement.confidence < 1
    assert 1 <= len(judgement.top) <= OFFERED
    assert len(judgement.reasons) <= 3
    assert all(reason in readable(text) for reason in judgement.reasons)
    json.dumps([judgement.label, judgement.reasons, judgement.flags], ensure_ascii=False).encode("utf-8")


PIECES = [
    "cán bộ",
    "quát",
    "ko",
    "200k",
    "8h30",
    "đơn bị gạch tên",
    "?",
    "…",
    "😡",
    "\u0301",
    "\u200f",
    "ﷺ",
    "a.",
    "http://a.b",
    "hồ_sơ",
    "NĐ-CP",
    "ạạạ",
]
WORDS = st.sampled_from(PIECES)


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=500), st.lists(WORDS, max_size=200).map(" ".join), st.characters().map(lambda letter: letter * 5_000)))
def test_any_text_gives_a_judgement(classifier: Classifier, text: str):
    check(classifier.judge(text), text)


@pytest.mark.parametrize("piece", ["a.", "a ", "cán bộ. ", "đơn bị gạch ", "a\u0301\u0316", "x@y.", "\ud800", "1 2 "])
def test_a_hundred_kilobytes_are_judged(classifier: Classifier, piece: str):
    text = piece * (100_000 // len(piece))
    check(classifier.judge(text), text)


def test_a_worker_thread_judges_the_same(classifier: Classifier):
    with ThreadPoolExecutor(max_workers=1) as worker:
        for _, text in CLEAR[:4]:
            assert worker.submit(classifier.judge, text).result() == classifier.judge(text)


def test_judging_loads_neither_sklearn_nor_scipy(classifier: Classifier):
    script = "import sys; from nlp.classify import open_classifier; open_classifier(); assert not {'sklearn', 'scipy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)
