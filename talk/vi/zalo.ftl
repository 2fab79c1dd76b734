# Zalo: names of files that come without one, what it cannot carry, the alarm when its tokens are lost, and the page at which an operator's consent ends.
zalo-picture-name = ảnh.jpg
zalo-voice-name = ghi âm.aac
zalo-video-name = video.mp4
zalo-document-name = tệp
zalo-whole-text-name = toàn văn tin nhắn.txt
zalo-shared-info = Họ tên: { $name }
    Điện thoại: { $phone }
zalo-form-title = Gửi họ tên, số điện thoại
zalo-form-subtitle = Bấm vào đây thì không phải gõ. Chỉ người xử lý xem được.
zalo-picture-not-carried = 🖼 { $name }
    Ảnh này chưa gửi được qua Zalo. Anh/chị xem giúp trên trang web hoặc Telegram của hệ thống.
zalo-file-not-carried = 📎 { $name }
    Zalo không chuyển được tệp này. Anh/chị xem giúp trên trang web hoặc Telegram của hệ thống.
zalo-tokens-lost = ⚠️ Zalo Official Account đã mất quyền gửi: không tin nào đến được người dân và cán bộ trên Zalo. Tin chưa gửi được vẫn được giữ lại.
    Người quản trị Official Account chạy trên máy chủ: congvu zalo login
zalo-login-page-title = Kết nối Zalo
zalo-login-page-done = Đã kết nối Official Account. Anh/chị có thể đóng trang này.
zalo-login-page-state = Đường dẫn này không thuộc lần kết nối đang chờ, hoặc đã quá 15 phút. Anh/chị chạy lại: congvu zalo login
zalo-login-page-declined = Zalo báo chưa được đồng ý. Anh/chị chạy lại: congvu zalo login, rồi bấm đồng ý bằng tài khoản quản trị của Official Account.
zalo-login-page-other = Đây là một Official Account khác (mã { $id }), không phải ZALO_OA_ID đã đặt. Chưa có gì thay đổi.
zalo-login-page-refused = Zalo từ chối đổi mã lấy token. Anh/chị xem lại ZALO_APP_ID, ZALO_APP_SECRET rồi chạy lại: congvu zalo login
zalo-login-page-away = Chưa gọi được máy chủ của Zalo. Anh/chị thử lại sau ít phút: congvu zalo login

# congvu zalo login
zalo-cli-help = Kết nối Zalo Official Account
zalo-cli-help-login = Kết nối Official Account, hoặc kết nối lại khi mất token
zalo-cli-minutes = Chờ bao nhiêu phút
zalo-cli-missing = Chưa đặt { $names }. Lấy ở trang developers.zalo.me, mục «Cài đặt» của ứng dụng, rồi ghi vào .env.
zalo-cli-no-public-url = Chưa có PUBLIC_URL, nên trang đồng ý sẽ trở về { $address }. Zalo thường chỉ nhận địa chỉ https: nên đặt PUBLIC_URL trước.
zalo-cli-steps = 1. Trên developers.zalo.me, mục «Official Account» của ứng dụng, đặt «Callback URL» đúng từng chữ: { $callback }
    2. Mở địa chỉ dưới đây bằng tài khoản Zalo quản trị Official Account, rồi bấm đồng ý:
zalo-cli-paste = 3. Nếu hệ thống đang chạy, việc kết nối tự xong. Nếu trang trở về không mở được, chép cả địa chỉ trên thanh trình duyệt dán vào đây rồi nhấn Enter:
zalo-cli-not-an-address = Đây không phải địa chỉ mà Zalo trở về (phải có ?code=…). Anh/chị dán lại giúp.
zalo-cli-refused = { $words }
zalo-cli-too-late = Hết thời gian chờ. Anh/chị chạy lại: congvu zalo login
zalo-cli-done = Đã kết nối Official Account. Từ nay token tự được làm mới.

# congvu doctor
cli-doctor-zalo-off = Zalo Official Account đang tắt (chưa có ZALO_APP_ID).
cli-doctor-zalo-incomplete = Zalo: còn thiếu { $names }.
cli-doctor-zalo-incomplete-advice = Lấy ở developers.zalo.me rồi ghi vào .env; xem docs/huong-dan/zalo.md.
cli-doctor-zalo-no-account-id = Zalo: chưa đặt ZALO_OA_ID.
cli-doctor-zalo-no-account-id-advice = Đặt ZALO_OA_ID để không kết nối nhầm sang Official Account khác.
cli-doctor-zalo-no-webhook = Zalo không gửi tin đến được: chưa có PUBLIC_URL.
cli-doctor-zalo-no-webhook-advice = Đặt PUBLIC_URL (https), rồi trên developers.zalo.me đặt webhook: PUBLIC_URL/zalo/oa
cli-doctor-zalo-verifier = Zalo: ZALO_VERIFIER không đúng dạng.
cli-doctor-zalo-verifier-advice = Chép phần nằm giữa «zalo_verifier» và «.html» trong tên tệp mà Zalo đưa.
cli-doctor-zalo-not-connected = Zalo: Official Account chưa được kết nối.
cli-doctor-zalo-not-connected-advice = congvu zalo login
cli-doctor-zalo-lost = Zalo: mất token, không gửi được tin nào ({ $trouble }).
cli-doctor-zalo-lost-advice = Người quản trị Official Account chạy: congvu zalo login
cli-doctor-zalo-trouble = Zalo không cho làm mới token ({ $trouble }).
cli-doctor-zalo-trouble-advice = Xem lại ZALO_APP_ID, ZALO_APP_SECRET; nếu vẫn vậy: congvu zalo login
cli-doctor-zalo-asleep = Zalo: token đã hết hạn, sẽ được làm mới khi hệ thống chạy.
cli-doctor-zalo-asleep-advice = Nếu hệ thống đang chạy mà vẫn thấy dòng này: xem nhật ký, rồi congvu zalo login
cli-doctor-zalo-old = Zalo: token chưa được làm mới từ { $day }; sau 3 tháng sẽ mất.
cli-doctor-zalo-old-advice = Để hệ thống chạy; nó tự làm mới token mỗi ngày.
cli-doctor-zalo-quota = Zalo: Official Account còn { $left } tin tính phí (Zalo báo lúc { $hour } giờ ngày { $day }).
cli-doctor-zalo-quota-few = Zalo: Official Account chỉ còn { $left } tin tính phí (Zalo báo lúc { $hour } giờ ngày { $day }).
cli-doctor-zalo-quota-few-advice = Mua thêm ở trang quản lý Official Account. Khi hết, tin tính phí được chuyển sang kênh khác hoặc chờ người nhận nhắn lại.
cli-doctor-zalo-quota-spent = Zalo: Official Account đã hết tin tính phí (Zalo báo lúc { $hour } giờ ngày { $day }).
cli-doctor-zalo-quota-spent-advice = Mua thêm ở trang quản lý Official Account. Trong lúc này, tin tính phí được chuyển sang kênh khác hoặc chờ người nhận nhắn lại.
cli-doctor-zalo-ok = Zalo: Official Account «{ $name }» sẵn sàng.
cli-doctor-zalo-other = Zalo: token thuộc Official Account { $id }, không phải ZALO_OA_ID.
cli-doctor-zalo-other-advice = Sửa ZALO_OA_ID, hoặc kết nối lại: congvu zalo login
cli-doctor-zalo-refused = Zalo từ chối tài khoản này (mã { $code }: { $words }).
cli-doctor-zalo-refused-advice = Mã -224: nâng gói Official Account. -223: cấp quyền cho ứng dụng rồi congvu zalo login. -221: xác thực Official Account. -216, -220: congvu zalo login.
cli-doctor-zalo-away = Không kết nối được { $base }.
cli-doctor-zalo-away-advice = Xem lại mạng, tường lửa, hoặc ZALO_OA_API_BASE.
