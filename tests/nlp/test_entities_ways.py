"""Ways of telling persons and days that differ from place to place: who is meant, and which day."""

import datetime as dt

import pytest

from nlp.entities import find

_TODAY = dt.date(2026, 9, 10)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Chị kia ở bàn số 5 nói tôi quê mùa", ["Chị kia ở bàn số 5"]),
        ("công an xuống khu trọ tụi em kiểm tra lúc 1h sáng", []),
        ("khiếu nại kết quả xét tuyển viên chức của phòng nội vụ", []),
        ("gọi hội bảo vệ người tiêu dùng", []),
        ("em chờ mãi mà chị bếp trưởng không ra", ["chị bếp trưởng"]),
        ("bị một anh cao gầy, tóc nhuộm đẩy ra", ["anh cao gầy"]),
        ("Anh Cường chủ xưởng cứ xẻ gỗ ban đêm", []),
    ],
)
def test_officials_are_told_from_others(text: str, people: list[str]):
    assert [each.words for each in find(text, _TODAY).people] == people


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("thứ sáu tuần trước con ra thì đóng cửa, thứ hai con ra nữa", [dt.date(2026, 9, 4), dt.date(2026, 9, 7)]),
        ("dẫn má tới hôm thứ bảy cũng bị vậy", [dt.date(2026, 9, 5)]),
        ("sinh ngày 02/03/2000, cấp giấy sai", []),
        ("căn cước ngày cấp 12/5/2021", []),
        ("trường mầm non 2/9 kêu nộp thêm", []),
        ("nhà bà ở 15/2 hẻm 9 Lê Lai", []),
    ],
)
def test_days_are_told_from_other_numbers(text: str, days: list[dt.date]):
    assert [each.date for each in find(text, _TODAY).times if each.date] == days
