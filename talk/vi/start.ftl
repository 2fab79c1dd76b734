# First words, help, cancel, privacy.
start-introduction = Xin chào anh/chị! Tôi là trợ lý tự động (trí tuệ nhân tạo) tiếp nhận phản ánh về thái độ, tác phong phục vụ của cán bộ, công chức.
    Danh tính của anh/chị được giữ kín. { $learns ->
        [yes] Tin nhắn dùng để giải quyết việc anh/chị nêu; khi đã bỏ tên người và các con số, có thể dùng để trợ lý học hiểu đúng hơn.
       *[no] Tin nhắn chỉ dùng để giải quyết việc anh/chị nêu.
    }
start-citizen = Anh/chị kể giúp tôi chuyện đã xảy ra, bằng lời của mình. Viết có dấu hay không dấu đều được, gửi ảnh cũng được.
start-at-desk = Anh/chị đang ở: { $unit }.
    Anh/chị kể giúp tôi chuyện đã xảy ra, bằng lời của mình. Viết có dấu hay không dấu đều được, gửi ảnh cũng được.
start-unknown-unit = Mã đơn vị trong đường dẫn này không còn dùng. Không sao ạ, lát nữa tôi sẽ hỏi tên đơn vị.
start-official = Chào anh/chị { $name }. Hôm nay anh/chị cần việc gì?
start-official-first = Chào anh/chị { $name }! Tôi là trợ lý tự động của cơ quan: giúp điểm danh, tự kiểm tra và nhắc việc. Hôm nay anh/chị cần việc gì?
start-privacy-button = 🔒 Quyền riêng tư
start-complain-button = ✍️ Gửi phản ánh
start-look-up-button = 🔎 Tra cứu
start-help-button = ❓ Trợ giúp
start-check-in-button = ✅ Điểm danh
start-self-check-button = 🪞 Tự kiểm tra
start-my-record-button = 📅 Công của tôi
start-cases-button = 📂 Phản ánh đang mở
start-digest-button = 📰 Bản tin tuần
start-board-button = 👥 Hôm nay
start-help-citizen = Anh/chị có thể:
    • Viết ngay chuyện đã xảy ra để gửi phản ánh hoặc lời khen.
    • /tracuu – xem việc của mình đến đâu, bằng mã biên nhận.
    • /noikenh – dùng chung Telegram, Zalo và trang web như một người.
    • /huy – dừng việc đang làm dở.
    • /quyenriengtu – ai được xem tin nhắn của anh/chị; /xoadulieu – xoá dữ liệu của mình.
    Muốn gặp người thật, anh/chị đến bộ phận một cửa hoặc phòng tiếp công dân của xã, phường trong giờ làm việc.
    Nếu đang nguy hiểm, xin gọi ngay 113.
start-help-official = Anh/chị có thể:
    • /diemdanh – báo có mặt, /ve – báo về.
    • /tukiemtra – tự kiểm tra trong ngày, chỉ riêng anh/chị xem được.
    • /congcuatoi – ngày công trong tháng; /bosung – xin bổ sung khi quên điểm danh.
    • /nghi – báo nghỉ, đi công tác, đi học.
    • /noikenh – dùng chung Telegram, Zalo và trang web.
    • /huy – dừng việc đang làm dở. /thoat – ngừng liên kết tài khoản này.
start-help-head = Anh/chị có thể:
    • /phananh – phản ánh đang chờ đơn vị xử lý.
    • /homnay – ai có mặt, ai muộn, ai vắng.
    • /bantin – bản tin tuần này; /bantin tuần trước.
    • /duyetbosung – duyệt các lần xin bổ sung điểm danh.
    • /diemdanh, /tukiemtra, /congcuatoi, /nghi, /bosung – việc của cá nhân anh/chị.
    • /noikenh – dùng chung Telegram, Zalo và trang web.
    • /huy – dừng việc đang làm dở. /thoat – ngừng liên kết tài khoản này.
start-privacy = QUYỀN RIÊNG TƯ CỦA ANH/CHỊ
    • Đây là trợ lý tự động; quyết định về vụ việc luôn do người có thẩm quyền đưa ra.
    • Dữ liệu do cơ quan quản lý kênh này chịu trách nhiệm. Cần hỏi, anh/chị liên hệ phòng tiếp công dân của cơ quan.
    • Mục đích: tiếp nhận, giải quyết phản ánh và trả lời anh/chị. { $learns ->
        [yes] Nếu trợ lý xếp loại chưa đúng và được sửa lại, lời kể có thể được dùng để trợ lý học xếp loại đúng hơn, sau khi đã bỏ tên người và các con số; ngoài ra không dùng vào việc khác.
       *[no] Không dùng vào việc khác.
    }
    • Người xử lý chỉ thấy nội dung. Ai gửi được niêm phong riêng, có mã hoá; người bị phản ánh không được xem. Mỗi lần mở niêm phong đều phải có lý do và được ghi lại.
    • Chọn «Ẩn danh» thì hệ thống không giữ liên hệ của anh/chị; chỉ còn mã biên nhận.
    • Anh/chị có quyền xem, sửa, rút phản ánh: dùng /tracuu. Muốn xoá dữ liệu của mình: dùng /xoadulieu.
    • Đây không phải đơn tố cáo. Muốn tố cáo theo luật, anh/chị gửi đơn có họ tên, địa chỉ, chữ ký đến cơ quan có thẩm quyền.
start-cancelled = Đã dừng. Anh/chị muốn làm gì tiếp ạ?
start-nothing-to-cancel = Hiện không có việc nào đang làm dở. Anh/chị muốn làm gì ạ?
