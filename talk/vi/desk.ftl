# The unit head's desk.
desk-open-button = 📂 Mở xem
desk-open-button-list = 📂 Các phản ánh đang mở
desk-kind-new-button = Mới
desk-kind-open-button = Đang mở
desk-kind-overdue-button = Quá hạn
desk-kind-answered-button = Đã trả lời
desk-line = { $mark } Số { $number } · { $name }
desk-list-new = { $count } phản ánh mới, chưa tiếp nhận{ $part }:
desk-list-open = { $count } phản ánh đang mở{ $part }:
desk-list-overdue = { $count } phản ánh đã quá hạn trả lời{ $part }:
desk-list-answered = { $count } phản ánh đã trả lời trong 30 ngày qua{ $part }:
desk-none-new = Không có phản ánh mới nào.
desk-none-open = Không có phản ánh nào đang mở.
desk-none-overdue = Không có phản ánh nào quá hạn.
desk-none-answered = Chưa có phản ánh nào được trả lời trong 30 ngày qua.
desk-notice-new = Có phản ánh mới số { $number }: { $name }
    Nơi xảy ra: { $unit }
    Cần tiếp nhận trước { $due }.
desk-notice-grave = ❗ Có phản ánh nghiêm trọng số { $number }: { $name }
    Nơi xảy ra: { $unit }
    Cần tiếp nhận trước { $due }.
desk-notice-praise = 🌸 Có lời khen gửi đến { $unit } (số { $number }).
desk-notice-waiting = Có { $count } phản ánh đang chờ anh/chị xử lý.
desk-notice-waiting-late = Có { $count } phản ánh đang chờ anh/chị xử lý, trong đó { $late } phản ánh đã quá hạn trả lời.
desk-notice-added = Người dân vừa bổ sung vào phản ánh số { $number }.
desk-notice-withdrawn = Người dân đã rút lại phản ánh số { $number }.
desk-head = Phản ánh số { $number } · { $name }
    Nơi xảy ra: { $unit }
desk-times = Gửi lúc { $filed }. Xảy ra: { $happened }.
desk-place = Chỗ cụ thể: { $told }
desk-person = Người được nhắc tới (chưa xác minh): { $told }
desk-state-new = Tình trạng: mới. Tiếp nhận trước { $accept }, trả lời trước { $answer }.
desk-state-accepted = Tình trạng: đang giải quyết, trả lời trước { $answer }.
desk-state-answered = Tình trạng: đã trả lời.
desk-state-closed = Tình trạng: đã kết thúc.
desk-state-withdrawn = Tình trạng: người dân đã rút lại.
desk-also = Có thể còn liên quan: { $names }
desk-flag-threat-or-violence = ⚠️ Có lời kể về đe doạ hoặc bạo lực (chưa xác minh).
desk-flag-sexual-harassment = ⚠️ Có lời kể về quấy rối (chưa xác minh).
desk-flag-retaliation = ⚠️ Người gửi lo bị trả thù hoặc gây khó (chưa xác minh).
desk-flag-privacy-leak = ⚠️ Có lời kể về lộ thông tin cá nhân (chưa xác minh).
desk-flag-names-the-head = ⚠️ Nội dung nhắc đến người đứng đầu đơn vị.
desk-flag-money = ⚠️ Có nhắc đến tiền, quà (chưa xác minh).
desk-track-complaint = ⚖️ Nội dung giống một khiếu nại về quyết định hành chính; xem có cần hướng dẫn người dân gửi đơn khiếu nại.
desk-track-denunciation = ⚖️ Nội dung giống một tố cáo; xem có cần hướng dẫn người dân gửi đơn tố cáo theo luật.
desk-story = ———
    { $story }
    ———
desk-event-added = ➕ { $when }, người dân bổ sung: { $note }
desk-event-asked = 💭 { $when }, đơn vị hỏi: { $note }
desk-event-answered = 💬 { $when }, đơn vị trả lời: { $note }
desk-sealed = 🔒 Danh tính người gửi được giữ kín. Nội dung chưa được xác minh.
desk-open-reporter = 🙋 Người gửi để lại: { $name }. Nội dung chưa được xác minh.
desk-evidence = Gửi kèm phản ánh số { $number }
desk-evidence-alt = Tệp người dân gửi kèm phản ánh
desk-accept-button = ✅ Tiếp nhận
desk-answer-button = 💬 Trả lời
desk-ask-button = 💭 Hỏi thêm
desk-category-button = 🏷 Sửa loại
desk-close-button = Kết thúc
desk-not-yours = Việc này không thuộc phần xử lý của anh/chị.
desk-already = Phản ánh số { $number } đã được xử lý bước này rồi.
desk-accepted = Đã tiếp nhận phản ánh số { $number }. Cần trả lời trước { $due }.
desk-answer-ask = Anh/chị viết câu trả lời cho phản ánh số { $number }: đã xác minh gì, đã làm gì, khi nào xong. Gõ /huy để dừng.
desk-answer-preview = Người dân sẽ đọc như sau:
    ———
    { $answer }
    ———
    Gửi luôn chứ ạ? Nếu cần sửa, anh/chị cứ viết lại.
desk-send-button = 📨 Gửi trả lời
desk-rewrite-button = ✏️ Viết lại
desk-answered = Đã ghi câu trả lời phản ánh số { $number }. Người dân đọc được ngay, hoặc khi nhắn lại cho trợ lý hay tra mã biên nhận.
desk-question-ask = Anh/chị muốn hỏi người dân điều gì về phản ánh số { $number }? Danh tính của họ vẫn được giữ kín.
desk-ask-anonymous = Phản ánh số { $number } gửi ẩn danh nên không hỏi thêm được.
desk-asked = Đã ghi câu hỏi về phản ánh số { $number }. Người dân đọc được ngay, hoặc khi nhắn lại cho trợ lý hay tra mã biên nhận. Khi người dân trả lời, tôi sẽ báo anh/chị.
desk-closed = Đã kết thúc phản ánh số { $number }.
desk-recategorise-ask = Phản ánh số { $number } thuộc loại nào ạ?
desk-recategorised = Đã chuyển phản ánh số { $number } sang loại «{ $name }».
desk-answer-too-long = Câu trả lời dài quá 4.000 chữ cái nên người dân khó đọc. Anh/chị rút gọn rồi gửi lại giúp tôi, hoặc gõ /huy để thôi.
