"""Makes src/landwaiter/text/learned_words.csv and legal_phrases.csv: what words say, and which phrases are legal forms.

    python bench/learn_words.py LISTS_CSV TRAINABLE_IDS ISO_20275_CSV

LISTS_CSV is the file of all listings, TRAINABLE_IDS names the records that may be learned from, and of these only those
of official lists are used: US (csl), UN, Japan (jp), China (cn). ISO_20275_CSV is the code list of legal forms. What
was learned, and what was refused: docs/decisions/names-across-scripts.md.
"""

import csv
import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from landwaiter.text.fold import fold
from landwaiter.text.han import cut_chinese
from landwaiter.text.legal_forms import FAMILIES, legal_forms
from landwaiter.text.syllables import coarse_of_pinyin, syllables_of_word
from landwaiter.text.words import notions, places, stop_words

TEXT = Path(__file__).parents[1] / "src" / "landwaiter" / "text"
OFFICIAL = ("csl", "un", "jp", "cn")
HAN = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[a-z]{3,}")
LEAST_TOGETHER, LEAST_SHARE, ROUNDS = 3, 0.6, 8

# What in a long form says its family; the first that is found decides.
SAYS_FAMILY = (
    ("partnership", r"partner|kommandit|commandit|accomandita|comandita|comandit|vennootschap onder|nom collectif"),
    ("limited", r"limit|haftung|responsab|odgovorn|odpowiedzialn|ogranichen|ограничен|обмежен|aansprakelijk|rucenim"
                r"|felelos"
                r"|zone establishment|zone company|additional liability"),
    ("stock", r"stock|shares|aktie|akcio|akciov|akcyj|actions|azioni|acciones|acoes|акционер|акціонер|aktsioner|anonim"
              r"|anonym|naamloze|reszvenytarsasag|dionick"),
    ("state", r"state|unitar|унитарн|state owned|gosudarstv"),
)  # fmt: skip
# Long forms that every firm of a country has and the code list does not give in this spelling; company law of each.
ALSO = """
partnership: limited liability partnership
limited: additional liability company|free zone establishment|free zone company|free zone limited liability company
limited: private limited|pvt ltd|company limited|limited company|private limited company|co ltd|limited liability co
limited: ve tic ltd sti|ve ticaret limited sirketi|ve ticaret ltd sti|san ve tic ltd sti|limited sirketi
limited: sanayi ve ticaret limited sirketi|drustvo s ogranicenom odgovornoscu|drustvo sa ogranicenom odgovornoscu
limited: spolka z ograniczona odpowiedzialnoscia|sp z o o|sp zoo|s r o|s r l|spol s r o
limited: societa a responsabilita limitata|societate cu raspundere limitata|societatea cu raspundere limitata
limited: общество с ограниченнои ответственностью|общество с дополнительнои ответственностью
limited: товарищество с ограниченнои ответственностью|товариство з обмеженою відповідальністю
limited: таварыства з абмежаванаи адказнасцю|obshchestvo s ogranichennoy otvetstvennostyu
limited: obshchestvo s ogranichennoi otvetstvennostyu|obschestvo s ogranichennoy otvetstvennostyu
stock: akcionarsko drustvo|anonim sirketi|anonim sirket|ve ticaret anonim sirketi|ve ticaret as|ve tic as
stock: sanayi ve ticaret anonim sirketi|sanayi ve ticaret as|san ve tic as|joint stock company|joint stock co
stock: joint stock company limited|open joint stock company|closed joint stock company|public joint stock company
stock: private joint stock company|joint stock|spolka akcyjna|naamloze vennootschap|public limited company
stock: акционерное общество|открытое акционерное общество|закрытое акционерное общество|акціонерне товариство
stock: публичное акционерное общество|непубличное акционерное общество|адкрытае акцыянернае таварыства
stock: публічне акціонерне товариство|приватне акціонерне товариство|закрытае акцыянернае таварыства
state: state unitary enterprise|federal state unitary enterprise|federal state enterprise|state enterprise
state: федеральное государственное унитарное предприятие|государственное унитарное предприятие
state: республиканское унитарное предприятие|державне підприємство|унитарное предприятие|казенное предприятие
limited: besloten vennootschap|gesellschaft mit beschrankter haftung|societe a responsabilite limitee
stock: societe anonyme|sociedad anonima|sociedade anonima|aktiengesellschaft
"""


def main() -> None:
    """Write both tables."""
    lists, trainable, codes = (Path(argument) for argument in sys.argv[1:4])
    with gzip.open(trainable, "rt", encoding="utf-8") as file:
        allowed = set(file.read().split())
    pairs = list(aligned(lists, allowed))
    words = learned(pairs)
    head = ("# What a Chinese word says in English, and in how many aligned names of official lists it did.\n"
            "# Learned by bench/learn_words.py from lists of the US, UN, JP and CN.\nword,says,together\n")  # fmt: skip
    rows = [f"{word},{said},{count}" for word, said, count in words]
    (TEXT / "learned_words.csv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    phrases = sorted(legal_phrases(codes).items())
    head = ("# Legal forms of several words, as they stand after folding, and their family (see legal_forms.csv).\n"
            "# Facts of ISO 20275 (code list 1.4.1, GLEIF, CC0) and of company law; made by bench/learn_words.py.\n"
            "phrase,family\n")  # fmt: skip
    text = "\n".join(f"{phrase},{family}" for phrase, family in phrases)
    (TEXT / "legal_phrases.csv").write_text(f"{head}{text}\n", encoding="utf-8")
    print(f"{len(pairs):,} aligned names, {len(words):,} words, {len(phrases):,} legal phrases")


def aligned(lists: Path, allowed: set[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Chinese and Latin words of each two names of one record of an official list."""
    with gzip.open(lists, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["listing_id"] in allowed and row["listing_id"].split("-")[0] in OFFICIAL and row["kind"] != "person":
                names = [
                    part for name in (row["name"], *row["other_names"].split(";")) for part in re.split("[(（]", name)
                ]
                chinese = [name for name in fold(names) if HAN.search(name)]
                latin = [name for name in fold(names) if LATIN.search(name) and not HAN.search(name)]
                for left, right in product(chinese, latin[:3]):
                    yield pieces_of(left), latin_words(right)


def pieces_of(name: str) -> list[str]:
    """Words of two to four characters that a Chinese name could hold, where no word is known yet."""
    known = {*legal_forms(), *notions(), *places()}
    run, found = "", []
    for word in [*cut_chinese([name])[0].split(), "公司"]:
        if len(word) == 1 and HAN.match(word):
            run += word
            continue
        found += [run[start:end] for start in range(len(run)) for end in range(start + 2, min(len(run), start + 4) + 1)]
        found += [word] if word in known and word not in legal_forms() else []
        run = ""
    return found


def latin_words(name: str) -> list[str]:
    """Words of a Latin name as the notions that they say, without legal forms and joining words."""
    table = {**notions(), **places()}
    return [table.get(word, word) for word in name.split() if LATIN.fullmatch(word)
            and word not in legal_forms() and word not in stop_words()]  # fmt: skip


def learned(pairs: list[tuple[list[str], list[str]]]) -> list[tuple[str, str, int]]:
    """Chinese words not known yet, with the word that they say, by expectation maximisation (IBM's first model)."""
    chance: dict[tuple[str, str], float] = {}
    for _ in range(ROUNDS):
        counts: Counter[tuple[str, str]] = Counter()
        totals: Counter[str] = Counter()
        for chinese, latin in pairs:
            for said in latin:
                whole = sum(chance.get((word, said), 0.01) for word in chinese)
                for word in chinese:
                    share = chance.get((word, said), 0.01) / whole
                    counts[word, said] += share
                    totals[word] += share
        chance = {pair: count / totals[pair[0]] for pair, count in counts.items()}
    together = Counter(pair for chinese, latin in pairs for pair in set(product(chinese, latin)))
    seen = Counter(word for chinese, _ in pairs for word in set(chinese))
    known = {*legal_forms(), *notions(), *places()}
    best = {(word, said): share * together[word, said] / seen[word] for (word, said), share in chance.items()
            if word not in known and together[word, said] >= LEAST_TOGETHER and not is_reading(word, said)}  # fmt: skip
    top: dict[str, tuple[float, str]] = {}
    for (word, said), share in sorted(best.items()):
        top[word] = max(top.get(word, (0.0, "")), (share, said))
    kept = [(word, said, together[word, said]) for word, (share, said) in top.items() if share >= LEAST_SHARE]
    return sorted(one for one in kept if not any(_is_piece(one, other) for other in kept))


def _is_piece(one: tuple[str, str, int], other: tuple[str, str, int]) -> bool:
    """Whether a word is cut out of another that says the same as often, or holds one that says it more often."""
    same = one != other and one[1] == other[1]
    return same and ((one[0] in other[0] and one[2] <= other[2]) or (other[0] in one[0] and one[2] < other[2]))


def is_reading(word: str, said: str) -> bool:
    """Whether the Latin word only reads the Chinese one aloud, which needs no table."""
    return len(syllables_of_word(said, is_pinyin=True)) >= len(word) and bool(coarse_of_pinyin(said))


def legal_phrases(codes: Path) -> dict[str, str]:
    """Long forms of several words, and the family of each."""
    found: dict[str, str] = {}
    with gzip.open(codes, "rt", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    forms = legal_forms()
    for row in rows:
        short = [form.replace(".", "").replace(" ", "") for cell in row[9:11] for form in cell.split(";")]
        family = FAMILIES[max((forms.get(form, 0) for form in fold(short)), default=0)]
        for name in fold([row[5], row[8]]):
            if 2 <= len(name.split()) <= 8 and "," not in name:
                said = next((said for said, pattern in SAYS_FAMILY if re.search(pattern, name)), "")
                if said or family not in ("none", "word"):
                    found[name] = said or family
    for line in filter(None, ALSO.splitlines()):
        family, _, phrases = line.partition(": ")
        found.update(dict.fromkeys(fold(phrases.split("|")), family))
    return found


if __name__ == "__main__":
    main()
