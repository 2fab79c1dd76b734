# Words used in every conversation.
fault = Xin lỗi anh/chị, hệ thống vừa gặp trục trặc nên tôi chưa làm được việc này. Anh/chị vui lòng thử lại sau ít phút.
    Nếu vẫn không được, xin báo giúp mã lỗi: { $reference }
