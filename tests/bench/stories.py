"""What the citizens of the bench write: ordinary first messages of ordinary length, made up for this purpose."""

from __future__ import annotations

STORIES = (
    "Sáng nay tôi ra bộ phận một cửa làm giấy khai sinh cho cháu, cô cán bộ nói trống không, hỏi gì cũng gắt, bắt về lấy thêm giấy tờ.",
    "Hồ sơ đất của nhà tôi nộp từ tháng trước, hẹn 15 ngày mà nay đã hơn một tháng chưa thấy trả, hỏi thì cứ bảo chờ.",
    "Anh cán bộ tư pháp gợi ý đưa 500 nghìn thì làm nhanh, không thì đợi tuần sau.",
    "toi den uy ban luc 8h ma khong co ai tiep dan, doi den 9h30 moi co nguoi den lam viec",
    "Giờ hành chính mà mấy anh ở phòng địa chính ngồi uống rượu, mặt đỏ, nói chuyện với dân rất khó nghe.",
    "Cảm ơn chị ở quầy số 3 đã hướng dẫn tận tình cho mẹ tôi làm thẻ bảo hiểm, chị rất nhẹ nhàng.",
    "Cho tôi hỏi làm lại căn cước công dân thì cần mang giấy tờ gì và làm ở đâu ạ?",
    "Nhân viên ở trạm y tế hút thuốc ngay trong phòng khám, nhắc thì cáu lại.",
    "Tôi bị yêu cầu nộp thêm giấy xác nhận không có trong danh mục niêm yết, đi lại bốn lần vẫn chưa xong.",
    "Cán bộ không đeo thẻ, mặc áo phông quần đùi ngồi tiếp dân, nhìn không ra công sở.",
    "Chú trưởng thôn ưu tiên người nhà nhận hỗ trợ, nhà tôi khó khăn thật sự thì không được xét.",
    "Điện thoại đường dây nóng của xã gọi cả buổi không ai nghe máy, nhắn tin cũng không trả lời.",
)
