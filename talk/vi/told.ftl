# What a story tells by itself.
told-morning = sáng { $day }
told-noon = trưa { $day }
told-afternoon = chiều { $day }
told-evening = tối { $day }
told-night = đêm { $day }
# How an answer is read that names somebody; nobody sees it.
told-official = cán bộ { $person }
told-mister = Tôi phản ánh anh { $person }.
told-unit-this = Chuyện này xảy ra ở “{ $unit }”, đúng không ạ?
told-unit-these = Chuyện này xảy ra ở nơi nào dưới đây ạ?
told-unit-right-button = ✅ Đúng
told-unit-other-button = Nơi khác
