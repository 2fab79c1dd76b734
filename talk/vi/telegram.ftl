# What Telegram itself shows of the bot, and the names of files that come without one.
telegram-description = Trợ lý tự động của chính quyền địa phương.
    • Người dân: kể chuyện đã gặp khi đi làm thủ tục, khen hay góp ý đều được. Danh tính được giữ kín.
    • Cán bộ, công chức: điểm danh, tự kiểm tra hằng ngày.
    Bấm «Bắt đầu» (Start) để trò chuyện.
telegram-short-description = Trợ lý tự động tiếp nhận phản ánh, góp ý về thái độ phục vụ của cán bộ, công chức.
telegram-command-tracuu = Xem phản ánh của anh/chị đến đâu
telegram-command-huy = Dừng việc đang làm dở
telegram-command-noikenh = Dùng chung Telegram, Zalo và trang web
telegram-command-quyenriengtu = Ai được xem tin nhắn của anh/chị
telegram-command-xoadulieu = Xoá dữ liệu của anh/chị
telegram-command-trogiup = Tôi giúp được gì
telegram-command-diemdanh = Cán bộ: điểm danh
telegram-command-tukiemtra = Cán bộ: tự kiểm tra trong ngày
telegram-command-congcuatoi = Cán bộ: ngày công trong tháng
telegram-command-lienket = Cán bộ: nhập mã mời
telegram-picture-name = ảnh.jpg
telegram-voice-name = ghi âm.ogg
telegram-video-name = video.mp4
telegram-document-name = tệp
telegram-whole-text-name = toàn văn tin nhắn.txt
