"""The shapes of the numbers that identify a citizen, as patterns over a text without accents (`nlp.folding`)."""

from nlp.redaction_words import compiled

_GAP = r"[ .\-–()]{0,2}"
_WIDE_GAP = r"[ ._*·\-–()\ufe0f\u20e3]{0,3}"
"""As telephone numbers are broken up, with the marks of keycaps."""

_MARK = r" ?[.,/…_*]{1,3} ?"
_DATE = r"(?<![\d/])\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d(?!\d)"
_COUNTRY = r"(?:\(?\+ ?\(?84\)?|0084|84)"

HARMLESS = compiled(
    rf"{_DATE}"
    r"|(?<![\d/])\d{1,5}(?:/(?:19|20)\d\d)?/[a-z]{2,}(?:[-–][a-z]+\d*)*"  # a decree
    r"|(?<![\d.])[1-9]\d{0,2}(?:[.,]\d{3})+ ?@money(?![a-z])"
    r"|(?<![\d.])[1-9]\d{0,11} ?@money(?![a-z])"
    r"|(?<![\d.,/])[1-9]\d{0,2}(?:[.,]\d{3})*[.,]000(?![\d.])"
    r"|(?<!\d)(?<!\d[ .-])(?:1900|1800)(?:[ .]?\d{4}|[ .]?\d{6}|(?:[ .]?\d{2,3}){2})(?![ .]?\d)"  # a hotline
    r"|(?<!\d)(?:19|20)\d\d(?: ?[-–,] ?(?:19|20)\d\d| (?:19|20)\d\d(?=[ ,.]|$))+(?!\d)"  # years
)
EMAIL = compiled(
    r"[\w.+-]{1,64}@[\w-]{1,40}(?:\.[\w-]{1,40}){0,3}\.[a-z]{2,12}\b"
    r"|[\w.+-]{1,64} ?@ ?[\w-]{1,40} ?\. ?[a-z]{2,6}\b(?:\.[a-z]{2,6}\b| ?\. ?(?:com|vn|net|org|edu|gov)\b){0,3}"
    r"|(?<![\w.])[\w.+-]{2,64}(?: (?:cham|dot) [\w+-]{1,30})? ?(?:\(at\)|\[at\]|\(a\)|\[a\]|\(a cong\)|@|(?<= )(?:a cong|a moc|a vong|at)(?= ))"
    r" ?[\w-]{1,40} ?(?:\.|cham|dot) ?(?:com|vn|net|org)(?: ?(?:\.|cham|dot) ?vn)?(?!\w)"
)
HANDLE = compiled(
    r"(?:https?://)?(?:www\.|m\.)?(?:facebook\.com|fb\.com|fb\.me|m\.me|zalo\.me|tiktok\.com|instagram\.com|t\.me|youtube\.com)"
    r"/(?!\S*(?:ubnd|congan|gov|dichvucong|hanhchinh))[\w.@?=&/%+-]{2,80}"
    r"|(?<!\w)@network[: ]{0,2}(?:live:)?(?!\w{2,9}\.(?:com|me)(?!\w))(?P<found>@?[a-z]\w{0,20}[._\d][\w.]{1,30})"
    r"|(?<!\w)@network(?: cua)? @owner(?: la)?[: ]{1,2}(?!\w{2,9}\.(?:com|me)(?!\w))"
    r"(?P<owned>@?(?=[\w.]{0,40}[\d_]|\w{1,20}\.\w)[a-z]\w{1,30}(?:\.\w{1,24}){0,4})"
    r"|(?<![\w.@])@(?=[a-z])(?:\w{0,20}[._\d][\w.]{1,30})"
    r"|(?<!\w)(?:tai khoan|ten dang nhap|user(?:name)?|nick)(?: @owner)?(?: la)?[: ]{1,2}"
    r"(?P<login>[a-z]{2}\w{0,24}[._]\w{0,20}\d[\w.]{0,20})"
)
_NO_RULE = r"(?!TCVN|QCVN|ISO|ND|QD|TT|NQ|CT|KH|TB|UBND|QH|CP|VBHN)"
CODE = compiled(
    r"(?<![\w.])(?i:(?:[a-z0-9]{1,4}\.){0,5}[a-z0-9]{1,6}[-–]\d{6}[-–]\d{3,6}(?!\d)|(?<!\w)[a-z]{2} ?\d{9} ?vn(?!\w))"
    r"|(?<![\w.])(?i:(?:\d{1,3}\.){0,4}[a-z]\d{1,3}(?:[.-]\d{1,3}){0,3}[.-]\d{6}[.-]\d{3,6}(?!\d))"
    rf"|(?<![\w./-]){_NO_RULE}[A-Z]{{2,5}}-(?:\d{{4}}[-/])?\d{{4,8}}(?:/\d{{2,4}})?(?![\w-])"
    rf"|(?<![\w./-]){_NO_RULE}[A-Z]{{1,5}}-?\d{{2,4}}[-/]\d{{3,6}}(?![\w/-])"
    rf"|(?<![\w./-])\d{{3,6}}-{_NO_RULE}[A-Z]{{2,4}}-\d{{3,6}}(?![\w/-])",
    case_matters=True,
)
RECEIPT = compiled(r"(?<!\w)(?:(?:so|ma)(?: so)?|@slip|giay [a-z]{2,5} [a-z]{2,5}) ?:? ?(?P<found>\d{1,5}(?:/\d{2,4})?/@receipt)(?![\w-])")
CODE_TOLD = compiled(
    r"(?<!\w)(?:(?:ma|so)(?: so)? @file|@slip(?: [a-z]+){0,3}? (?:so|ma)|ma hs|mhs|ma(?= ?:))(?: la| so| cua (?:toi|em|tui)(?: la)?)? ?[:=#]? ?"
    r"(?P<found>[a-z]{0,5}\.?[-./]?\d[\w./-]{2,29})"
)
CODE_ALONE = compiled(
    rf"(?<!\w)@slip (?:cua @owner )?(?:la |nay )?(?P<found>[a-z]{{1,4}}[-.]?\d{{2,8}}(?:[-/.]\d{{1,6}}){{0,3}}"
    rf"|(?!{_DATE}|\d{{1,2}}[./-]\d{{1,2}}(?![./\d-]))\d{{2,6}}(?:[./-]\d{{2,8}}){{1,4}}(?:/[a-z]{{2,6}})?)(?!\w)"
    rf"|(?<!\w)(?:ma|so)(?: so)? ?:? ?(?P<filed>\d{{2}}-\d{{2}}-\d{{3,6}}(?:/[a-z]{{2,6}})?)(?!\w)"
)
OWN_CODE = compiled(
    r"(?<!\w)(?:ma(?: so)?|so) @own_code(?: nuoc| dien)?(?: la| cua [a-z]{2,4})?[: ]{1,2}(?P<found>[a-z]{0,4}-?\d{6,13})(?!\w)"
)
PLATE = compiled(
    r"(?<![\w.-])(?:1[1-9]|[2-9]\d)[ .-]{0,2}(?:[A-Z]{1,2}\d?|[A-Za-z]\d)[ .-]{1,3}(?:\d{3}\.?\d{2}|\d{4})(?![\d\w])"
    r"|(?<![\w.-])(?:1[1-9]|[2-9]\d)[A-Za-z](?:\d{5,6}|\d[ -]?\d{3}\.\d\d)(?![\d\w])"
    r"|(?<![\w.-])\d\d[ -]?(?:NG|NN|QT|CV)[ -]?\d{3}[ .-]?\d\d(?!\w)"
    r"|(?<![\w.-])[A-Z]{2,3}[ -]?\d{4,5}[ -]?TS(?!\w)",  # a fishing boat
    case_matters=True,
)
PLATE_TOLD = compiled(
    r"(?<!\w)@plate ?(?:la |so )?:? ?(?P<found>(?=[a-z]{0,2}[ \-]?\d)[0-9a-z]{1,4}(?:[.\- ]{0,2}[0-9a-z]){2,10})(?!\w)"
    r"|(?<!\w)@vehicle(?: (?:toi|em|tui|minh|no|ho|cua [a-z]{2,4}))?(?: la)? "
    r"(?P<driven>(?:1[1-9]|[2-9]\d)[ -]?[a-z]\d?[ .-]{0,3}(?:\d{3}[. ]?\d\d|\d{4}))(?!\w)"
)
PAPER_TOLD = compiled(
    rf"(?<!\w)@paper[a-z ]{{0,24}}?[:# ]{{0,3}}"
    rf"(?P<found>(?:(?-i:[A-Z]{{1,3}}) |[a-z]{{1,3}})?\d(?:{_GAP}\d){{5,14}}|(?-i:[A-Z]{{2}}) ?\d{{5}}|(?-i:[A-Z]{{1,3}})[/-]\d{{4,8}})(?!\d)"
    r"|(?<!\w)@register(?: so)? ?:? ?(?P<registered>\d{1,5}/(?:19|20)\d\d)(?!\w)"
)
BRANCH = compiled(r"(?<![\w.,/-])\d{10}-\d{3}(?![\w-])")
"""A taxpayer's number with that of the branch."""

PAPER = compiled(r"(?<![\w.])(?:[BCPN]\d{7}|[A-Z]{2} ?\d(?: ?\d){12}|[A-Z]{2} ?(?:\d{6}|\d{8}))(?!\w)", case_matters=True)
MOBILE = compiled(
    rf"(?<!\d)(?<!\d[ .-])(?!{_DATE})(?:[0oO]|{_COUNTRY}{_WIDE_GAP}0?){_WIDE_GAP}[35789](?:{_WIDE_GAP}\d){{8}}(?![ .-]?\d)[\ufe0f\u20e3]{{0,2}}"
    r"|(?<!\d)0[35789]\d{8}(?!\d)"
    rf"|(?<![\w+])\+(?!84)[1-9]\d{{0,2}}(?:{_WIDE_GAP}\d){{7,12}}(?!\d)"
    rf"|(?<!\d)(?<!\d[ .-])0[35789]\d{{1,2}}{_MARK}\d{{3}}{_MARK}\d{{3,4}}(?![.-]?\d)"
    rf"|(?<!\d)(?<!\d[ .-])0[35789]\d\d{_MARK}(?:\d{{6}}|\d\d{_MARK}\d\d{_MARK}\d\d)(?!\d)"
)
"""Ten digits that can hardly be anything but a telephone number, whatever stands before them."""

PHONE = compiled(rf"(?<![\w.])(?<!\d[,/])(?:{_COUNTRY}|\(?[0oO])(?:{_WIDE_GAP}\d){{8,11}}(?!\d)")
BIRTH = compiled(
    r"(?<!\w)@born(?: cua (?:@owner|be|con|no))?(?: la)? ?:? ?\(?(?:ngay )?"
    r"(?P<found>(?:0?[1-9]|[12]\d|3[01]) ?[/.-] ?(?:0?[1-9]|1[0-2]) ?[/.-] ?(?:(?:19|20)\d\d|\d\d))(?!\d)"
    r"|(?<!\w)@born ?:? ?(?:ngay )?(?P<told>\d{1,2} thang \d{1,2} nam (?:19|20)\d\d)(?!\d)"
)
"""A day of birth with its year; a year alone, or a day of this year, leads to nobody."""

BIRTH_TOO = compiled(rf"(?<=\x01) (?:thanh|sang|qua|ra|chu khong phai|ma ghi|ghi thanh|sua thanh) (?:ngay )?(?P<found>{_DATE})")
"""The same misprinted: "ngày sinh … thành 16/5/2015"."""

ACCOUNT_TOLD = compiled(
    r"(?<!\d)(?P<card>9704(?:[ .-]?\d){12,15})(?!\d)|"
    rf"(?<!\w)(?:@account|@banks)[a-z :,.]{{0,24}}?(?P<found>\d(?:{_GAP}\d){{5,18}})(?!\d)"
    rf"|(?<!\w)(?P<before>\d(?:{_GAP}\d){{5,18}})(?!\d)(?= ?[,(]? ?@banks(?!\w))"
)
NUMBER = compiled(rf"(?<![\w,/])\(?\d(?:{_GAP}\d){{5,21}}(?!\d)")
CALLED = compiled(r"(?<!\w)@called[a-z ]{0,12}[:. ]{0,3}$")
SPOKEN = compiled(r"(?<!\w)(?:(?:@digit|@tens|\d{1,4})(?!\w)[ ,.\-]{0,3}){5,20}")
NETWORK = compiled(r"(?<!\w)@network(?!\w)")
