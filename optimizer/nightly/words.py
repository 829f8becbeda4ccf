"""What nights say to people, in English and Chinese."""

from __future__ import annotations

from optimizer.scenario.languages import LANGUAGES

#: Sentences in both languages; what stands in braces is filled in.
SAID: dict[str, tuple[str, str]] = {
    "new_store": (
        "The store {store} is new: there was none, so nothing of an earlier night is continued. If there should be "
        "one, look whether its disk is mounted and its address right.",
        "存储库 {store} 为新建：此前没有存储库，本次运行不承接以往的计划。"
        "若本应已有，请检查磁盘是否挂载、地址是否正确。",
    ),
}  # fmt: skip


def sentence(phrase: str, language: str, **values: object) -> str:
    """A sentence in a language with its blanks filled in."""
    return SAID[phrase][LANGUAGES.index(language)].format(**values)
