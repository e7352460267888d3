"""What the API says in its own words, put in the visitor's by patterns. No Streamlit, no markup."""

from __future__ import annotations

import re
from collections.abc import Mapping


def in_words(said: str, sentences: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Say something else instead; what is not known stays as it is.

    Parameters
    ----------
    said : str
    sentences : mapping of str to str
        By regular expressions that match all of it; blanks are the groups, which are looked up in turn.
    names : mapping of str to str
        What is looked up as it stands, before any sentence.
    """
    if said in names:
        return names[said]
    for pattern, sentence in sentences.items():
        if match := re.fullmatch(pattern, said):
            groups = match.groupdict().items()
            return sentence.format(**{key: in_words(part, sentences, names) for key, part in groups})
    return said
