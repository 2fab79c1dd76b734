# Long lists, page by page.
pages-part = {" "}({ $first }–{ $last })
pages-more-button = Xem tiếp ▶️
pages-back-button = ◀️ Xem trước đó
