# What was hidden in a citizen's words.
unsealing-button = 🔓 Xem phần đã che
unsealing-ask = Anh/chị cho biết vì sao cần xem phần đã che của phản ánh số { $number }. Lý do được ghi vào nhật ký cùng tên anh/chị.
unsealing-too-short = Anh/chị nêu lý do rõ hơn giúp tôi, ít nhất một câu ngắn.
unsealing-too-late = Đã quá 15 phút nên tôi không chờ lý do xem phần đã che của phản ánh số { $number } nữa. Nếu vẫn cần, anh/chị bấm nút bên dưới rồi viết lý do. Tin vừa rồi tôi trả lời riêng ngay sau đây.
unsealing-back-button = 📂 Phản ánh số { $number }
unsealing-stop-button = Thôi, không xem
unsealing-stopped = Vâng, phần đã che vẫn được giữ kín.
unsealing-not-yours = Anh/chị không thuộc diện được xem phần đã che của phản ánh này.
unsealing-words = 🔓 Lời kể đầy đủ của phản ánh số { $number }. Anh/chị giữ kín giúp người gửi.
unsealing-lost = Lời kể đầy đủ của phản ánh số { $number } được niêm phong bằng một khoá khác (khoá của hệ thống đã thay), nên có phần không mở được nữa.
unsealing-file = 🔓 Tệp nguyên văn của phản ánh số { $number }
unsealing-file-alt = Tệp người dân gửi, chưa che gì
