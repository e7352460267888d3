"""Every sentence of the page, in English and Korean: one file a part of the page, put together in `page`."""

from quintet.web.texts.page import EN, KO, TEXTS, Texts

__all__ = ["EN", "KO", "TEXTS", "Texts"]
