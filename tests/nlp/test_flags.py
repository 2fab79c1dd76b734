"""Each flag on messages that earn it, and on messages that only come near."""

import re

import pytest

from nlp.clean import readable
from nlp.flags import flags_of
from nlp.labels import Flag, Label
from nlp.rules import flag_rules
from nlp.words import words_of


def flags(text: str, label: Label = Label.COMMUNICATION, sure: bool = True) -> set[Flag]:
    return set(flags_of(words_of(readable(text)), label, sure))


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("anh trật tự doạ đánh tôi ngay trước cổng chợ", Flag.THREAT_OR_VIOLENCE),
        ("ông ấy bảo tao cho mày nằm đồn", Flag.THREAT_OR_VIOLENCE),
        ("anh cán bộ vuốt má rồi nắm tay em mãi", Flag.SEXUAL_HARASSMENT),
        ("rủ con gái tôi đi nhà nghỉ thì mới ký", Flag.SEXUAL_HARASSMENT),
        ("từ hôm tôi gửi đơn phản ánh thì hồ sơ nào cũng bị trả về", Flag.RETALIATION),
        ("sau khi góp ý thì nhà tôi bị kiểm tra liên tục", Flag.RETALIATION),
        ("cán bộ chụp căn cước của tôi rồi đăng lên nhóm zalo tổ dân phố", Flag.PRIVACY_LEAK),
        ("người bị tố cáo cầm nguyên lá đơn của tôi sang tận nhà", Flag.PRIVACY_LEAK),
        ("ông chủ tịch xã quát dân giữa sân", Flag.NAMES_THE_HEAD),
        ("hiệu trưởng bắt phụ huynh nộp thêm tiền", Flag.NAMES_THE_HEAD),
        ("đòi 500 nghìn thì mới làm", Flag.MONEY),
        ("phải kẹp phong bì vào hồ sơ", Flag.MONEY),
        ("thu 200k mà không có biên lai", Flag.MONEY),
    ],
)
def test_a_flag_is_earned(text: str, flag: Flag):
    assert flag in flags(text)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("can bo doi 500k moi lam", Flag.MONEY),
        ("ong chu tich xa quat dan", Flag.NAMES_THE_HEAD),
        ("anh ta doa danh toi", Flag.THREAT_OR_VIOLENCE),
    ],
)
def test_a_flag_is_earned_without_accents(text: str, flag: Flag):
    assert flag in flags(text)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("xin hỏi lệ phí làm lại căn cước là bao nhiêu", Flag.MONEY),
        ("nhờ chủ tịch xã xem xét giúp", Flag.NAMES_THE_HEAD),
        ("phó chủ tịch xã đi làm muộn", Flag.NAMES_THE_HEAD),
        ("cán bộ đánh máy chậm quá", Flag.THREAT_OR_VIOLENCE),
        ("đánh giá năm sao cho cán bộ", Flag.THREAT_OR_VIOLENCE),
        ("thẻ đeo ngược không đọc được tên", Flag.PRIVACY_LEAK),
        ("tôi đã gửi đơn ba lần mà chưa ai trả lời", Flag.RETALIATION),
        ("chị ấy nắm rõ quy định và cầm tay chỉ việc", Flag.SEXUAL_HARASSMENT),
    ],
)
def test_what_only_comes_near_earns_nothing(text: str, flag: Flag):
    assert flag not in flags(text)


def test_sure_praise_threatens_nobody():
    text = "cảm ơn chủ tịch xã đã bắt kẻ cầm dao rượt tôi"
    assert flags(text, Label.PRAISE, sure=True) == set()
    assert Flag.THREAT_OR_VIOLENCE in flags(text, Label.PRAISE, sure=False)


def test_each_flag_shows_the_words_that_earned_it():
    found = flags_of(words_of("Họ đòi 500 nghìn mới làm"), Label.BRIBERY, sure=True)
    assert found[Flag.MONEY] == "đòi #3 nghìn"


@pytest.mark.parametrize("bare", [False, True])
def test_every_rule_is_a_pattern_that_asks_for_something(bare: bool):
    for rules in flag_rules(bare):
        lines = [rule for part in (rules.any, rules.unless, *rules.any_with.values()) for rule in part.all]
        assert rules.any.all
        for rule in lines:
            assert all(rule.needs)
            assert all(not re.search(pattern, " . ") for pattern in rule.patterns)
