# A citizen tells what happened.
complaint-tell = Anh/chị kể giúp tôi: ở đâu, ai, chuyện gì đã xảy ra? Cứ viết như nói chuyện, không cần theo mẫu nào.
complaint-tell-again = Anh/chị viết lại nội dung giúp tôi. Bản cũ sẽ được thay bằng bản mới này.
complaint-tell-about-files = Anh/chị kể thêm vài lời: chuyện gì đã xảy ra ạ?
complaint-too-long = Nội dung đã khá dài nên phần vừa rồi tôi chưa thêm được. Anh/chị gửi phần đó thành tệp văn bản giúp tôi nhé.
complaint-picture-kept = Tôi đã giữ tệp anh/chị gửi (tất cả { $count } tệp). Thông tin nơi chụp, máy chụp trong ảnh đã được xoá.
complaint-file-kept = Tôi đã giữ tệp anh/chị gửi (tất cả { $count } tệp). Lưu ý: video, ghi âm, văn bản có thể chứa tên hoặc giọng của anh/chị.
complaint-too-many-files = Phản ánh này đã có đủ 20 tệp nên tôi không nhận thêm được nữa.
complaint-emergency = Nếu anh/chị đang gặp nguy hiểm, xin gọi ngay { $number }. Phản ánh ở đây không thay được việc gọi công an.
complaint-category-sure = Tôi hiểu đây là chuyện { $plainly } («{ $name }»), đúng không ạ?
complaint-category-sure-praise = Tôi hiểu anh/chị muốn gửi lời khen, đúng không ạ?
complaint-category-sure-inquiry = Tôi hiểu anh/chị đang hỏi về thủ tục, đúng không ạ? Tôi có thể chuyển câu hỏi này đến đơn vị để được trả lời.
complaint-category-sure-other = Việc này có vẻ không thuộc về thái độ, tác phong của cán bộ. Đường sá, rác, tiếng ồn… xin gọi 1022; việc khẩn cấp gọi 113. Anh/chị vẫn muốn gửi đến đơn vị chứ ạ?
complaint-because = Vì có: { $because }
complaint-category-unsure = Tôi chưa chắc mình hiểu đúng ý. Chuyện anh/chị kể gần nhất với điều nào ạ?
complaint-category-both = { $kind ->
        [praise] Trong lời kể vừa có lời khen,
        [inquiry] Trong lời kể vừa có câu hỏi về thủ tục,
       *[other] Trong lời kể vừa có việc khác,
    } vừa có chuyện nghiêm trọng cần được xem xét riêng. Anh/chị muốn gửi theo loại nào ạ?
complaint-which-category = Anh/chị chọn giúp tôi điều gần nhất:
complaint-right-button = ✔️ Đúng rồi
complaint-right-praise-button = ✔️ Đúng, gửi lời khen
complaint-right-inquiry-button = ✔️ Chuyển câu hỏi
complaint-right-other-button = ✔️ Vẫn gửi
complaint-other-category-button = Loại khác
complaint-not-one-button = Không phải phản ánh
complaint-not-one = Vâng, tôi không gửi gì cả. Khi cần, anh/chị cứ viết cho tôi.
complaint-more-noted = Tôi đã ghi thêm.
complaint-more-noted-files = Tôi đã ghi thêm vào nội dung. Anh/chị có ảnh hay tệp nào muốn gửi kèm không ạ?
complaint-unit = Chuyện xảy ra ở cơ quan, đơn vị nào ạ? Anh/chị gõ tên giúp tôi, không dấu cũng được.
complaint-unit-unknown = Tôi chưa tìm thấy đơn vị này. Anh/chị thử gõ tên khác, ví dụ “một cửa xã …” hoặc “trạm y tế …”.
complaint-unit-which = Ý anh/chị là nơi nào ạ? Nếu chưa đúng, anh/chị gõ lại tên giúp tôi.
complaint-unit-this = Có phải nơi này không ạ? Nếu chưa đúng, anh/chị gõ lại tên giúp tôi.
complaint-when = Chuyện xảy ra lúc nào ạ? Anh/chị chọn hoặc gõ, ví dụ “sáng thứ Ba tuần trước”.
complaint-today-button = Hôm nay
complaint-yesterday-button = Hôm qua
complaint-this-week-button = Trong tuần này
complaint-when-skip-button = Không nhớ rõ
complaint-today = Hôm nay ({ $day })
complaint-yesterday = Hôm qua ({ $day })
complaint-this-week = Trong tuần này (gửi { $day })
complaint-when-unknown = không nhớ rõ
complaint-person = Anh/chị muốn nhắc tới ai ạ? Gõ tên, hoặc tả như “chị ở quầy số 3”. Không bắt buộc; xin đừng ghi tên của chính anh/chị ở đây.
complaint-place = Chuyện xảy ra ở chỗ nào trong cơ quan ạ? Ví dụ “quầy số 3”, “phòng họp”. Không bắt buộc.
complaint-unsaid = không nêu
complaint-unsaid-button = Không rõ, bỏ trống
complaint-unsaid-words = không rõ, bỏ trống, không biết, không nhớ, không nhớ rõ, không biết tên, không nêu, không có, không, bỏ qua, chưa rõ, ko, ko biết, ko rõ, -
complaint-evidence = Anh/chị có ảnh, ghi âm hoặc giấy tờ muốn gửi kèm không ạ? Không có cũng không sao.
complaint-no-files-button = Không có, tiếp tục
complaint-files-done-button = Đủ rồi, tiếp tục
complaint-identity = Anh/chị muốn gửi theo cách nào ạ?
    • Giữ kín: người xử lý không biết anh/chị là ai, nhưng tôi báo được kết quả cho anh/chị ở đây.
    • Ẩn danh: không giữ liên hệ nào; anh/chị tự xem kết quả bằng mã biên nhận.
    • Công khai với người xử lý: để họ tên và số điện thoại cho đơn vị liên hệ.
complaint-confidential-button = 🔒 Giữ kín (nên chọn)
complaint-anonymous-button = 👤 Ẩn danh
complaint-open-button = 🙋 Công khai
complaint-self = Anh/chị cho biết họ tên, và số điện thoại nếu muốn được gọi lại. Chỉ người xử lý xem được.
complaint-self-not-needed = Cảm ơn anh/chị. Lúc này không có việc nào cần họ tên và số điện thoại, nên tôi không lưu lại.
complaint-summary = Anh/chị xem lại trước khi gửi nhé:
complaint-summary-story = 📝 { $story }
complaint-summary-category = 🏷 Loại: { $name }
complaint-summary-unit = 🏛 Nơi xảy ra: { $unit }
complaint-summary-place = 📍 Chỗ cụ thể: { $place }
complaint-summary-person = 👥 Người anh/chị nhắc tới: { $person }
complaint-summary-when = 🕒 Lúc: { $when }
complaint-summary-files = 📎 Gửi kèm: { $count } tệp
complaint-summary-no-files = 📎 Gửi kèm: không có
complaint-summary-confidential = 🔒 Giữ kín danh tính{ $self }
complaint-summary-anonymous = 👤 Ẩn danh{ $self }
complaint-summary-open = 🙋 Người gửi: { $self }
complaint-not-a-denunciation = (Đây không phải đơn tố cáo. Muốn tố cáo theo luật, cần gửi đơn có họ tên, địa chỉ, chữ ký.)
complaint-send-button = 📨 Gửi
complaint-change-button = ✏️ Sửa
complaint-cancel-button = Huỷ
complaint-change-which = Anh/chị muốn sửa phần nào ạ?
complaint-change-story-button = Nội dung
complaint-change-category-button = Loại
complaint-change-unit-button = Nơi xảy ra
complaint-change-place-button = Chỗ cụ thể
complaint-change-person-button = Người được nhắc tới
complaint-change-when-button = Thời gian
complaint-change-files-button = Tệp gửi kèm
complaint-change-identity-button = Cách gửi
complaint-back-button = ‹ Quay lại
complaint-sent = Đã nhận phản ánh của anh/chị. Mã biên nhận:
    { $code }
    Đơn vị sẽ tiếp nhận trước { $accept_by } và trả lời trước { $answer_by }.
complaint-sent-praise = Cảm ơn anh/chị! Lời khen đã được chuyển đến đơn vị. Mã biên nhận:
    { $code }
complaint-sent-inquiry = Đã chuyển câu hỏi của anh/chị. Mã biên nhận:
    { $code }
    Đơn vị sẽ trả lời trước { $answer_by }.
complaint-sent-anonymous = Anh/chị gửi ẩn danh nên tôi không báo được kết quả. Xin giữ kỹ mã này và dùng /tracuu để xem trả lời.
complaint-sent-falls-silent = Nếu { $time } liền anh/chị không nhắn gì ở đây, Zalo không cho tôi nhắn tiếp; khi đó anh/chị nhắn một chữ hoặc /tracuu để xem.
complaint-sent-grave = Việc này nghiêm trọng nên được chuyển lên cấp trên của đơn vị bị phản ánh, đơn vị đó không xem được.
complaint-unit-closed = “{ $unit }” nay đã thôi hoạt động nên tôi chưa gửi. Nội dung anh/chị kể vẫn còn nguyên, anh/chị chọn giúp tôi nơi khác nhé.
complaint-unit-merged = “{ $unit }” nay đã sáp nhập vào “{ $into }”, nên phản ánh sẽ được gửi đến nơi mới này. Anh/chị xem lại rồi bấm gửi một lần nữa giúp tôi.
complaint-aside-left = Lúc nãy anh/chị còn kể thêm một chuyện, chưa nằm trong phản ánh vừa gửi: “{ $beginning }”. Anh/chị muốn gửi thành phản ánh mới không ạ?
complaint-aside-left-files = Lúc nãy anh/chị còn gửi thêm { $count } tệp, chưa nằm trong phản ánh vừa gửi. Anh/chị muốn gửi thành phản ánh mới không ạ?
complaint-half-written = Anh/chị đang viết dở một phản ánh: “{ $beginning }”. Anh/chị muốn làm gì ạ?
complaint-half-written-files = Anh/chị đang gửi dở một phản ánh: mới có { $count } tệp, chưa có lời kể. Anh/chị muốn làm gì ạ?
complaint-resume-button = ▶️ Viết tiếp
complaint-drop-button = Bỏ, viết mới
complaint-dropped = Đã bỏ phản ánh đang viết, chưa gửi gì cả.
complaint-restore-button = ↩️ Lấy lại bản vừa bỏ
complaint-nothing-to-restore = Không còn bản nào để lấy lại.
complaint-please-choose = Anh/chị chọn giúp tôi một trong các nút bên dưới nhé.
complaint-small-talk = chào, xin chào, chào bạn, chào bot, chào anh, chào chị, chào em, hello, hi, alo, a lô, ok, oke, vâng, dạ, ừ, cảm ơn, cám ơn, xin cảm ơn, cảm ơn nhé, cảm ơn bạn, thanks, tks, test, thử
complaint-greeting = Chào anh/chị ạ! Khi có chuyện cần phản ánh hoặc muốn khen ai, anh/chị cứ viết cho tôi.
complaint-cut = Tin của anh/chị khá dài nên tôi giữ nguyên văn thành một tệp kèm theo.
