"""Which Mandarin syllables could a word in Latin letters be: in Pinyin, Wade-Giles, Tongyong or a passport's spelling?

Wade-Giles without its apostrophes writes two syllables of Pinyin alike (chang is zhang or chang), and names in use have
none. So each syllable is known by its coarse spelling: Wade-Giles without marks. Every way of spelling a syllable leads
to that one word; what differs only by aspiration is the same.
"""

import re
from functools import cache, lru_cache

# The syllables of Mandarin: an initial, a colon, and the finals it goes with, in Pinyin.
_PINYIN = """
:a ai an ang ao e ei en eng er o ou yi ya yan yang yao ye yin ying yo yong you yu yuan yue yun wu
:wa wai wan wang wei wen weng wo
b:a ai an ang ao ei en eng i ian iao ie in ing o u
p:a ai an ang ao ei en eng i ian iao ie in ing o ou u
m:a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
f:a an ang ei en eng o ou u
d:a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo
t:a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo
n:a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve
l:a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve
g:a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
k:a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
h:a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j:i ia ian iang iao ie in ing iong iu u uan ue un
q:i ia ian iang iao ie in ing iong iu u uan ue un
x:i ia ian iang iao ie in ing iong iu u uan ue un
zh:a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo
ch:a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
sh:a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
r:an ang ao e en eng i ong ou u uan ui un uo
z:a ai an ang ao e ei en eng i ong ou u uan ui un uo
c:a ai an ang ao e en eng i ong ou u uan ui un uo
s:a ai an ang ao e en eng i ong ou u uan ui un uo
"""
_WADE_INITIAL = {
    "b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k", "j": "ch", "q": "ch", "x": "hs", "zh": "ch",
    "ch": "ch", "sh": "sh", "r": "j", "z": "ts", "c": "ts",
}  # fmt: skip
_WADE_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "ssu", "yi": "i",
    "yan": "yen", "ye": "yeh", "you": "yu", "yong": "yung", "e": "o", "er": "erh", "ge": "ko", "ke": "ko", "he": "ho",
    "gui": "kuei", "kui": "kuei",
}  # fmt: skip
_WADE_FINAL = {"ian": "ien", "ie": "ieh", "ue": "ueh", "ve": "ueh", "ong": "ung", "iong": "iung", "v": "u", "uo": "o"}

# Tongyong, passports and old habits: the spelling and the syllable of Pinyin that it means.
_OTHER_SPELLINGS = """
jhih zhi|jhong zhong|jhang zhang|jhao zhao|jhe zhe|jhen zhen|jheng zheng|jhou zhou|jhu zhu|jhuang zhuang|jhuo zhuo
jhan zhan|jhuan zhuan|chih zhi|shih shi|rih ri|zih zi|cih ci|sih si|sin xin|sing xing|siang xiang|siao xiao|sie xie
siou xiu|siu xiu|syu xu|syuan xuan|syue xue|syun xun|siong xiong|sian xian|sia xia|cing qing|ciang qiang|ciao qiao
cian qian|cyu qu|cyuan quan|cin qin|ciou qiu|cie qie|ciong qiong|jyu ju|jyun jun|jyuan juan|jyue jue|jiou jiu|liou liu
niou niu|wun wen|fong feng|wong weng|mong meng|pong peng|hwa hua|hwang huang|hwei hui|kwang guang|kwan guan|kwo guo
szu si|sze si|ssu si|tze zi|tzu zi|tse zi|tzy zi|lee li|leigh li|soong song|sung song|yuh yu|yue yue|yueh yue
chow zhou|chou zhou|woo wu|loo lu|koo gu|hoo hu|moo mu|foo fu|shieh xie|shiu xu|shyu xu|hsiu xiu|hsieh xie|hsueh xue
kung gong|jung rong|yung yong|yen yan|yeh ye|ien yan|jen ren|jo ruo|ju ru|lien lian|lui lei|liao liao|tyan tian
tien tian|chien qian|bih bi|bor bo|jia jia|jea jie|jeng zheng|jang zhang|jau zhao|jiun jun|jiuan juan|jye jie|jer zhe
jeou jiu|shiao xiao|shyan xian|shyang xiang|shiang xiang|shing xing|shin xin|shiou xiu|shuenn xun|chyi qi|chyong qiong
chyuan quan|chau chao|chern chen|cherng cheng|perng peng|ferng feng|herng heng|meng meng|wey wei|uei wei|ching qing
chi qi|her he|ker ke|der de|jui rui|juei rui|huei hui|shuei shui|suei sui|tsuei cui|tuei tui|duei dui|jhuei zhui
guei gui|kuei gui|chuei chui|lyu lv|nyu nv|lv lv|lu lu|leu lv|lueh lve|lue lve|nueh nve|nue nve|lyue lve|nyue nve
hsi xi|hsia xia|hsiao xiao|hsien xian|hsin xin|hsing xing|hsiang xiang|hsiung xiong|hsu xu|hsuan xuan|hsun xun
hsueh xue|tsai cai|tsay cai|tsao cao|tsou zou|tsu zu|tsui cui|tsun cun|tso zuo|tsung zong|tseng zeng|tsan can
tsang zang|tsen cen|tien tian|o e|erh er|ing ying
miou miu|diou diu|cia qia|cyue que|cyun qun|jha zha|jhai zhai|jhei zhei|jhua zhua|jhuai zhuai|jhun zhun|ruei rui
zuei zui|cuei cui
"""

_PINYIN_ONLY = re.compile(r"q|x|zh|z|b|d|g|r|c[^h]")

# Families whose character has another reading as a name.
SURNAME_READINGS = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "朴": "piao", "区": "ou", "查": "zha", "翟": "zhai",
    "盖": "ge", "覃": "qin", "尉": "yu", "乐": "yue", "任": "ren", "缪": "miao", "冼": "xian", "洗": "xian",
    "万": "wan", "秘": "bi", "繁": "po", "折": "she", "召": "shao", "那": "na", "员": "yun", "种": "chong",
}  # fmt: skip


def coarse_of_pinyin(syllable: str) -> str:
    """The one word that stands for a syllable of Pinyin, however it is spelled elsewhere."""
    return _coarse_of_pinyin().get(syllable.replace("ü", "v"), syllable)


def is_pinyin_only(word: str) -> bool:
    """Whether a word that can be read as Mandarin has a letter that Wade-Giles does not begin syllables with."""
    return _PINYIN_ONLY.match(word) is not None


def can_be_mandarin(words: list[str]) -> set[str]:
    """Those of the folded words that can be cut into syllables throughout; a whole column at a time."""
    return set(_line_pattern().findall("\n".join(words)))


def syllables_of_word(word: str, *, is_pinyin: bool) -> tuple[str, ...]:
    """The coarse syllables of a word in Latin letters, empty where it cannot be read as Mandarin throughout."""
    return tuple(coarse for coarse, _ in cut_mandarin(word, is_pinyin=is_pinyin))


@lru_cache(maxsize=50_000)
def cut_mandarin(word: str, *, is_pinyin: bool) -> tuple[tuple[str, str], ...]:
    """The coarse syllables of a word, each with the letters that it was read from; empty where it is no Mandarin.

    Where it can be cut in several ways the fewest and, of these, the first longest syllables are taken.

    Args:
        word: folded.
        is_pinyin: how to read what Pinyin and Wade-Giles spell alike and mean otherwise: `chi`, `ju`.
    """
    if len(word) > 24 or not _pattern().fullmatch(word):
        return ()
    spellings = _coarse_of_spelling(is_pinyin=is_pinyin)
    best: list[tuple[tuple[str, str], ...] | None] = [None] * (len(word) + 1)
    best[len(word)] = ()
    for start in range(len(word) - 1, -1, -1):
        for end in range(min(len(word), start + 6), start, -1):
            rest = best[end]
            syllable = spellings.get(word[start:end])
            if syllable is None or rest is None:
                continue
            found = best[start]
            if found is None or len(rest) + 1 < len(found):
                best[start] = ((syllable, word[start:end]), *rest)
    return best[0] or ()


@cache
def _coarse_of_pinyin() -> dict[str, str]:
    table = {}
    for line in filter(None, _PINYIN.splitlines()):
        initial, _, finals = line.partition(":")
        for final in finals.split():
            table[initial + final] = _wade(initial, final)
    return table


def _wade(initial: str, final: str) -> str:
    whole = _WADE_WHOLE.get(initial + final)
    if whole is not None:
        return whole
    if not initial:
        return "yueh" if final == "yue" else final
    if initial in ("g", "k", "h", "sh") and final == "uo":
        return _WADE_INITIAL.get(initial, initial) + "uo"
    return _WADE_INITIAL.get(initial, initial) + _WADE_FINAL.get(final, final)


@cache
def _coarse_of_spelling(*, is_pinyin: bool) -> dict[str, str]:
    """Every spelling of a syllable: Pinyin and Wade-Giles, one before the other, then the rest where still free."""
    pinyin = _coarse_of_pinyin()
    wade = {coarse: coarse for coarse in pinyin.values()}
    table = {**wade, **pinyin} if is_pinyin else {**pinyin, **wade}
    for pair in _OTHER_SPELLINGS.replace("\n", "|").split("|"):
        if pair:
            spelling, syllable = pair.split()
            table.setdefault(spelling, pinyin[syllable])
    return table


@cache
def _pattern() -> re.Pattern[str]:
    spellings = sorted(_coarse_of_spelling(is_pinyin=True), key=lambda spelling: (-len(spelling), spelling))
    return re.compile(f"(?:{'|'.join(spellings)})+")


@cache
def _line_pattern() -> re.Pattern[str]:
    return re.compile(f"^{_pattern().pattern}$", re.MULTILINE)
