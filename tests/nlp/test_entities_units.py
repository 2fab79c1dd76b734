"""Which unit or desk is meant, however it is called, and found in the tree of the sample commune's kind."""

import datetime as dt

import pytest

from nlp.entities import UnitMention, UnitName, find

TODAY = dt.date(2026, 11, 23)
TREE = (
    UnitName(1, ("Ủy ban nhân dân tỉnh Ví Dụ", "UBND tỉnh")),
    UnitName(2, ("Ủy ban nhân dân phường Tân Mai", "UBND phường", "Phường Tân Mai", "UBND phường Hoàng Hạ"), 1),
    UnitName(3, ("Bộ phận một cửa phường Tân Mai", "Trung tâm Phục vụ hành chính công phường", "Nơi nộp hồ sơ"), 2),
    UnitName(4, ("Trạm Y tế phường Tân Mai", "Trạm xá"), 2),
    UnitName(5, ("Phòng Kinh tế phường Tân Mai", "Địa chính", "Xây dựng"), 2),
    UnitName(6, ("Công an phường Tân Mai",), 2),
    UnitName(7, ("Ủy ban nhân dân xã Đồng Lạc",), 1),
    UnitName(8, ("Trạm Y tế xã Đồng Lạc",), 7),
)


def units(text: str, tree: tuple[UnitName, ...] = TREE) -> tuple[UnitMention, ...]:
    return find(text, TODAY, tree).units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("ub phường TM không trả lời", 2),
        ("UBND phường Tân Mai", 2),
        ("uỷ ban phường tan mai", 2),
        ("1 cửa đông quá", 3),
        ("tôi ra bộ phận một cửa", 3),
        ("goi tthcc khong ai nghe", 3),
        ("nơi nộp hồ sơ không có ghế", 3),
        ("trạm y tế xã Đồng Lạc đóng cửa", 8),
        ("trạm y tế phường Tân May đóng cửa", 4),
        ("phòng kinh tế ngâm hồ sơ", 5),
        ("bên xây dựng đòi thêm giấy", 5),
        ("cap không bắt máy", 6),
        ("phường Hoàng Hạ cũ bảo chờ", 2),
        ("quầy số 3 không có ai", 3),
    ],
)
def test_the_unit_meant_is_found(text: str, unit: int):
    assert [mention.unit_id for mention in units(text)] == [unit]


def test_a_unit_of_another_place_is_not_ours():
    (mention,) = units("trạm y tế xã Bình An từ chối")
    assert (mention.unit_id, mention.score, mention.kind) == (None, 0.0, "health")


def test_of_several_alike_none_is_taken_unless_the_place_is_told():
    assert [mention.unit_id for mention in units("trạm y tế đóng cửa")] == [None]
    assert units("ở xã Đồng Lạc, trạm y tế đóng cửa")[-1].unit_id == 8


SCHOOLS = (
    *TREE,
    UnitName(9, ("Trường Tiểu học Tân Mai",), 2),
    UnitName(10, ("Trường Tiểu học Tân Mai 2",), 2),
    UnitName(11, ("Trường THCS Tân Mai",), 2),
)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("trường tiểu học Tân Mai 2 thu tiền", 10),
        ("trường tiểu học Tân Mai 3 thu tiền", None),
        ("trường tiểu học Tân Mai 2 lần thu tiền", 9),
        ("trường tiểu học Tân Mai thu tiền", 9),
        ("tiểu học Tân Mai thu tiền", 9),
        ("thcs Tân Mai thu tiền", 11),
        ("trường cấp 2 Tân Mai thu tiền", 11),
        ("bệnh viện Tân Mai", None),
        ("công an tỉnh không nghe máy", None),
        ("công an huyện", None),
        ("một cửa huyện", None),
        ("UBND xã Tân Mai", None),
        ("UBND tỉnh trả lời", 1),
        ("UBND thành phố trả lời", None),
        ("lên phường khác", None),
        ("lên phường bên cạnh", None),
        ("ubnd p. tan mai", 2),
        ("UBND phường TM", 2),
        ("UBND phường DL", None),
    ],
)
def test_number_stage_and_level_must_agree(text: str, unit: int | None):
    assert [mention.unit_id for mention in units(text, SCHOOLS)] == [unit]


@pytest.mark.parametrize(
    "text", ["một cửa sổ bị vỡ", "mở một cửa hàng", "một cửa hiệu", "tiền thuế phải đóng thuế không", "có giấy ra viện"]
)
def test_windows_shops_and_taxes_are_no_body(text: str):
    assert units(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "THCS Nguyễn Hữu Tiến",
        "bàn tiếp đón",
        "quầy thu tiền",
        "bộ phận hộ khẩu",
        "tổ công tác phường Kênh Đào",
        "thầy giám thị trường Lê Văn Khổng",
        "đội quản lý trật tự",
    ],
)
def test_bodies_as_people_call_them(text: str):
    assert len(units(text, ())) == 1


def test_a_desk_is_less_sure_than_a_name():
    desk, name = units("quầy số 3 bảo sang bộ phận một cửa")
    assert 0 < desk.score < name.score <= 1


def test_a_long_name_with_a_slip_is_found():
    (mention,) = units("trung tam phuc vu hanh chinh cong phuog lam viec cham", TREE[2:3])
    assert mention.unit_id == 3


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("lên 1 cửa", "one_stop"),
        ("cax không nghe máy", "police"),
        ("trường tiểu học Hoa Sữa", "school"),
        ("tyt không có thuốc", "health"),
        ("chi cục thuế gửi nhầm", "tax"),
        ("vpđkđđ ngâm sổ", "land"),
        ("ub phuong dong cua", "committee"),
        ("phòng tư pháp", "justice"),
    ],
)
def test_the_kind_is_told_without_a_tree(text: str, kind: str):
    (mention,) = units(text, ())
    assert (mention.kind, mention.unit_id) == (kind, None)


@pytest.mark.parametrize(
    "text",
    ["trợ cấp xã hội", "hợp tác xã", "quyết định số 45/QĐ-UBND", "tôi xây dựng nhà", "ông trưởng công an xã quát tôi", "nhà ở rất xa"],
)
def test_what_names_no_unit_is_none(text: str):
    assert units(text) == ()


def test_places_are_of_the_text_as_shown():
    text = "Hôm qua   tôi ra\u200b trạm xá"
    (mention,) = units(text)
    assert "Hôm qua tôi ra trạm xá"[mention.start : mention.end] == mention.words == "trạm xá"


def test_thousands_of_units_are_searched_as_well():
    many = tuple(UnitName(place, (f"Trạm Y tế xã Số{chr(65 + place % 26)}{chr(97 + place // 26)} Đông",)) for place in range(600))
    (mention,) = find("trạm y tế xã SốBc Đông", TODAY, many).units
    assert mention.unit_id == 2 * 26 + 1


@pytest.mark.parametrize(
    ("text", "desks"),
    [
        ("chị ở quầy số 3 bộ phận một cửa quát tôi", ["quầy số 3"]),
        ("mở cửa 7h mà tám giờ chưa ai tới", []),
        ("quầy hai người trực mà bỏ không", []),
        ("đến quầy số 3 giờ chiều mới mở", ["quầy số 3"]),
        ("hỏi phòng 203 thì chỉ sang bàn hai", ["phòng 203", "bàn hai"]),
        ("trạm y tế đóng cửa cả buổi", []),
        ("xuống phòng kinh tế hỏi mãi", []),
    ],
)
def test_numbered_desks_and_rooms_are_told_apart(text: str, desks: list[str]):
    assert [unit.words for unit in units(text) if unit.desk] == desks
