# Something else came where a code was asked.
instead_of_code-type-it = Tôi chưa đọc được mã từ tệp. Anh/chị gõ mã thành chữ giúp tôi, hoặc gõ /huy để dừng.
instead_of_code-file = Tôi đã giữ { $count } tệp, nhưng không đọc được mã trong tệp. Anh/chị gõ mã thành chữ giúp tôi; còn nếu muốn gửi phản ánh kèm tệp này thì chọn nút dưới đây.
instead_of_code-tell-button = ✍️ Gửi phản ánh kèm tệp
