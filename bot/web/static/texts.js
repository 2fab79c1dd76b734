/** Every word the browser messenger itself shows. What the assistant says comes from the server. */

export const APP = "Công Vụ";

/** How a command reads in the conversation when somebody taps it instead of typing it. */
export const COMMANDS = {
  "/bantin": "Bản tin tuần này",
  "/diemdanh": "Điểm danh",
  "/huy": "Huỷ",
  "/tracuu": "Tra cứu",
  "/trogiup": "Trợ giúp",
  "/tukiemtra": "Tự kiểm tra",
};

/** A header's button where there is no room for the whole command. */
export const COMMANDS_IN_SHORT = { "/bantin": "Bản tin" };

export const PAGE = {
  sampleTitle: "Công Vụ — bản dùng thử với dữ liệu mẫu",
  sampleNote: "Ba cuộc trò chuyện với cùng một trợ lý. Tên người, đơn vị và số liệu ở đây đều là mẫu, không phải thật. Ngoài giờ làm việc, cán bộ mẫu vẫn có ca để điểm danh thử.",
  chatTitle: "Trò chuyện — Công Vụ",
  switcher: "Chọn cuộc trò chuyện",
  skipTo: (title) => `Tới ô soạn tin: ${title}`,
  unread: (count) => `${count} tin chưa đọc`,
};

export const ROLES = {
  citizen: { title: "Công dân", subtitle: "Phản ánh, khen ngợi, tra cứu" },
  official: { title: "Cán bộ", subtitle: "Điểm danh, tự kiểm tra" },
  head: { title: "Trưởng đơn vị", subtitle: "Phản ánh, bản tin tuần" },
  chat: { title: "Trợ lý Công Vụ", subtitle: "Phản ánh, khen ngợi, tra cứu" },
};

export const CHAT = {
  region: (title) => `Cuộc trò chuyện: ${title}`,
  log: "Tin nhắn",
  opening: "Đang mở cuộc trò chuyện…",
  cannotOpen: "Chưa mở được cuộc trò chuyện. Anh/chị kiểm tra mạng rồi thử lại.",
  tryAgain: "Thử lại",
  reconnecting: "Đang kết nối lại…",
  reconnected: "Đã kết nối lại",
  started: "Bắt đầu cuộc trò chuyện",
  newMessages: (count) => (count > 1 ? `${count} tin mới` : "Tin mới"),
  toBottom: "Xuống cuối",
  typing: "Trợ lý đang trả lời…",
  botSays: "Trợ lý:",
  youSay: "Anh/chị:",
  choices: "Câu trả lời gợi ý",
  chosen: "đã chọn",
  opensOutside: "mở trang khác",
  readAll: "Xem hết",
};

export const STATE = {
  sending: "Đang gửi",
  sendingPart: (percent) => `Đang gửi… ${percent}%`,
  received: "Đã nhận",
  failed: "Chưa gửi được",
  retry: "Thử lại",
  drop: "Bỏ tin này",
  cancel: "Dừng gửi",
  offline: "Mất kết nối, tin chưa tới nơi.",
  late: "Máy chủ chưa trả lời, tin có thể chưa tới nơi.",
  refused: "Máy chủ chưa nhận được tin này.",
  stopped: "Đã dừng gửi.",
  notSentYet: "Tin này chưa gửi xong ở lần trước.",
};

export const COMPOSER = {
  region: "Soạn tin",
  field: "Nội dung tin nhắn",
  placeholder: "Nhắn cho trợ lý…",
  send: "Gửi",
  attach: "Đính kèm ảnh hoặc tệp",
  tray: "Tệp sắp gửi",
  remove: (name) => `Bỏ tệp ${name}`,
  drop: "Thả tệp vào đây để gửi",
  tooBig: (name, size) => `Tệp “${name}” nặng ${size}, lớn hơn mức 20 MB cho phép. Anh/chị chọn tệp nhỏ hơn giúp tôi.`,
  tooMany: "Mỗi tin gửi được nhiều nhất 10 tệp. Những tệp còn lại anh/chị gửi ở tin sau.",
  empty: (name) => `Tệp “${name}” không có nội dung nên tôi chưa thêm vào.`,
  folder: "Tôi chưa nhận được cả thư mục. Anh/chị chọn từng tệp giúp tôi.",
  tooLong: "Tin nhắn quá dài để gửi một lần. Anh/chị chia thành vài tin, hoặc gửi dạng tệp.",
  pastedName: (stamp, extension) => `anh-${stamp}.${extension}`,
};

export const VOICE = {
  record: "Ghi âm",
  recording: "Đang ghi âm",
  sendRecording: "Gửi đoạn ghi âm",
  discard: "Bỏ đoạn ghi âm",
  noPermission: "Trình duyệt chưa cho phép dùng micrô. Anh/chị mở quyền micrô cho trang này rồi thử lại.",
  noDevice: "Tôi không tìm thấy micrô trên máy này.",
  fileName: (stamp, extension) => `ghi-am-${stamp}.${extension}`,
  play: "Nghe đoạn ghi âm",
  pause: "Tạm dừng",
  position: "Vị trí trong đoạn ghi âm",
  cannotPlay: "Máy này chưa nghe được đoạn ghi âm. Anh/chị tải tệp về để nghe.",
};

export const FILES = {
  picture: "Ảnh",
  enlarge: (name) => `Xem lớn: ${name}`,
  download: (name, size) => `Tải tệp ${name}, ${size}`,
  broken: "Không tải được ảnh",
  close: "Đóng ảnh",
  previous: "Ảnh trước",
  next: "Ảnh sau",
  original: "Mở ảnh gốc",
  viewer: "Xem ảnh",
  position: (index, total) => `Ảnh ${index} trên ${total}`,
};

export const MENU = {
  open: "Mở danh mục",
  leave: "Xoá khỏi máy này",
  leaveQuestion: "Xoá cuộc trò chuyện khỏi máy này?",
  leaveNote: "Người dùng máy sau anh/chị sẽ không đọc được. Phản ánh đã gửi vẫn được xử lý, anh/chị tra cứu bằng mã biên nhận.",
  leaveYes: "Xoá",
  leaveNo: "Giữ lại",
};

export const DAYS = { today: "Hôm nay", yesterday: "Hôm qua" };
