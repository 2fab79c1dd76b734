# An official's own month.
my_record-title = Tháng { $month }
my_record-file-name = cong-{ $month }.png
my_record-figures = Công tháng { $month } của anh/chị
    • Đúng giờ: { $on_time } buổi · Muộn: { $late } buổi · Thiếu: { $missed } buổi
    • Báo vắng: { $away } ngày · Tự kiểm tra: { $checked }/{ $days } ngày
my_record-late = – { $day }, buổi { $session }: đến { $time }, muộn { $minutes } phút
my_record-late-because = – { $day }, buổi { $session }: đến { $time }, muộn { $minutes } phút ({ $reason })
my_record-corrected = {"    "}• Bổ sung được duyệt: { $count } buổi
my_record-came = – { $day }, buổi { $session }: đến { $time }
my_record-came-mark = {" "}· bổ sung, đã duyệt
my_record-left-mark = {" "}· về { $time } (bổ sung, đã duyệt)
my_record-missed = – { $day }, buổi { $session }: chưa có điểm danh
my_record-more = (và { $count } lần trước đó)
my_record-private = Anh/chị quên điểm danh buổi nào thì bấm «Xin bổ sung»; chỗ khác chưa đúng, xin báo thủ trưởng đơn vị.
my_record-month-button = 📅 Tháng { $month }
my_record-weekday-0 = T2
my_record-weekday-1 = T3
my_record-weekday-2 = T4
my_record-weekday-3 = T5
my_record-weekday-4 = T6
my_record-weekday-5 = T7
my_record-weekday-6 = CN
my_record-on-time = Đúng giờ
my_record-late-word = Muộn
my_record-missed-word = Thiếu
my_record-away = Báo vắng
my_record-self-check = Tự kiểm tra
my_record-legend = Mỗi ngày: bên trái là buổi sáng, bên phải là buổi chiều.
my_record-legend-corrected = Trái: buổi sáng; phải: buổi chiều. Gạch dưới: bổ sung, đã duyệt.
my_record-short-leave = Phép
my_record-short-mission = Công tác
my_record-short-study = Đi học
my_record-short-sick = Ốm
