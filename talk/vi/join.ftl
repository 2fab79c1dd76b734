# One person on many channels: joined by a short code.
join-intro = Anh/chị dùng cả Telegram, Zalo hay trang web? Nối lại thì nhắn ở đâu cũng được: xem được phản ánh của mình ở mọi kênh, và tin báo đến bằng kênh còn liên lạc được.
join-intro-linked = Kênh này đang nối với: { $channels }.
    Tin báo đến bằng kênh anh/chị dùng gần nhất.
join-channel-telegram = Telegram
join-channel-zalo_oa = Zalo (trang của cơ quan)
join-channel-zalo_bot = Zalo (trợ lý)
join-channel-browser = trang web
join-get-button = Lấy mã nối
join-enter-button = Nhập mã nối
join-part-button = Gỡ { $channel }
join-part-self-button = Gỡ kênh này
join-code = Mã nối của anh/chị:
    { $code }
    Anh/chị mở kênh kia, nhắn mã này trong 10 phút. Xin đừng đưa mã cho ai: người có mã sẽ xem được phản ánh và nhận tin của anh/chị.
join-ask = Anh/chị nhập mã nối lấy ở kênh kia (ví dụ NK-ABCD-3456).
join-sure = Nối cuộc trò chuyện này với { $channel }, nơi vừa lấy mã này? Từ đó hai bên là một người. { $official ->
        [yes] Việc của cán bộ cũng làm được ở cả hai bên.
       *[no] Bên này xem được phản ánh gửi từ bên kia, và ngược lại.
    }
    Chỉ nối khi chính anh/chị vừa lấy mã. Nếu có người đưa mã cho anh/chị, xin chọn Không.
join-yes-button = Nối hai kênh
join-no-button = Không
join-not = Không nối nữa. Mọi thứ vẫn như trước.
join-done = Đã nối với { $channel }. Tin báo sẽ đến bằng kênh anh/chị dùng gần nhất; kênh ấy hỏng thì đến bằng kênh kia.
join-told = Cuộc trò chuyện này vừa được nối với { $channel } bằng mã của anh/chị.
    Nếu không phải anh/chị làm, xin bấm nút dưới đây để gỡ ngay.
join-parted = Đã gỡ { $channel }. Kênh đó không còn xem được việc của anh/chị nữa.
join-parted-self = Đã gỡ kênh này. Phản ánh gửi từ kênh này vẫn xem được ở đây, hoặc bằng mã biên nhận.
join-parted-official = Đã gỡ kênh này; ở đây không còn làm được việc của cán bộ. Khi cần, anh/chị nối lại bằng /noikenh.
join-parted-told = Cuộc trò chuyện này vừa được gỡ khỏi { $channel }. Phản ánh gửi từ đây vẫn xem được ở đây, hoặc bằng mã biên nhận.
join-gone = Kênh đó không còn nối với anh/chị nữa.
join-unknown = Mã nối này không đúng hoặc đã hết hạn. Anh/chị xem lại từng ký tự, hoặc lấy mã mới ở kênh kia bằng /noikenh. Gõ /huy để dừng.
join-own = Mã này lấy ở chính kênh này. Anh/chị mở kênh kia (Telegram, Zalo hay trang web) và nhắn mã ở đó.
join-joined = Hai kênh này đã nối với nhau rồi.
join-two-officials = Hai kênh này đang là của hai cán bộ khác nhau nên không nối được. Một bên cần /thoat trước.
join-full = Anh/chị đã nối đủ số kênh. Gõ /noikenh để gỡ bớt.
join-too-many = Anh/chị đã nhập sai nhiều lần. Xin thử lại sau một giờ.
