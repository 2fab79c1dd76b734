# Days and hours.
when-weekday-0 = thứ Hai
when-weekday-1 = thứ Ba
when-weekday-2 = thứ Tư
when-weekday-3 = thứ Năm
when-weekday-4 = thứ Sáu
when-weekday-5 = thứ Bảy
when-weekday-6 = Chủ nhật
when-day = { $weekday } { $date }
when-days = { $count } ngày
when-hours = { $count } giờ
when-hour = { $hour } giờ
when-hour-minute = { $hour } giờ { $minute }
when-moment = { $hour }, { $day }
