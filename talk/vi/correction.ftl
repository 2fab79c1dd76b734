# A forgotten check-in or check-out: asked for by the official, decided by the head.
correction-button = 📝 Xin bổ sung
correction-which-arrival = Anh/chị có đi làm mà quên điểm danh ngày nào ạ? Tôi nhận bổ sung cho hôm nay và { $reach } ngày làm việc gần đây.
correction-which-departure = Anh/chị quên báo về ngày nào ạ? Tôi nhận bổ sung cho hôm nay và { $reach } ngày làm việc gần đây.
correction-none-arrival = Hôm nay và { $reach } ngày làm việc gần đây, anh/chị không thiếu buổi điểm danh nào cần bổ sung.
correction-none-departure = Hôm nay và { $reach } ngày làm việc gần đây, anh/chị không thiếu giờ về nào cần bổ sung.
correction-arrival-button = ✅ Quên điểm danh
correction-departure-button = 👋 Quên báo về
correction-waiting-line = • Đang chờ duyệt: { $what }, lúc { $time }.
correction-day-not-missing = Ngày ấy không có buổi nào tôi nhận bổ sung được. Anh/chị chọn ngày bên dưới, hoặc gõ /huy để thôi.
correction-session = { $day }, anh/chị muốn bổ sung buổi nào ạ?
correction-session-button = Buổi { $session }
correction-hour-arrival = Anh/chị đến làm buổi { $session } { $day } lúc mấy giờ ạ? Chọn bên dưới, hoặc viết giờ, ví dụ «{ $example }».
correction-hour-departure = Anh/chị về buổi { $session } { $day } lúc mấy giờ ạ? Chọn bên dưới, hoặc viết giờ, ví dụ «{ $example }».
correction-usual-button = 🕢 Đúng giờ ({ $time })
correction-hour-not-understood = Tôi chưa đọc được giờ. Anh/chị viết giúp như «7h40» hoặc «13:25»; muốn thôi thì gõ /huy.
correction-hour-out-arrival = Giờ đến buổi { $session } phải từ { $opens } đến trước { $ends } và không muộn hơn lúc này. Anh/chị viết lại giờ giúp.
correction-hour-out-departure = Giờ về buổi { $session } phải sau giờ đến ({ $came }) và không muộn hơn lúc này. Anh/chị viết lại giờ giúp.
correction-why = Vì sao hôm đó anh/chị chưa ghi được ạ? Chọn bên dưới hoặc viết vài chữ.
correction-why-forgot = 💭 Quên bấm
correction-why-phone = 📵 Điện thoại hỏng, mất mạng
correction-why-duty = 🏛️ Họp, đi việc cơ quan
correction-why-long = Lý do chỉ cần dưới { $most } ký tự, anh/chị viết ngắn lại giúp.
correction-what-arrival = giờ đến buổi { $session } { $day }
correction-what-departure = giờ về buổi { $session } { $day }
correction-short = { $session } { $date }
correction-on_time = đúng giờ
correction-late = muộn { $minutes } phút
correction-early = sớm { $minutes } phút
correction-summary = Xin bổ sung { $what }: { $time } ({ $judged }).
    Lý do: { $reason }
    Nơi duyệt: { $unit }
    Tôi gửi đi nhé?
correction-send-button = ✔️ Gửi
correction-change-button = ✏️ Sửa
correction-stop-button = Thôi
correction-stopped = Đã thôi, tôi chưa gửi gì. Anh/chị cần việc gì nữa ạ?
correction-sent = ✅ Đã gửi đến { $unit }. Có trả lời tôi báo anh/chị ngay; trong lúc chờ, anh/chị rút lại được.
correction-sent-not-told = ✅ Đã ghi yêu cầu, nơi duyệt: { $unit }. Người duyệt ở đó chưa liên kết với tôi nên chưa được báo; anh/chị nhắn giúp một câu nhé.
correction-refused-no_gap = Buổi này đã có điểm danh, đang chờ duyệt, hoặc đã quá số ngày nhận bổ sung nên tôi không gửi được.
correction-refused-nobody = Hiện chưa có ai ở cấp trên duyệt được yêu cầu này trên hệ thống. Anh/chị báo người quản trị của cơ quan giúp nhé.
correction-withdraw-button = ↩️ Rút lại: { $what }
correction-withdrawn = Đã rút yêu cầu bổ sung { $what }.
correction-nothing-to-withdraw = Yêu cầu này đã được trả lời hoặc đã rút rồi.
correction-told-approved = ✅ Yêu cầu bổ sung { $what } của anh/chị đã được đồng ý, ghi lúc { $time }.
correction-told-refused = Yêu cầu bổ sung { $what } của anh/chị không được đồng ý.
    Lý do: “{ $answer }”
    Nếu chưa rõ, anh/chị trao đổi trực tiếp với thủ trưởng nhé.
correction-told-overtaken = Buổi ấy đã có lần ghi khác nên không cần bổ sung { $what } nữa. Anh/chị xem ở «Công của tôi».
correction-notice-new = 📝 { $name } xin bổ sung { $what }: { $time } ({ $judged }).
    Lý do: { $reason }
correction-notice-waiting = ⏳ Yêu cầu sau đã chờ anh/chị duyệt từ { $since }.
    { $name } xin bổ sung { $what }: { $time } ({ $judged }).
    Lý do: { $reason }
correction-yes-button = ✔️ Đồng ý
correction-no-button = ✖️ Không đồng ý
correction-list-button = 📝 Xin bổ sung chờ duyệt ({ $count })
correction-list = Yêu cầu bổ sung điểm danh chờ anh/chị duyệt: { $count }. Anh/chị bấm để xem.
correction-list-none = Không có yêu cầu bổ sung điểm danh nào chờ anh/chị duyệt.
correction-line = { $name } – { $what }
correction-approved-arrival = Đã đồng ý. Buổi này của { $name } được tính có mặt, kèm dấu «bổ sung». Tôi báo lại người xin ngay.
correction-approved-departure = Đã đồng ý. Giờ về của { $name } được ghi, kèm dấu «bổ sung». Tôi báo lại người xin ngay.
correction-overtaken = Trong lúc chờ, buổi này của { $name } đã có lần ghi khác nên tôi giữ lần ghi ấy, không bổ sung nữa.
correction-no-ask = Anh/chị cho biết vì sao không đồng ý. Tôi chuyển nguyên văn đến { $name }.
correction-no-preview = Tôi sẽ báo { $name }: không đồng ý, vì “{ $answer }”. Gửi chứ ạ?
correction-no-send-button = ✔️ Gửi
correction-no-rewrite-button = ✏️ Viết lại
correction-no-sent = Đã báo { $name }: không đồng ý.
correction-was-approved = Yêu cầu này đã được đồng ý rồi.
correction-was-refused = Yêu cầu này đã được trả lời: không đồng ý.
correction-was-withdrawn = { $name } đã rút yêu cầu này rồi.
correction-was-overtaken = Buổi này đã có lần ghi khác nên yêu cầu không còn cần nữa.
correction-not-yours = Yêu cầu này không còn, hoặc không do anh/chị duyệt.
