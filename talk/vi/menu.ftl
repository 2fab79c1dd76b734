# A menu on a channel without buttons, or with too few of them.
menu-answer-by-number = Trả lời bằng số của mục anh/chị chọn.
