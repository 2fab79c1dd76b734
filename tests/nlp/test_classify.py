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


def test_one_word_is_never_sure(classifier: Classifier):
    assert not classifier.judge("tiền " * 40).sure
    assert not classifier.judge("khai sinh").sure


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


def test_many_are_judged_as_one_by_one(classifier: Classifier):
    texts = [text for _, text in CLEAR]
    assert list(classifier.judge_many(texts)) == [classifier.judge(text) for text in texts]


def test_a_worker_thread_judges_the_same(classifier: Classifier):
    with ThreadPoolExecutor(max_workers=1) as worker:
        for _, text in CLEAR[:4]:
            assert worker.submit(classifier.judge, text).result() == classifier.judge(text)


def test_judging_loads_neither_sklearn_nor_scipy(classifier: Classifier):
    script = "import sys; from nlp.classify import open_classifier; open_classifier(); assert not {'sklearn', 'scipy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)
