# Files that could not be kept.
files-too-big = Tệp này quá lớn nên tôi chưa nhận được. Anh/chị gửi tệp dưới 20 MB giúp tôi nhé.
files-unreadable = Tôi không mở được ảnh này. Anh/chị chụp hoặc gửi lại giúp tôi.
files-unsupported = Loại tệp này tôi chưa nhận được. Anh/chị gửi giúp ảnh, ghi âm, video, PDF hoặc văn bản.
files-not-here = Kênh Zalo này chỉ nhận được chữ, ảnh và ghi âm. Anh/chị viết bằng lời, hoặc chụp ảnh gửi giúp tôi nhé.
files-not-here-but-web = Kênh Zalo này chỉ nhận được chữ, ảnh và ghi âm. Anh/chị viết bằng lời giúp tôi nhé; còn tệp và video thì gửi được tại trang trò chuyện: { $elsewhere }
files-not-fetched = Tôi chưa tải được tệp này do trục trặc đường truyền. Anh/chị gửi lại giúp tôi.
files-empty = Tệp này trống. Anh/chị gửi lại giúp tôi.
files-sticker = Cảm ơn anh/chị! Tôi chưa hiểu nhãn dán, anh/chị viết bằng lời giúp tôi nhé.
files-location = Tôi chưa dùng được vị trí. Anh/chị viết tên xã, phường hoặc nơi làm việc giúp tôi.
files-contact = Tôi không cần số điện thoại của người khác. Anh/chị viết bằng lời chuyện đã xảy ra giúp tôi.
files-unnamed = Tệp đính kèm
files-may-name = Tôi không xoá được hết thông tin về người soạn trong tệp { $names }, nên tệp có thể cho biết tên anh/chị. Nếu muốn giấu tên, anh/chị nên bỏ tệp ra, hoặc chụp ảnh màn hình gửi thay.
files-leave-out-button = Bỏ tệp ra
files-send-anyway-button = Vẫn gửi kèm
files-left-out = Tôi đã bỏ tệp { $names } ra.
