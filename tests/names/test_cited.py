"""Names of authors by rule: lists of works, heads of programs, quoted mails."""

import pytest

from scanner.names.cited import find_cited
from scanner.names.lexicon import load_lexicon


@pytest.mark.parametrize(
    "marked",
    [
        "[3] «Housner, G. W.» 1963. The Dynamic Behavior of Water Tanks.",
        "«Koch, M.», «Peters, L.» und «Yilmaz, D.» (2018): Gumbel oder Pareto?",
        "«Di Gennaro, F.», «Holt, D.», & «Zamparelli, R.» (2019). Lessico e città.",
        "«Boer, P. de» (2012). Krimp en groei.",
        "On 3 March 2024 at 10:12, «Anna Keller» <a@b.example> wrote:\n> yes",
        "Am 3.5.2024 um 10:12 schrieb Anna:\n> ja",
        " * @author «Lucía Ruiz» <m@b.example>",
        "# Copyright (c) 2019-2021 «Henrik Olsen». All rights reserved.",
        "# Copyright (c) 2019 Acme Foundation",
        "Textiles Montllor, S.L. Alcoi 2019",
        "Reston, V. and no year",
        "Volgens «Bakker» en «Demerouti» (2007) hangt dit samen; zie «Peeters» (2019), hoofdstuk 4",
        "in Kyoto (2015) and Windows (2015)",
        "Aanwezig: «Ria Bouwman», «Farid», Mw. «Duursma» (voorzitter) en «Joost ter Horst»\nNotulen volgen",
        "Opstelling FC: «Lubbers», «De Vrieze», «Ntambwe». Trainer onbekend",
        "Present: Budget, Treasurer",
    ],
)
def test_authors_are_found_whole(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    wanted = [part.split("»")[0] for part in marked.split("«")[1:]]
    assert [text[start:end] for start, end, _ in find_cited(text, load_lexicon())] == wanted
