# Linking an official's account.
link-ask = Anh/chị nhập mã mời gồm 8 ký tự (ví dụ ABCD-3456) do cơ quan cấp.
link-unknown = Tôi không tìm thấy mã này. Anh/chị xem lại từng ký tự rồi nhập lại giúp, hoặc gõ /huy để dừng.
link-expired = Mã mời này đã hết hạn. Anh/chị nhờ cơ quan cấp mã mới nhé.
link-used = Mã mời này đã được dùng rồi. Nếu không phải anh/chị dùng, xin báo ngay cho cơ quan.
link-too-many = Anh/chị đã nhập sai nhiều lần. Xin thử lại sau một giờ.
link-done = Đã liên kết tài khoản với { $name }. Từ nay anh/chị có thể điểm danh ngay tại đây.
link-two-officials = Kênh này đang nối với kênh của một cán bộ khác nên không dùng được mã mời này. Anh/chị gỡ kênh bằng /noikenh trước, rồi gõ /lienket.
link-leave-ask = Ngừng liên kết tài khoản này với { $name }? Anh/chị sẽ không điểm danh hay nhận nhắc việc ở đây nữa.{ $others ->
        [yes] {" "}Các kênh anh/chị đã nối với kênh này cũng vậy.
       *[no] {""}
    }
link-leave-button = Ngừng liên kết
link-stay-button = Giữ nguyên
link-left = Đã ngừng liên kết. Khi cần, anh/chị gõ /lienket cùng mã mời mới.
