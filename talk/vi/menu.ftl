# A menu on a channel without buttons, or with too few of them.
menu-answer-by-number = Trả lời bằng số của mục anh/chị chọn.
menu-answer-by-words = { $count ->
        [one] Khi cần, nhắn đúng dòng chữ trên để chọn.
       *[more] Khi cần, nhắn đúng một trong các dòng trên để chọn.
    }
