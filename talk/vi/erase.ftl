# Deleting what is kept of a person.
erase-what = XOÁ DỮ LIỆU CỦA ANH/CHỊ
    Sẽ xoá hẳn, không lấy lại được:
    • phần đang viết dở, tệp chưa gửi và mọi điều trợ lý nhớ về anh/chị; { $browser ->
        [yes] toàn bộ cuộc trò chuyện trên trang này;
       *[no] tin báo đang chờ gửi cho anh/chị;
    }
    • dấu niêm phong cho biết anh/chị đã gửi phản ánh nào, họ tên anh/chị để lại;
    • lời kể, tên người và tệp gốc được niêm phong riêng.
erase-stays = Vẫn còn:
    • Phản ánh đã gửi vẫn được giải quyết vì đơn vị phải trả lời: nội dung và tệp người xử lý đọc được thì ở lại, kể cả điều anh/chị tự viết về mình trong đó.
    • Sau khi xoá, tôi không báo kết quả cho anh/chị được nữa; chỉ mã biên nhận mở được phản ánh.
    • Phản ánh gửi ẩn danh: hệ thống không biết là của ai nên không tìm ra để xoá.
    • Sổ ghi ai đã xem hồ sơ; trong đó không có tên người dân.
erase-official = Việc của cán bộ (liên kết, ngày công, tự kiểm tra) là hồ sơ của cơ quan nên giữ nguyên. Muốn ngừng liên kết, anh/chị gõ /thoat.
erase-joined = Anh/chị đang nối nhiều kênh. Có thể xoá ở riêng kênh này, hoặc ở mọi kênh đã nối; kênh không xoá thì giữ phần của kênh đó.
erase-codes = Anh/chị chép lại mã biên nhận nếu còn muốn xem kết quả:
erase-sure = Anh/chị chắc chắn muốn xoá chứ ạ?
erase-button = 🗑 Xoá dữ liệu của tôi
erase-yes-button = 🗑 Xoá hẳn
erase-here-button = 🗑 Xoá ở kênh này
erase-all-button = 🗑 Xoá ở mọi kênh đã nối
erase-withdraw-button = Rút phản ánh trước
erase-no-button = Không xoá
erase-not = Vâng, tôi không xoá gì cả.
erase-done = Đã xoá. Ở đây không còn gì dẫn từ anh/chị đến phản ánh đã gửi. { $official ->
        [yes] Việc của cán bộ vẫn giữ nguyên; cần gì anh/chị cứ gõ /start.
       *[no] Khi cần, anh/chị cứ viết cho tôi, tôi sẽ chào lại như lần đầu.
    }
