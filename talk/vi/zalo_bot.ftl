# Zalo Bot: names of files that come without one, and words for files that the channel cannot carry.
zalo_bot-picture-name = ảnh.jpg
zalo_bot-voice-name = ghi âm.aac
zalo_bot-whole-text-name = toàn văn tin nhắn.txt
zalo_bot-file = 📎 Có tệp «{ $name }» kèm theo. Kênh Zalo này chưa chuyển được tệp; anh/chị xem bản gốc tại cơ quan giúp tôi nhé.
zalo_bot-file-on-the-web = 📎 Có tệp «{ $name }» kèm theo. Kênh Zalo này chưa chuyển được tệp; anh/chị xem tại trang trò chuyện: { $web }
