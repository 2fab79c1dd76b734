"""What is grave is heard wherever it stands in a long story; what else it tells of is conduct, and not too much of it."""

from __future__ import annotations

import pytest

from nlp.classify import MOST_ALSO, Classifier
from nlp.labels import Flag, Label
from nlp.long_stories import NO_CONDUCT, judge_story

THANKS = "Cảm ơn các anh chị ở bộ phận một cửa xã An Bình, cán bộ rất nhiệt tình, niềm nở, hướng dẫn chu đáo, tôi rất hài lòng. "
BRIBE = "Rồi cán bộ bắt tôi đưa phong bì 5 triệu tiền bôi trơn mới cho giấy, ai không đưa thì không làm. Tôi đã phải đưa tiền cho họ. "
THREAT = "Lúc về thì anh ta doạ đánh tôi, bảo tôi mà kể ra thì cho người đến đốt nhà. "
DELAY = "Tôi nộp giấy khai sinh cho cháu mà chờ từ sáng tới trưa không ai gọi số, hẹn đi hẹn lại ba lần vẫn chưa có kết quả. "
RUDE = "Cán bộ quát tôi giữa phòng, nói năng cộc lốc, ném hồ sơ xuống bàn, xưng mày tao với người già. "
LATE = "Tám giờ rưỡi cán bộ mới đến, ngồi ăn sáng rồi chơi điện thoại, bỏ quầy đi từ ba giờ chiều. "
UNFAIR = "Người quen thì được làm trước, còn chúng tôi xếp hàng từ sớm vẫn phải đợi sau cùng. "


@pytest.mark.parametrize("story", [f"{THANKS * 30}\nNhưng {BRIBE}", THANKS * 15 + BRIBE + THANKS * 15, BRIBE.join([THANKS * 2] * 2)])
def test_a_bribe_among_praise_is_heard(classifier: Classifier, story: str) -> None:
    judged = judge_story(classifier, story.strip())
    assert Label.BRIBERY in (judged.label, *judged.also)
    assert Flag.MONEY in judged.flags


def test_a_threat_among_praise_is_heard(classifier: Classifier) -> None:
    assert Flag.THREAT_OR_VIOLENCE in judge_story(classifier, THANKS * 12 + THREAT + THANKS * 12).flags


def test_praise_alone_is_nothing_but_praise(classifier: Classifier) -> None:
    judged = judge_story(classifier, THANKS * 40)
    assert (judged.label, judged.also, judged.flags) == (Label.PRAISE, (), ())


@pytest.mark.parametrize(
    "after", [THANKS, "Cho tôi hỏi làm lại căn cước thì cần giấy tờ gì, nộp ở đâu, mất bao lâu ạ? ", "Trời hôm nay mưa to. "]
)
def test_what_is_no_conduct_is_not_told_beside_it(classifier: Classifier, after: str) -> None:
    judged = judge_story(classifier, DELAY * 28 + "\n" + after * 30)
    assert judged.label is Label.DELAY
    assert not NO_CONDUCT & {*judged.also}


def test_not_everything_is_told_at_once_but_a_bribe_always(classifier: Classifier) -> None:
    judged = judge_story(classifier, "\n".join((each * 36).strip() for each in (DELAY, RUDE, LATE, UNFAIR, BRIBE)))
    assert judged.label is Label.DELAY
    assert len(judged.also) <= MOST_ALSO
    assert judged.also[0] is Label.BRIBERY
