# Words of the command line, for whoever runs the system; with the poster and the example spreadsheets that it makes.
cli-help = Công Vụ: trợ lý nhắn tin giúp xã, phường giữ gìn văn hóa công vụ. Chạy thử ngay: congvu run
cli-help-units = Đơn vị: nạp từ tệp Excel hoặc CSV.
cli-help-units-import = Nạp danh sách đơn vị từ tệp Excel (.xlsx) hoặc CSV. Sai một dòng thì không dòng nào được ghi.
cli-help-people = Cán bộ, công chức: nạp từ tệp Excel hoặc CSV.
cli-help-people-import = Nạp danh sách cán bộ, công chức từ tệp Excel (.xlsx) hoặc CSV. Sai một dòng thì không dòng nào được ghi.
cli-help-run = Chạy hệ thống. Bấm Ctrl+C để dừng.
cli-help-invite = Tạo mã mời để một cán bộ, công chức liên kết tài khoản.
cli-help-poster = In tờ mã QR (PDF) dán ở quầy, ở trụ sở.
cli-help-digest = Xem trước hoặc gửi bản tin tuần của một đơn vị.
cli-help-classify = Phân loại văn bản: đọc từng dòng JSON (id, text), ghi ra từng dòng JSON.
cli-help-doctor = Kiểm tra mọi thứ và chỉ cách khắc phục.
cli-help-backup = Sao lưu toàn bộ dữ liệu vào một tệp. Không cần dừng hệ thống.
cli-help-restore = Khôi phục dữ liệu từ tệp sao lưu. Cần dừng hệ thống trước.
cli-help-migrate = Cập nhật cấu trúc cơ sở dữ liệu theo phiên bản này.
cli-help-demo-reset = Xoá và tạo lại dữ liệu mẫu (chỉ khi chưa có dữ liệu thật).
cli-help-option = Xem hướng dẫn rồi thoát.
cli-panel-usage = Cách dùng:
cli-panel-arguments = Tham số
cli-panel-options = Tuỳ chọn
cli-panel-commands = Các lệnh
cli-panel-default = [mặc định: { $value }]
cli-panel-required = [bắt buộc]

# --- running
cli-run-role = Phần việc của tiến trình này; ghi nhiều lần để chọn nhiều phần.
cli-run-port = Cổng (mặc định theo PORT, hoặc 8080; 0 là cổng trống bất kỳ).
cli-run-host = Địa chỉ lắng nghe (mặc định chỉ máy này).
cli-run-starting = Đang khởi động…
cli-run-training = Lần đầu: đang dạy máy phân loại phản ánh… { $percent }%
cli-run-address = Mời mở:  { $address }
cli-run-sample = Xã mẫu với dữ liệu giả định. Bấm Ctrl+C để dừng; lần sau mở lại dữ liệu vẫn còn.
cli-run-stop = Bấm Ctrl+C để dừng.
cli-run-no-web = Đang chạy phần: { $roles }. Bấm Ctrl+C để dừng.
cli-run-ended = Đã dừng. Dữ liệu được giữ nguyên.
cli-run-port-busy = Cổng { $port } đang có chương trình khác dùng. Có thể hệ thống đang chạy rồi; nếu không, chọn cổng khác, ví dụ: congvu run --port 8081

# --- importing
cli-import-file = Tệp .xlsx hoặc .csv.
cli-import-dry-run = Chỉ xem sẽ thay đổi gì, không ghi.
cli-import-template = Ghi ra một tệp mẫu kèm hướng dẫn thay vì nạp.
cli-import-invite = Tạo luôn mã mời cho những người chưa liên kết tài khoản.
cli-option-bot = Tên bot Telegram (không cần khi đã có TELEGRAM_TOKEN).
cli-import-no-file = Cho biết tệp cần nạp, hoặc dùng --template TỆP.xlsx để lấy tệp mẫu.
cli-import-reading = Đang đọc { $name }
cli-import-writing = Đang đối chiếu { $count } dòng
cli-import-ignored = Các cột sau không được dùng đến: { $columns }
cli-import-problem = Dòng { $row }: { $words }
cli-import-nothing-changed = Có { $problems } lỗi ở { $rows } dòng. Chưa có gì được ghi; anh/chị sửa tệp rồi nạp lại.
cli-import-heading-action = Việc
cli-import-heading-code = Mã
cli-import-heading-name = Tên
cli-import-heading-details = Chi tiết
cli-import-added = Thêm
cli-import-changed = Sửa
cli-import-ended = Kết thúc
cli-import-more = … và { $count } dòng nữa.
cli-import-would = Nếu nạp { $rows } dòng này: thêm { $added }, sửa { $changed }, kết thúc { $ended }, giữ nguyên { $unchanged }. Chưa ghi gì.
cli-import-did = Đã nạp { $rows } dòng: thêm { $added }, sửa { $changed }, kết thúc { $ended }, giữ nguyên { $unchanged }.
cli-import-untouched-units = { $count } đơn vị đang có nhưng không nằm trong tệp: giữ nguyên.
cli-import-untouched-people = { $count } người đang có nhưng không nằm trong tệp: giữ nguyên.

cli-change-name = đổi tên từ «{ $old }»
cli-change-kind = loại: { $old } → { $new }
cli-change-parent = trực thuộc: { $old } → { $new }
cli-change-aliases = thêm tên gọi khác: { $new }
cli-change-morning = giờ sáng: { $old } → { $new }
cli-change-morning-first = giờ sáng: { $new }
cli-change-afternoon = giờ chiều: { $old } → { $new }
cli-change-afternoon-first = giờ chiều: { $new }
cli-change-since = ngày bắt đầu: { $old } → { $new }
cli-change-closed-on = giải thể ngày { $new }
cli-change-merged-into = sáp nhập vào { $new }
cli-change-title = chức danh: { $old } → { $new }
cli-change-title-first = chức danh: { $new }
cli-change-post-begun = { $role } tại { $old } từ { $new }
cli-change-post-ended = thôi ở { $old } từ { $new }
cli-change-goes-on = tiếp tục ở { $old }

cli-kind-province = Tỉnh
cli-kind-commune = Xã
cli-kind-department = Phòng ban
cli-kind-desk = Bộ phận một cửa
cli-role-head = Thủ trưởng
cli-role-official = Công chức
cli-role-reception = Bộ phận một cửa
cli-role-inspector = Thanh tra
cli-role-home-affairs = Sở Nội vụ
cli-role-admin = Quản trị

cli-column-code = Mã đơn vị
cli-column-name = Tên đơn vị
cli-column-kind = Loại
cli-column-parent = Trực thuộc
cli-column-aliases = Tên khác
cli-column-morning = Giờ sáng
cli-column-afternoon = Giờ chiều
cli-column-since = Từ ngày
cli-column-closed-on = Ngày giải thể
cli-column-merged-into = Sáp nhập vào
cli-column-staff-code = Mã cán bộ
cli-column-full-name = Họ và tên
cli-column-unit = Mã đơn vị
cli-column-role = Vai trò
cli-column-title = Chức danh
cli-column-until = Ngày thôi

cli-refused-empty = Tệp rỗng, không có gì để nạp.
cli-refused-too-big = Tệp lớn hơn { $limit } MB. Anh/chị tách thành nhiều tệp nhỏ hơn.
cli-refused-picture = Đây là tệp ảnh, không phải bảng tính, dù tên tệp có thể ghi khác. Anh/chị chọn đúng tệp Excel hoặc CSV.
cli-refused-pdf = Đây là tệp PDF, không phải bảng tính. Anh/chị xin lại tệp Excel gốc.
cli-refused-old-excel = Đây là tệp Excel đời cũ (.xls) hoặc tệp có mật khẩu. Anh/chị mở bằng Excel, bỏ mật khẩu nếu có, rồi lưu lại thành .xlsx.
cli-refused-archive = Đây là tệp nén, không phải bảng tính. Anh/chị giải nén rồi nạp tệp bên trong.
cli-refused-not-a-workbook = Đây không phải tệp Excel (.xlsx) mà là loại tệp khác. Anh/chị lưu lại thành .xlsx hoặc CSV.
cli-refused-locked = Tệp có mật khẩu. Anh/chị bỏ mật khẩu rồi nạp lại.
cli-refused-bomb = Tệp bung ra lớn bất thường nên không được mở. Anh/chị chép phần dữ liệu sang một tệp mới.
cli-refused-broken = Tệp bị hỏng hoặc không đúng định dạng. Anh/chị mở bằng Excel rồi lưu lại thành .xlsx.
cli-refused-not-a-table = Tệp không phải Excel, cũng không phải văn bản CSV đọc được.
cli-refused-broken-quotes = Tệp CSV sai dấu nháy kép (") bắt đầu từ dòng { $row }.
cli-refused-too-many-rows = Tệp có hơn { $limit } dòng. Anh/chị tách thành nhiều tệp nhỏ hơn.
cli-refused-too-many-blank = Tệp có quá nhiều dòng trống. Anh/chị chép phần dữ liệu sang một tệp mới.
cli-refused-no-headings = Không tìm thấy dòng tiêu đề. Còn thiếu cột: { $missing }. Xem tệp mẫu: dùng --template TỆP.xlsx
cli-refused-no-rows = Có dòng tiêu đề nhưng bên dưới không có dữ liệu.
cli-refused-column-twice = Có hai cột cùng nghĩa; cột thừa là «{ $heading }».

cli-wrong-missing = thiếu «{ $column }».
cli-wrong-too-long = «{ $column }» dài quá { $other } ký tự.
cli-wrong-formula = ô «{ $column }» là công thức. Anh/chị chép rồi dán giá trị (Paste Values) vào ô này.
cli-wrong-error = ô «{ $column }» đang báo lỗi trong Excel ({ $value }).
cli-wrong-bad-code = mã «{ $value }» chỉ được gồm chữ không dấu, số, gạch ngang và gạch dưới.
cli-wrong-bad-staff-code = mã cán bộ «{ $value }» chỉ được gồm chữ, số và các dấu . - _ /
cli-wrong-bad-name = «{ $value }» không phải là tên.
cli-wrong-bad-day = «{ $column }» có ngày không đúng: «{ $value }». Ghi theo mẫu 31/12/2026.
cli-wrong-bad-hours = «{ $column }» không đúng: «{ $value }». Ghi theo mẫu 07:30-11:30.
cli-wrong-hours-overlap = giờ chiều bắt đầu trước khi hết giờ sáng.
cli-wrong-bad-kind = không có loại đơn vị «{ $value }». Dùng: Tỉnh, Xã, Phòng ban, Bộ phận một cửa.
cli-wrong-kind-needed = chưa rõ «{ $value }» là loại đơn vị nào. Ghi ở cột «{ $column }»: Tỉnh, Xã, Phòng ban hoặc Bộ phận một cửa.
cli-wrong-bad-role = không có vai trò «{ $value }». Dùng: Thủ trưởng, Công chức, Bộ phận một cửa, Thanh tra, Sở Nội vụ, Quản trị.
cli-wrong-code-twice = mã «{ $value }» đã có ở dòng { $other }.
cli-wrong-parent-unknown = không có đơn vị cấp trên mang mã «{ $value }».
cli-wrong-parent-closed = đơn vị cấp trên «{ $value }» đã giải thể.
cli-wrong-circle = các đơn vị trực thuộc vòng tròn: { $other }.
cli-wrong-moved-later = ghi thay đổi từ { $value }, nhưng từ { $other } đã có thay đổi khác.
cli-wrong-was-closed = đơn vị «{ $value }» đã giải thể ngày { $other }; không dùng lại mã này.
cli-wrong-new-but-closed = đơn vị chưa có trong hệ thống mà đã ghi giải thể hoặc sáp nhập.
cli-wrong-closed-in-future = ngày giải thể { $value } chưa đến. Anh/chị nạp lại vào ngày đó.
cli-wrong-merged-unknown = không có đơn vị nhận sáp nhập mang mã «{ $value }», hoặc chính là đơn vị này.
cli-wrong-merged-closed = đơn vị nhận sáp nhập «{ $value }» cũng đã giải thể.
cli-wrong-children-left = còn đơn vị trực thuộc chưa chuyển đi nơi khác: { $other }.
cli-wrong-unit-unknown = không có đơn vị mang mã «{ $value }».
cli-wrong-unit-closed = đơn vị «{ $value }» đã giải thể. Đơn vị nhận (nếu có): { $other }
cli-wrong-other-name = mã cán bộ này ở dòng { $other } mang tên khác với «{ $value }».
cli-wrong-post-twice = trùng với dòng { $other }: cùng mã «{ $value }», cùng đơn vị và vai trò.
cli-wrong-until-before-since = ngày thôi { $value } không sau ngày bắt đầu { $other }.
cli-wrong-moved-before-start = ghi chuyển từ { $value }, nhưng vị trí hiện nay bắt đầu từ { $other }.

# --- the example spreadsheets
cli-template-written = Đã ghi tệp mẫu { $path }. Điền trang đầu, xem trang «Ví dụ» và «Hướng dẫn», rồi nạp bằng lệnh import.
cli-template-xlsx = Tên tệp mẫu phải kết thúc bằng .xlsx
cli-template-units = Đơn vị
cli-template-people = Cán bộ
cli-template-example = Ví dụ
cli-template-instructions = Hướng dẫn
cli-template-how-title = Cách điền
cli-template-how-1 = Điền vào trang đầu tiên; trang «Ví dụ» chỉ để xem, không được nạp. Cột màu cam là bắt buộc.
cli-template-how-2 = Xem trước khi ghi: thêm --dry-run vào sau lệnh. Sai một dòng thì không dòng nào được ghi.
cli-template-how-3 = Nạp lại cùng một tệp không làm thay đổi gì. Người, đơn vị không có trong tệp được giữ nguyên.
cli-template-how-4 = Ô trống (không bắt buộc) nghĩa là giữ nguyên như đang có.
cli-template-how-5 = Ngày ghi 31/12/2026, giờ ghi 07:30-11:30. Không dùng công thức.
cli-about-units-code = Mã ngắn của đơn vị, chữ không dấu, số, gạch ngang. Mã này nằm trong mã QR dán ở quầy nên không đổi về sau.
cli-about-units-name = Tên đầy đủ mà người dân đọc thấy. Đổi tên thì tên cũ được giữ làm tên gọi khác.
cli-about-units-kind = Tỉnh, Xã (cả phường, đặc khu), Phòng ban, hoặc Bộ phận một cửa. Có thể bỏ trống nếu tên đã nói rõ.
cli-about-units-parent = Mã của đơn vị cấp trên trực tiếp. Ghi dấu - nếu đơn vị đứng trên cùng.
cli-about-units-aliases = Các tên dân hay gọi, ngăn cách bằng dấu chấm phẩy: Một cửa; Nơi nộp hồ sơ.
cli-about-units-morning = Giờ làm việc buổi sáng, ví dụ 07:30-11:30. Bỏ trống thì theo đơn vị cấp trên.
cli-about-units-afternoon = Giờ làm việc buổi chiều, ví dụ 13:30-17:00. Bỏ trống thì theo đơn vị cấp trên.
cli-about-units-since = Ngày bắt đầu trực thuộc đơn vị cấp trên đã ghi. Bỏ trống là từ hôm nay.
cli-about-units-closed-on = Ngày đơn vị giải thể hoặc sáp nhập. Lịch sử cũ vẫn được giữ.
cli-about-units-merged-into = Mã đơn vị nhận sáp nhập. Mã QR cũ sẽ dẫn đến đơn vị này.
cli-about-people-staff-code = Mã cán bộ, mỗi người một mã, không đổi về sau.
cli-about-people-full-name = Họ và tên đầy đủ.
cli-about-people-unit = Mã đơn vị nơi làm việc. Một người giữ nhiều vị trí thì ghi mỗi vị trí một dòng, nơi chấm công ghi trước.
cli-about-people-role = Thủ trưởng, Công chức, Bộ phận một cửa, Thanh tra, Sở Nội vụ hoặc Quản trị. Bỏ trống là Công chức. Thủ trưởng là người nhận và trả lời phản ánh.
cli-about-people-title = Chức danh, ví dụ: Công chức tư pháp - hộ tịch.
cli-about-people-since = Ngày bắt đầu vị trí này. Bỏ trống là từ hôm nay. Chuyển đơn vị thì vị trí cũ kết thúc vào ngày này.
cli-about-people-until = Ngày đầu tiên không còn giữ vị trí này (nghỉ hưu, chuyển đi).
cli-example-units =
    ha-vi-du | Ủy ban nhân dân xã Hạ Ví Dụ | Xã | - | Xã Hạ Ví Dụ; UBND xã | 07:30-11:30 | 13:30-17:00 | 01/07/2025 | |
    mot-cua | Bộ phận một cửa xã Hạ Ví Dụ | Bộ phận một cửa | ha-vi-du | Một cửa; Nơi nộp hồ sơ | | | 01/07/2025 | |
    kinh-te | Phòng Kinh tế xã Hạ Ví Dụ | Phòng ban | ha-vi-du | Địa chính; Xây dựng | | | | |
    tram-y-te | Trạm Y tế xã Hạ Ví Dụ | | ha-vi-du | Trạm xá | 07:00-11:00 | 13:30-17:00 | | |
cli-example-people =
    CB001 | Mẫu Văn Tùng | ha-vi-du | Thủ trưởng | Chủ tịch UBND xã | 01/07/2025 |
    CB002 | Mẫu Thị Sen | mot-cua | Bộ phận một cửa | Công chức tư pháp - hộ tịch | 01/07/2025 |
    CB003 | Mẫu Văn Lim | kinh-te | Công chức | Chuyên viên đất đai | |
    CB004 | Mẫu Thị Hồng | tram-y-te | | Trạm trưởng | 15/09/2025 |

# --- invitations
cli-invite-code = Mã cán bộ.
cli-invite-unknown = Không có ai đang công tác mang mã «{ $code_typed }».
cli-invite-one = Mã mời của { $name } ({ $unit }):
cli-invite-until = Dùng được một lần, đến { $day }. Bấm vào liên kết, hoặc gõ /lienket rồi gửi mã:
cli-invite-zalo = Zalo: mở { $link } rồi nhắn /lienket { $invitation }
cli-invite-zalo-many = Trên Zalo: mỗi người mở { $link } rồi nhắn /lienket kèm mã mời của mình.
cli-invite-once = Mã chỉ hiện một lần này. Mã cũ chưa dùng (nếu có) không còn hiệu lực.
cli-invite-nobody = Mọi người trong tệp đều đã liên kết tài khoản, không cần mã mời.
cli-invite-many = { $count } mã mời, mỗi mã dùng một lần, đến { $day }. Anh/chị gửi riêng cho từng người; mã không hiện lại.
cli-invite-heading-code = Mã cán bộ
cli-invite-heading-name = Họ và tên
cli-invite-heading-unit = Đơn vị
cli-invite-heading-invitation = Mã mời

# --- the poster
cli-poster-unit = Mã đơn vị.
cli-poster-output = Tệp PDF ghi ra.
cli-poster-size = Khổ giấy.
cli-poster-unknown = Không có đơn vị đang hoạt động mang mã «{ $unit }».
cli-poster-written = Đã ghi { $path } cho { $unit }.
cli-poster-trial = Chưa có PUBLIC_URL nên đây là bản thử, chỉ mở được trên máy này: { $link }
    Đặt PUBLIC_URL thành địa chỉ https của hệ thống rồi in lại.
cli-poster-title = Mời bà con góp ý
cli-poster-about = Khen, chê hay phản ánh cách phục vụ của cán bộ, cứ nhắn tự nhiên như nói chuyện
cli-poster-scan = Đưa điện thoại vào ô này
cli-poster-typed = Hoặc gõ địa chỉ: { $link }
cli-poster-step-1 = Mở máy ảnh hoặc Zalo, chọn quét mã, rồi đưa vào ô vuông ở trên
cli-poster-step-2 = Bấm vào dòng chữ hiện ra trên màn hình
cli-poster-step-3 = Viết hoặc nói điều muốn góp ý, gửi thêm ảnh nếu có
cli-poster-promise-1 = Danh tính được giữ kín; muốn ẩn danh cũng được.
cli-poster-promise-2 = Có mã biên nhận để theo dõi đến khi được trả lời.
cli-poster-promise-3 = Trợ lý tự động ghi nhận và chuyển đến người có trách nhiệm. Chưa quen máy? Cứ nhờ người thân quét giúp.
cli-poster-urgent = Việc nguy hiểm, khẩn cấp: gọi ngay 113.
cli-poster-zalo = Zalo
cli-poster-zalo-typed = quét mã, rồi nhắn: { $unit }
cli-poster-zalo-told = quét mã, rồi nhắn điều muốn góp ý
cli-poster-telegram = Telegram
cli-poster-telegram-pressed = quét mã, rồi bấm Bắt đầu
cli-poster-mark = BẢN THỬ

# --- the digest
cli-digest-unit = Mã đơn vị.
cli-digest-week = Tuần: 2026-W47, hoặc một ngày trong tuần đó (2026-11-16). Mặc định là tuần làm việc gần nhất đã qua.
cli-digest-send = Gửi cho thủ trưởng đơn vị (mỗi tuần chỉ gửi một lần).
cli-digest-preview = Ghi biểu đồ ra tệp ảnh PNG.
cli-digest-bad-week = Không hiểu tuần «{ $week }». Ghi 2026-W47 hoặc 2026-11-16.
cli-digest-not-begun = Tuần này chưa đến.
cli-digest-too-old = Bản tin của tuần này đã quá cũ để gửi; vẫn xem được bằng --preview.
cli-digest-not-over = Tuần này chưa kết thúc nên chưa gửi được; vẫn xem trước được bằng --preview.
cli-digest-no-chart = Bản tin tuần này không có biểu đồ.
cli-digest-written = Đã ghi biểu đồ vào { $path }.
cli-digest-sent = Đã xếp lịch gửi bản tin cho { $count } người.
cli-digest-nobody = Không gửi cho ai: đơn vị chưa có thủ trưởng đã liên kết tài khoản, hoặc bản tin này đã gửi rồi.

# --- judging texts
cli-classify-working = Đang phân loại
cli-classify-waiting = Gõ từng dòng dạng JSON với id và text, ví dụ có "id": 1 và "text": "quầy không có ai". Kết thúc bằng Ctrl+D.

# --- backup and restore
cli-backup-file = Tệp sao lưu sẽ ghi ra (ví dụ congvu-2026-11-22.zip).
cli-backup-with-key = Kèm cả khoá của cơ quan. Ai có tệp này sẽ đọc được mọi thứ.
cli-backup-working = Đang sao lưu
cli-backup-done = Đã sao lưu { $rows } bản ghi vào { $path } ({ $size }).
cli-backup-key-out = Khoá (secret.key) KHÔNG nằm trong tệp này. Anh/chị cất khoá riêng ở nơi khác: thiếu khoá thì không khôi phục được.
    Tệp vẫn chứa nội dung phản ánh, cần giữ như hồ sơ mật.
cli-backup-key-in = Tệp này có KÈM KHOÁ: ai có tệp sẽ biết ai đã phản ánh điều gì. Anh/chị cất ở nơi an toàn, không gửi qua mạng.
cli-restore-file = Tệp sao lưu.
cli-restore-yes = Không hỏi lại.
cli-restore-checking = Đang kiểm tra tệp
cli-restore-working = Đang khôi phục
cli-restore-what = Bản sao lưu lúc { $made }, { $rows } bản ghi, phiên bản { $version }.
cli-restore-sure = Thay toàn bộ dữ liệu đang có bằng bản này? Dữ liệu đang có được cất riêng. (có/không)
cli-restore-not-agreed = Chưa khôi phục gì. Nếu chắc chắn, thêm --yes.
cli-restore-done = Đã khôi phục { $rows } bản ghi.
cli-restore-aside = Dữ liệu trước đó được cất ở: { $aside }
cli-restore-not-a-backup = Đây không phải tệp sao lưu của Công Vụ.{ $detail }
cli-restore-damaged = Tệp sao lưu bị hỏng hoặc đã bị sửa (phần: { $detail }). Chưa thay đổi gì.
cli-restore-newer = Bản sao lưu này do phiên bản mới hơn tạo ra. Anh/chị cập nhật chương trình rồi khôi phục lại. { $detail }
cli-restore-no-key = Chưa có khoá của bản sao lưu này. Anh/chị chép tệp secret.key đã cất vào thư mục dữ liệu (DATA_DIR) rồi làm lại.{ $detail }
cli-restore-other-key = Khoá đang có không phải khoá của bản sao lưu này. Anh/chị thay đúng tệp secret.key (hoặc SECRET_KEY) rồi làm lại.{ $detail }
cli-restore-running = Hệ thống đang chạy. Anh/chị dừng lại rồi khôi phục.{ $detail }

# --- migrating, sample data
cli-migrate-working = Đang cập nhật cơ sở dữ liệu
cli-migrate-done = Đã cập nhật cơ sở dữ liệu.
cli-migrate-nothing = Cơ sở dữ liệu đã đúng phiên bản, không phải làm gì.
cli-migrate-first = Cơ sở dữ liệu chưa được cập nhật. Anh/chị chạy: congvu migrate
cli-demo-working = Đang tạo lại dữ liệu mẫu
cli-demo-done = Dữ liệu mẫu đã được tạo lại từ đầu.
cli-demo-not-sample = Cơ sở dữ liệu này có dữ liệu thật nên không xoá. Muốn chạy thử, anh/chị dùng thư mục khác: DATA_DIR=thu-muc-khac
cli-demo-not-sample-mode = Hệ thống không ở chế độ chạy thử (PUBLIC_URL hoặc SAMPLE đã được đặt) nên không tạo lại dữ liệu mẫu.

# --- the doctor
cli-doctor-looking = Đang kiểm tra
cli-doctor-ok = Mọi thứ đều ổn.
cli-doctor-warn = Chạy được; có vài điều nên xem lại.
cli-doctor-fail = Có việc phải sửa trước khi dùng.
cli-doctor-folder-ok = Thư mục dữ liệu { $path } ghi được.
cli-doctor-folder-new = Thư mục dữ liệu { $path } chưa có; sẽ được tạo khi chạy.
cli-doctor-folder-open = Người khác trên máy này mở được thư mục dữ liệu { $path }.
cli-doctor-folder-open-advice = chmod 700 { $path }
cli-doctor-folder-closed = Không ghi được vào thư mục dữ liệu { $path }.
cli-doctor-folder-closed-advice = Cho tài khoản đang chạy quyền ghi, hoặc đổi DATA_DIR.
cli-doctor-key-env = Khoá lấy từ SECRET_KEY.
cli-doctor-key-ok = Khoá { $path } chỉ chủ sở hữu đọc được. Nhớ cất một bản ở nơi khác.
cli-doctor-key-new = Chưa có khoá; sẽ được tạo ở lần chạy đầu.
cli-doctor-key-open = Người khác trên máy này đọc được khoá { $path }.
cli-doctor-key-open-advice = chmod 600 { $path }
cli-doctor-key-wrong = Khoá không dùng được (phải là 32 byte, dạng base64).
cli-doctor-key-wrong-advice = Chép lại đúng khoá đã cất. Đừng tạo khoá mới: dữ liệu cũ sẽ không mở được.
cli-doctor-key-other = Khoá này không mở được dữ liệu đang có.
cli-doctor-key-other-advice = Chép lại đúng khoá đã cất (secret.key hoặc SECRET_KEY).
cli-doctor-database-ok = Cơ sở dữ liệu { $kind } tốt, đúng phiên bản.
cli-doctor-database-new = Chưa có cơ sở dữ liệu; sẽ được tạo khi chạy.
cli-doctor-database-old = Cơ sở dữ liệu { $kind } chưa được cập nhật.
cli-doctor-database-old-advice = congvu migrate
cli-doctor-database-broken = Cơ sở dữ liệu bị hỏng.
cli-doctor-database-broken-advice = Dừng hệ thống rồi khôi phục bản sao lưu gần nhất: congvu restore TỆP
cli-doctor-database-away = Không dùng được cơ sở dữ liệu.
cli-doctor-database-away-advice = Xem lại DATA_DIR hoặc DATABASE_URL, quyền của thư mục, và máy chủ PostgreSQL (nếu dùng).
cli-doctor-people-none = Chưa có đơn vị nào.
cli-doctor-people-none-advice = congvu units import --template don-vi.xlsx
cli-doctor-people-ok = Có { $units } đơn vị, { $people } cán bộ, công chức.
cli-doctor-people-sample = Dữ liệu mẫu đang nằm trong hệ thống có địa chỉ công khai.
cli-doctor-people-sample-advice = Dùng DATA_DIR (hoặc DATABASE_URL) mới cho dữ liệu thật.
cli-doctor-people-no-head = Chưa có thủ trưởng nào nhận phản ánh của: { $units }
cli-doctor-people-no-head-advice = Thêm một dòng vai trò «Thủ trưởng» cho đơn vị đó (hoặc cấp trên) rồi: congvu people import TỆP
cli-doctor-telegram-off = Telegram đang tắt (chưa có TELEGRAM_TOKEN).
cli-doctor-telegram-ok = Telegram: bot @{ $name } sẵn sàng.
cli-doctor-telegram-wrong = Telegram không nhận TELEGRAM_TOKEN (mã { $status }).
cli-doctor-telegram-wrong-advice = Lấy lại token từ @BotFather, đặt vào TELEGRAM_TOKEN.
cli-doctor-telegram-away = Không kết nối được { $base }.
cli-doctor-telegram-away-advice = Xem lại mạng, tường lửa, hoặc TELEGRAM_API_BASE.
cli-doctor-zalo-bot-off = Zalo Bot đang tắt (chưa có ZALO_BOT_TOKEN).
cli-doctor-zalo-bot-ok = Zalo Bot: { $name } sẵn sàng.
cli-doctor-zalo-bot-wrong = Zalo không nhận ZALO_BOT_TOKEN (mã { $status }).
cli-doctor-zalo-bot-wrong-advice = Lấy lại token ở trang quản lý Zalo Bot, đặt vào ZALO_BOT_TOKEN.
cli-doctor-zalo-bot-away = Không kết nối được { $base }.
cli-doctor-zalo-bot-away-advice = Xem lại mạng, tường lửa, hoặc ZALO_BOT_API_BASE.
cli-doctor-zalo-bot-polling = Zalo Bot đang tự hỏi tin (chưa có PUBLIC_URL): tin đến đúng lúc máy tắt đột ngột có thể mất, và ảnh, biểu đồ chỉ gửi được bằng lời.
cli-doctor-zalo-bot-polling-advice = Đặt PUBLIC_URL để Zalo tự chuyển tin đến và lấy được ảnh.
cli-doctor-zalo-bot-elsewhere = Zalo Bot đang chuyển tin đến địa chỉ khác: { $url }
cli-doctor-zalo-bot-elsewhere-advice = Chạy congvu run để đặt lại địa chỉ; nếu có chương trình khác dùng chung token này thì dừng nó.
cli-doctor-public-off = Chưa có PUBLIC_URL: chỉ máy này dùng được.
cli-doctor-public-ok = Địa chỉ công khai: { $url }
cli-doctor-public-wrong = PUBLIC_URL «{ $url }» phải là địa chỉ https mà người dân mở được.
cli-doctor-public-wrong-advice = Đặt PUBLIC_URL dạng https://gopy.ten-don-vi.gov.vn (không có đường dẫn phía sau).
cli-doctor-fonts-ok = Phông chữ có đủ tiếng Việt.
cli-doctor-fonts-wrong = Thiếu phông chữ tiếng Việt: { $names }
cli-doctor-fonts-wrong-advice = Cài lại chương trình (thư mục office/fonts và gói matplotlib).
cli-doctor-words-ok = Bộ phân loại sẵn sàng (underthesea { $version }).
cli-doctor-words-new = Bộ phân loại sẽ được huấn luyện ở lần chạy đầu, khoảng nửa phút (underthesea { $version }).
cli-doctor-words-missing = Chưa có gói underthesea.
cli-doctor-words-missing-advice = Cài lại chương trình theo requirements.lock.
cli-doctor-model-wrong = Bộ phân loại không dùng được.
cli-doctor-model-wrong-advice = Xoá thư mục nlp/model rồi chạy lại để huấn luyện lại; nếu vẫn lỗi, cài lại chương trình.
cli-doctor-model-taught = Phản ánh được phân loại theo phiên bản cơ quan đã dạy thêm ({ $version }).
cli-doctor-model-taught-wrong = Không dùng được phiên bản đã dạy thêm ({ $reason }), nên máy gốc đang phân loại.
cli-doctor-model-taught-wrong-advice = Dạy lại: congvu nlp train. Hoặc chọn phiên bản khác: congvu nlp versions, rồi congvu nlp use
cli-doctor-disk-ok = Còn trống { $free } GB trên ổ đĩa.
cli-doctor-disk-low = Ổ đĩa chỉ còn trống { $free } GB.
cli-doctor-disk-low-advice = Dọn bớt, hoặc chuyển DATA_DIR sang ổ khác.
cli-doctor-clock-ok = Đồng hồ máy: { $now } (giờ Việt Nam).
cli-doctor-clock-behind = Đồng hồ máy ({ $now }) chậm hơn dữ liệu đã ghi ({ $seen }).
cli-doctor-clock-off = Đồng hồ máy lệch { $seconds } giây so với Telegram.
cli-doctor-clock-behind-advice = Bật đồng bộ giờ: timedatectl set-ntp true
cli-doctor-clock-off-advice = Bật đồng bộ giờ: timedatectl set-ntp true

# --- what may go wrong anywhere
cli-wrong-use = Lệnh chưa đúng.
cli-wrong-use-missing = Thiếu { $name }.
cli-wrong-use-value = Giá trị của { $name } chưa đúng.
cli-wrong-use-option = Không có tuỳ chọn { $name }.
cli-wrong-use-help = Xem hướng dẫn: { $command } --help
cli-settings-wrong = Thiết lập chưa đúng: { $names }. Xem bảng thiết lập trong README.
cli-not-permitted = Không có quyền đọc hoặc ghi: { $path }
cli-no-such-file = Không có tệp { $path }.
cli-file-exists = Đã có tệp { $path }; anh/chị chọn tên khác.
cli-disk-full = Ổ đĩa đã đầy.
cli-key-unusable = Khoá của cơ quan không dùng được. Chạy congvu doctor để xem cách khắc phục.
cli-database-too-new = Cơ sở dữ liệu do phiên bản mới hơn tạo ra. Anh/chị cập nhật chương trình.
cli-database-damaged = Cơ sở dữ liệu bị hỏng hoặc không phải của Công Vụ. Khôi phục bản sao lưu: congvu restore TỆP
cli-database-busy = Cơ sở dữ liệu đang bận. Anh/chị thử lại sau ít phút.
cli-database-cannot-open = Không mở được tệp cơ sở dữ liệu. Xem lại DATA_DIR và quyền của thư mục.
cli-database-away = Không kết nối được cơ sở dữ liệu. Xem lại DATABASE_URL và máy chủ PostgreSQL.
cli-fault = Chương trình gặp lỗi ngoài dự kiến. Mã lỗi: { $reference } (chi tiết trong { $path }).
cli-doctor-letters = ăâđêôơưẮẤỆỖỢỮỳỵ
