"""How is a name cell taken apart that mixes scripts, aliases and notes, as East Asian publishers write it?"""

import re
from dataclasses import dataclass, field

_CJK = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_HAS_CJK = re.compile(f"[{_CJK}]")
_BRACKETED = re.compile(r"([^()（）]+?)\s*[(（]([^()（）]+)[)）]")
_SIDE_BY_SIDE = re.compile(rf"([^{_CJK}]{{3,}}?)[\s,]+([{_CJK}]\S*)|([{_CJK}]\S*)\s+([^{_CJK}]{{3,}})")
_TAG = re.compile(r"<[^<>]*>")
# `簡體中文：` and such say in which script the rest is; they are no part of the name.
_SCRIPT_MARK = re.compile(
    r"(?:[繁正簡简][體体]中文|中文|英文|俄文|(?:Traditional |Simplified )?Chinese|English|Russian|Arabic|Persian|Farsi)"
    r"(?:名稱|名称| name)?\s*[:：]\s*",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"[(（]\s*永久參考號\s*[:：]\s*([^()（）]*)[)）]")
_NOTE = re.compile(r"[(（]?\s*(?:note|註|注|備註|备注)\s*[:：]\s*([^()（）]*)[)）]?", re.IGNORECASE)
_ALSO = re.compile(
    r"[,\s(（]{0,4}(?:\b(?:[afn]\.?k\.?a\.?|also known as|formerly known as|formerly|alias(?:es)?)(?=[\s,:：.])"
    r"|又名|別名|别名|亦稱|原名)[\s,.:：]{0,4}(?:the following (?:\w+ )?alias(?:es)?\s*[:：]?)?\s*",
    re.IGNORECASE,
)
# `(a) First; (b) Second`, but never the capital of `A. Beispiel`, which is the initial of a name.
_COUNTED = re.compile(
    r"^(?:and\s+)?(?:[-–•*・]\s*|\(?(?:\d{1,2}|[a-hA-H]|[ivx]{1,4}|[IVX]{1,4})\)\s+|(?:\d{1,2}|[a-h]|[ivx]{1,4}|[IVX]{2,4})\.\s+)"
)
# A Latin abbreviation of so few letters is shared by many firms.
_SHORT = 5
# What is longer is no name, and is not searched for one.
_LONGEST_NAME = 500


@dataclass
class MixedNames:
    """What was in the cells: names, names that say little, references to UN lists, notes."""

    names: list[str] = field(default_factory=list)
    weak_names: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def take_apart(*cells: str) -> MixedNames:
    """The names in cells such as `A Co., Ltd.; 簡體中文：甲公司（永久參考號：KPe.001） a.k.a. B`, in their order.

    The very first name is never weak.
    """
    found = MixedNames()
    for cell in cells:
        lines = _TAG.sub(" ", cell).replace("；", ";").splitlines()
        text = ";".join(" ".join(line.split()) for line in lines)
        found.references += [number.strip() for number in _REFERENCE.findall(text) if len(number.strip()) > 3]
        text = _REFERENCE.sub("", text)
        found.notes += [note.strip() for note in _NOTE.findall(text) if note.strip()]
        text = _ALSO.sub(";", _NOTE.sub(";", text))
        for part in re.split(r";|・(?=\s)|(?<=\s)・", text):
            _add(part, found)
    return found


def _add(part: str, found: MixedNames) -> None:
    part = part.strip()
    name = _COUNTED.sub("", part).strip(" ,\u3000")
    if not any(sign.isalnum() for sign in name):
        name = part  # nothing was counted: `A) :` is all there is
    name = _SCRIPT_MARK.sub("", name).strip()
    if name.endswith((")", "）")) and not re.search(r"[(（]", name):
        name = name[:-1].strip()  # its opening one went with the words `(also known as`
    for spelling in by_script(name):
        is_short = len(spelling) <= _SHORT and spelling.isascii() and " " not in spelling
        if spelling and spelling not in (*found.names, *found.weak_names):
            (found.weak_names if is_short and found.names else found.names).append(spelling)


def by_script(name: str) -> list[str]:
    """`A Trading Co. (甲貿易)` as its two spellings.

    A name in one script stays as it is, and so does one that mixes them in a word: 北京ABC科技有限公司.
    """
    name = _SCRIPT_MARK.sub("", name)
    if len(name) > _LONGEST_NAME:
        return [name]
    found = _BRACKETED.fullmatch(name)
    if found and bool(_HAS_CJK.search(found[1])) != bool(_HAS_CJK.search(found[2])):
        return [found[1].strip(" ,"), found[2].strip(" ,")]
    found = _SIDE_BY_SIDE.fullmatch(name)
    return [part.strip(" ,") for part in found.groups() if part] if found else [name]
