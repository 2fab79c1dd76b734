# The citizen follows a case.
follow_up-own = Đây là những việc anh/chị đã gửi. Anh/chị chọn một việc, hoặc gõ mã biên nhận khác.
follow_up-ask-code = Anh/chị gõ mã biên nhận gồm 12 chữ số, ví dụ 123-456-789-012.
follow_up-line = { $code } · { $name }
follow_up-not-a-code = Mã này chưa đúng. Mã biên nhận có 12 chữ số; anh/chị xem lại giúp, hoặc gõ /huy để dừng.
follow_up-unknown = Tôi không tìm thấy mã này. Anh/chị xem lại từng số giúp tôi.
follow_up-too-many = Đã có nhiều mã sai được nhập từ đây. Anh/chị vui lòng thử lại sau một giờ.
follow_up-files-not-added = Tệp gửi cùng mã chưa được thêm vào phản ánh. Nếu muốn thêm, anh/chị chọn “Bổ sung” rồi gửi lại tệp giúp tôi.
follow_up-files-not-kept = Tệp gửi cùng mã chưa được giữ lại.
follow_up-head = Mã { $code } · { $name }
    Nơi xảy ra: { $unit }
follow_up-state-new = Tình trạng: đã gửi, chờ tiếp nhận (trước { $due }).
follow_up-state-accepted = Tình trạng: đang giải quyết, trả lời trước { $due }.
follow_up-state-answered = Tình trạng: đã trả lời.{ $due }
follow_up-state-closed = Tình trạng: đã kết thúc.{ $due }
follow_up-state-withdrawn = Tình trạng: anh/chị đã rút lại.{ $due }
follow_up-step = • { $when }: { $what }
follow_up-event-filed = đã gửi
follow_up-event-accepted = đơn vị đã tiếp nhận
follow_up-event-asked = đơn vị hỏi thêm: { $note }
follow_up-event-added = anh/chị bổ sung: { $note }
follow_up-event-answered = đơn vị đã trả lời
follow_up-event-closed = kết thúc
follow_up-event-withdrawn = rút lại
follow_up-answer = 💬 Trả lời: { $answer }
follow_up-add-button = ➕ Bổ sung
follow_up-withdraw-button = Rút lại
follow_up-add-ask = Anh/chị viết thêm hoặc gửi ảnh, tệp. Người xử lý sẽ nhận được ngay.
follow_up-stop-button = Thôi, không bổ sung
follow_up-enough-button = Đủ rồi
follow_up-stopped = Vâng ạ. Anh/chị cần gì nữa không?
follow_up-added = Đã bổ sung vào việc { $code }. Anh/chị có thể viết tiếp.
follow_up-added-but = Đã bổ sung vào việc { $code }, trừ tệp { $names } còn chờ anh/chị chọn.
follow_up-closed = Việc này đã kết thúc nên không thay đổi được nữa. Nếu vẫn chưa ổn, anh/chị gửi phản ánh mới giúp tôi.
follow_up-withdraw-ask = Anh/chị chắc chắn muốn rút lại phản ánh này chứ ạ? Đơn vị sẽ dừng giải quyết.
follow_up-withdraw-yes-button = Rút lại
follow_up-withdraw-no-button = Không rút
follow_up-withdrawn = Đã rút lại phản ánh. Cảm ơn anh/chị.
case-accepted = Phản ánh { $code } của anh/chị đã được tiếp nhận. Đơn vị sẽ trả lời trước { $due }.
case-asked = Về phản ánh { $code }, đơn vị muốn hỏi thêm:
    “{ $question }”
    Đơn vị vẫn không biết anh/chị là ai.
case-reply-button = ✍️ Trả lời
case-answered = Phản ánh { $code } của anh/chị đã có trả lời:
    { $answer }
case-not-satisfied-button = Chưa ổn, nói thêm
case-closed = Phản ánh { $code } đã kết thúc. Cảm ơn anh/chị đã giúp đơn vị tốt hơn.
follow_up-which = Tôi đã giữ lời anh/chị vừa viết. Đây là bổ sung cho việc { $code }, hay là chuyện mới ạ?
follow_up-same-button = ➕ Bổ sung việc cũ
follow_up-new-button = ✍️ Phản ánh mới
