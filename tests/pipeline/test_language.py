"""English is told from other languages by its letters and small words."""

from __future__ import annotations

import pytest

from streams.pipeline.language import is_english

ENGLISH = [
    "Japanese Prime Minister Junichiro Koizumi said on Friday that the government would decide on sanctions against "
    "North Korea after it had looked at the results of the tests, and that he did not want to hurry.",
    "Talks in Geneva",
    "KOIZUMI SAYS SANCTIONS AGAINST NORTH KOREA WOULD BE THE LAST RESORT AND THAT THE TALKS IN BEIJING SHOULD GO ON "
    "AS LONG AS THERE IS HOPE FOR THEM",
    "",
]
OTHERS = [
    "Le Premier ministre japonais a déclaré vendredi que son gouvernement déciderait de sanctions contre la Corée du "
    "Nord après avoir examiné les résultats des tests, et qu'il ne voulait pas se presser.",
    "Der japanische Ministerpräsident sagte am Freitag, dass die Regierung über Sanktionen gegen Nordkorea entscheiden "
    "werde, nachdem sie die Ergebnisse geprüft habe, und dass er sich nicht beeilen wolle.",
    "De Japanse premier zei vrijdag dat de regering over sancties tegen Noord-Korea zal beslissen nadat zij de "
    "resultaten van de tests heeft bekeken, en dat hij geen haast heeft met het besluit.",
    "Премьер-министр Японии заявил в пятницу, что правительство примет решение о санкциях.",
    "小泉首相は金曜日、制裁について政府が決定すると述べた。",
    "El primer ministro japonés dijo el viernes que el gobierno decidirá sobre las sanciones contra Corea del Norte "
    "después de examinar los resultados de las pruebas, y que no quería apresurarse.",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_read(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_languages_are_told(text: str) -> None:
    assert not is_english(text)
