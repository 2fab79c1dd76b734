"""Which track is advised and why, what is grave, and when a number to call comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.labels import Flag, Label
from nlp.track import Kind, advise


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("cán bộ quát tôi giữa sảnh", Label.COMMUNICATION, Kind.FEEDBACK),
        ("hồ sơ quá hẹn 12 ngày", Label.DELAY, Kind.FEEDBACK),
        ("Tôi khiếu nại Quyết định số 45/QĐ-UBND thu hồi đất của gia đình tôi", Label.OBSTRUCTION, Kind.COMPLAINT),
        ("tôi không đồng ý với quyết định xử phạt, đề nghị xem xét lại", Label.OTHER, Kind.COMPLAINT),
        ("gia dinh e yeu cau xem xet lai quyet dinh cat tro cap", Label.OBSTRUCTION, Kind.COMPLAINT),
        ("Tôi tố cáo kế toán lập khống hồ sơ", Label.BRIBERY, Kind.DENUNCIATION),
        ("trưởng công an xã nhận hối lộ của sòng bạc", Label.BRIBERY, Kind.DENUNCIATION),
        ("công an viên đánh em trai tôi gãy răng", Label.COMMUNICATION, Kind.DENUNCIATION),
        ("cảm ơn chị Hoa nhiều", Label.PRAISE, Kind.PRAISE),
        ("muốn khiếu nại thì gửi đơn đến đâu ạ", Label.INQUIRY, Kind.QUESTION),
        ("người bị tố cáo có được biết tên người tố cáo không", Label.INQUIRY, Kind.QUESTION),
        ("giá vàng hôm nay thế nào", Label.OTHER, Kind.OUT_OF_SCOPE),
        ("sau khi tôi gửi đơn tố cáo thì hồ sơ bị trả", Label.OBSTRUCTION, Kind.FEEDBACK),
        ("họ bắt ký cam kết không khiếu nại", Label.OBSTRUCTION, Kind.FEEDBACK),
        ("Tôi nhận quyết định 2210, tôi làm đơn khiếu nại lần đầu", Label.INQUIRY, Kind.COMPLAINT),
        ("gọi ba lần không ai nghe máy, vậy là sao", Label.INQUIRY, Kind.FEEDBACK),
        ("phuong minh lam an cham nhu rua bo", Label.OTHER, Kind.FEEDBACK),
        ("hàng xóm quát con tôi", Label.OTHER, Kind.OUT_OF_SCOPE),
        ("Mình muốn góp ý nhỏ: tờ khai in chữ bé quá", Label.PRAISE, Kind.FEEDBACK),
        ("không ai quát mắng gì, cảm ơn xã", Label.PRAISE, Kind.PRAISE),
        ("trưởng thôn ăn tiền cứu trợ bão", Label.FAIRNESS, Kind.DENUNCIATION),
        ("cô nhận đơn quẳng trả lại vì photo mờ", Label.PRAISE, Kind.FEEDBACK),
        ("công an phường dắt mẹ tôi bị lẫn về tận nhà", Label.PRAISE, Kind.PRAISE),
        ("nhà không có số, xã nói không cấp giấy được", Label.INQUIRY, Kind.FEEDBACK),
        ("mọi người cho mình hỏi có ai bị chị ấy quát chưa", Label.INQUIRY, Kind.FEEDBACK),
        ("Mai có làm việc không, tôi nộp cho con", Label.INQUIRY, Kind.QUESTION),
        ("Quán karaoke đầu ngõ mở tới 2h sáng", Label.ETHICS, Kind.OUT_OF_SCOPE),
        ("Hàng xóm tôi nộp hồ sơ sau mà có sổ trước", Label.FAIRNESS, Kind.FEEDBACK),
        ("Tôi yêu cầu huỷ biên bản vi phạm số 33", Label.FAIRNESS, Kind.COMPLAINT),
        ("anh thanh tra bảo chuyển 5 triệu thì mới khỏi bị tháo dỡ", Label.BRIBERY, Kind.DENUNCIATION),
        ("anh tổ trưởng đòi tui đóng 200 ngàn, hổng đóng thì hồ sơ nằm một xó", Label.BRIBERY, Kind.DENUNCIATION),
    ],
)
def test_the_track_is_advised(text: str, label: Label, kind: Kind):
    assert advise(text, label).kind is kind


def test_the_reason_is_in_the_writers_words():
    assert advise("Nay tôi TỐ CÁO ông Cảnh", Label.BRIBERY).reason == "TỐ CÁO"
    assert advise("cán bộ quát tôi", Label.COMMUNICATION).reason == ""


@pytest.mark.parametrize(
    ("label", "flags", "grave"),
    [
        (Label.BRIBERY, [], True),
        (Label.COMMUNICATION, [Flag.THREAT_OR_VIOLENCE], True),
        (Label.OBSTRUCTION, [Flag.RETALIATION], True),
        (Label.DELAY, [], False),
        (Label.DELAY, [Flag.MONEY], False),
    ],
)
def test_what_is_grave_is_marked(label: Label, flags: list[Flag], grave: bool):
    assert advise("cán bộ phường làm vậy", label, flags).grave is grave


def test_praise_is_never_grave():
    assert not advise("anh không nhận hối lộ, cảm ơn anh", Label.PRAISE).grave


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("cứu với, công an viên đang đánh chồng tôi", "113"),
        ("có người cầm dao đuổi cô lễ tân, gọi không ai nghe máy", "113"),
        ("cháy nhà ở ngõ 15 rồi, lửa lan sang", "114"),
        ("dang chay nha o ngo 15", "114"),
        ("bà cụ đang bất tỉnh ở phòng chờ", "115"),
        ("tôi không muốn sống nữa", "115"),
        ("cha dượng thường xuyên đánh đập cháu bé", "111"),
    ],
)
def test_danger_now_names_the_number_to_call(text: str, number: str):
    assert advise(text, Label.OTHER).emergency == number


@pytest.mark.parametrize(
    "text",
    [
        "hôm qua anh dân phòng đánh tôi",
        "cán bộ đang đánh máy",
        "chú ấy đang đánh cờ",
        "tiền trong túi cháy sạch",
        "máy lấy số hỏng, gọi mãi không ai",
        "can bo chay xe nhanh",
        "phòng cháy chữa cháy kiểm tra quán",
    ],
)
def test_what_is_over_or_only_sounds_so_calls_nobody(text: str):
    assert advise(text, Label.COMMUNICATION).emergency is None


@given(st.text(max_size=300), st.sampled_from(Label), st.sets(st.sampled_from(Flag)))
def test_any_text_gives_advice(text: str, label: Label, flags: set[Flag]):
    track = advise(text, label, flags)
    assert track.kind in Kind
    assert track.emergency in (None, "111", "113", "114", "115")
