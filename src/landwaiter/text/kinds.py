"""Is a name that of a person or of an organisation, as far as it says so itself?"""

import numpy as np
import numpy.typing as npt

from landwaiter.text.forms import Forms
from landwaiter.text.legal_forms import SOLE

UNKNOWN, PERSON, ORGANISATION = 0, 1, 2
KINDS = ("unknown", "person", "organisation")
# Endings of a Slavic father's name, and words that only names of persons have.
_FATHERS = ("ovich", "evich", "ovna", "evna", "ievich", "yevich", "ovych", "evych", "ivna", "yivna", "yovych")
_OF_PERSONS = frozenset(("bin", "bint", "ibn", "oglu", "ogly", "qizi", "kyzy"))


def kinds_of(forms: Forms) -> npt.NDArray[np.int8]:
    """UNKNOWN, PERSON or ORGANISATION for each name; a sole trader is a person."""
    owner = np.repeat(np.arange(len(forms)), forms.words.lengths)
    says_person = np.fromiter((_says_person(text) for text in forms.tokens.texts), bool, len(forms.tokens.texts))
    person = np.zeros(len(forms), bool)
    person[owner[says_person[forms.words.words]]] = True
    firm = forms.is_firm & (forms.families != SOLE)
    kinds = np.where(firm, ORGANISATION, np.where(person | (forms.families == SOLE), PERSON, UNKNOWN))
    return kinds.astype(np.int8)


def _says_person(text: str) -> bool:
    return text in _OF_PERSONS or (len(text) > 6 and text.endswith(_FATHERS))
