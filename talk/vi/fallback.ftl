# What is left over.
fallback-group = Trong nhóm có nhiều người cùng đọc. Để giữ kín, anh/chị nhắn riêng cho tôi nhé.
fallback-edited = Tôi thấy anh/chị vừa sửa tin đã gửi. Bản đầu vẫn được giữ nguyên; cần bổ sung, anh/chị viết tin mới giúp tôi.
fallback-old-button = Nút này đã cũ nên không dùng được nữa. Anh/chị chọn lại giúp tôi:
fallback-file = Tôi đã nhận tệp nhưng chưa rõ để làm gì. Anh/chị chọn việc cần làm giúp tôi:
fallback-command = Tôi chưa biết lệnh này. Anh/chị chọn việc cần làm giúp tôi:
fallback-anything = Anh/chị cần tôi giúp việc gì ạ?
