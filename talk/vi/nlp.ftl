# Words of `congvu nlp`, for whoever looks after the classifier.
nlp-help = Máy phân loại phản ánh: đo, dạy thêm, chọn phiên bản.
nlp-help-evaluate = Đo máy phân loại trên lời của những người viết mà máy chưa từng đọc.
nlp-help-review = Duyệt từng phản ánh đã được sửa loại (đã bỏ tên và số) để máy học theo.
nlp-help-train = Dạy lại máy bằng các phản ánh đã duyệt; kém hơn thì không dùng.
nlp-help-versions = Các phiên bản đang có, kết quả đo và phiên bản đang dùng.
nlp-help-use = Chuyển sang một phiên bản khác.
nlp-help-drift = Từng tuần: bao nhiêu phản ánh máy chưa chắc, bao nhiêu được người sửa lại.

nlp-heading-about = Về
nlp-heading-kappa = Kappa
nlp-heading-marked = Số văn bản
nlp-heading-taught = Được dạy bằng
nlp-heading-macro-f1 = Macro-F1
nlp-heading-accuracy = Đúng
nlp-heading-sure-share = Chắc chắn
nlp-heading-sure-accuracy = Đúng khi chắc
nlp-heading-version = Phiên bản
nlp-heading-at = Dạy lúc
nlp-heading-corrections = Bài học thêm
nlp-heading-week = Tuần
nlp-heading-judged = Đã phân loại
nlp-heading-unsure = Máy chưa chắc
nlp-heading-corrected = Được sửa lại
nlp-heading-versions = Phiên bản

nlp-installed-unusable = Không dùng được phiên bản đã dạy thêm, nên máy gốc đang phân loại. Anh/chị chạy: congvu nlp train ({ $reason })
nlp-corrections-spoilt = Tệp các phản ánh đã duyệt bị hỏng: { $reason }

nlp-evaluate-test = Đo trên nhóm người viết để dành cho lần cuối. Chỉ nên dùng một lần, trước khi công bố.
nlp-evaluate-picture = Vẽ bảng nhầm lẫn ra tệp ảnh PNG.
nlp-evaluating = Đang dạy và đo (%)
nlp-evaluate-drawn = Đã vẽ: { $path }
nlp-agreement = { $texts } văn bản được đọc hai lần theo cùng một hướng dẫn, mức đồng thuận (Cohen’s kappa); hai lần đọc không hoàn toàn độc lập với nhau:

nlp-training = Đang dạy và đo (%)
nlp-train-before = Văn bản có sẵn
nlp-train-after = Thêm { $count } bài học
nlp-train-worse = Học thêm các phản ánh đã duyệt làm máy kém hơn, nên phiên bản mới không được dùng. Phiên bản đang dùng giữ nguyên.
nlp-train-installed = Đã cài phiên bản { $version }. Hệ thống dùng phiên bản này từ lần khởi động sau.

nlp-version-built-in = bản gốc
nlp-version-judges = đang dùng
nlp-version-other-recipe = của chương trình cũ, cần dạy lại
nlp-version-older-corpus = văn bản có sẵn nay đã khác, nên dạy lại
nlp-use-version = Phiên bản, như trong: congvu nlp versions
nlp-use-unknown = Không có phiên bản { $version }. Anh/chị xem các phiên bản bằng: congvu nlp versions
nlp-use-unusable = Phiên bản { $version } không dùng được ({ $reason }). Phiên bản đang dùng giữ nguyên.
nlp-use-done = Đã chọn phiên bản { $version }. Hệ thống dùng phiên bản này từ lần khởi động sau.

nlp-drift-weeks = Số tuần gần đây.

nlp-learning-off = Cơ quan chưa cho phép máy học từ phản ánh của người dân, nên không có gì để duyệt hay để dạy. Muốn cho phép, đặt LEARN_FROM_CORRECTIONS=true rồi khởi động lại hệ thống; khi đó thông báo quyền riêng tư sẽ nói rõ với người dân.
nlp-learning-not-told = Người dân chưa được báo rằng phản ánh được sửa loại có thể dùng để dạy máy. Khởi động lại hệ thống với LEARN_FROM_CORRECTIONS=true; chỉ phản ánh gửi từ lúc đó mới được đem duyệt.
nlp-review-no-terminal = Việc duyệt cần có người ngồi trước màn hình trả lời từng câu.
nlp-review-nothing = Không có phản ánh nào đang chờ duyệt.
nlp-lessons-forgotten = Đã bỏ { $count } bài học vì người dân đã rút phản ánh, hoặc phản ánh không còn được phép dùng để dạy máy.
nlp-lessons-still-judge = Phiên bản đang dùng có thể đã học những bài vừa bỏ. Anh/chị chạy: congvu nlp train. Nếu bản mới kém hơn nên không được dùng, anh/chị chọn bản gốc bằng: congvu nlp use
nlp-review-number = Phản ánh { $number }/{ $count }
nlp-review-gone = Phản ánh này đã được rút hoặc không còn gì để học.
nlp-review-names-somebody = Phản ánh này còn có tên người hoặc con số nên không đem cho máy học.
nlp-review-then = Khi tiếp nhận, máy xếp vào: { $name } ({ $percent }%{ $sure ->
        [yes] {""}
       *[no] , chưa chắc
    }).
nlp-review-today = Máy hiện nay xếp vào: { $name } ({ $percent }%).
nlp-review-because = Vì có: { $because }.
nlp-review-corrected = Người đã sửa thành: { $name }.
nlp-review-ask = Cho máy học theo? (c: có, k: không, s: dừng)
nlp-review-done = Đã duyệt: { $learned } cho học, { $left } không. Còn chờ { $waiting }.
nlp-review-next = Để dạy máy, chạy: congvu nlp train
