"""Names that stand for a test, a disease or a theorem: `ziekte van Crohn`, `Murphy positief`, `Navier-Stokes`."""

from typing import Final

import regex

from identifiers.regexes import kept_regex
from scanner.names.fold import fold

_FLAGS: Final = regex.VERSION1 | regex.IGNORECASE
_THINGS: Final = (
    "tests?|teste|prueba|prova|signe|signo|sinal|segno|teken|zeichen|maladie|enfermedad|doença|malattia|ziekte|krankheit|morbo|"
    "syndrome|síndrome|sindrome|syndroom|syndrom|escala|scala|échelle|schaal|skala|índice|indice|index|método|metodo|méthode|methode|"
    "criterios?|critérios?|criteri|critères?|coeficiente|coefficiente|coefficient|curva|courbe|ecuaci[oó]n|ecuaciones|equazion[ei]|équations?|"
    "equaç(?:ão|ões)|teorema|théorème|theorema|lema|lemme|lemma|ley|loi|legge|lei|wet|efecto|effetto|effet|efeito|algoritmo|algorithme|"
    "algoritme|distribución|distribuzione|distribution|fórmula|formula|formule|modelo|modello|modèle|redes|autómatas|autômatos|"
    "transformada|trasformata|transformée|principio|princípio|principe|operatie|intervención|intervento|maniobra|manovra|manœuvre|cuerpos|corpi"
)
_LINK: Final = r"(?:de\s(?:la\s)?|del\s|di\s|do\s|da\s|van\s|von\s|nach\s|volgens\s|d['’])"
_BEFORE: Final = kept_regex(rf"(?:(?<!\p{{L}})(?:{_THINGS})\s{_LINK}|\b(?:morbus|phänomen|sensu)\s)$", _FLAGS)
_BEHIND: Final = kept_regex(
    r"(?:['’]s)?[ -](?:tests?|signs?|syndrome?s?|disease|method|algorithm|index|score|scale|criteria|criterion|coefficient|distribution|"
    r"equations?|"
    r"theorem|lemma|law|effect|number|transform|filter|distance|search|tree|stain|agar|procedure|manoeuvre|maneuver|fracture|palsy|"
    r"positiv[eo]?|negativ[eo]?|positief|negatief|pos\b|neg\b|zeichen|syndrom|krankheit|verfahren|skala|methode|algorithmus|verteilung|"
    r"satz)(?!\p{L})",
    _FLAGS,
)
_PAIRS: Final = """
navier stokes, hahn banach, bolzano weierstrass, levenberg marquardt, shapiro wilk, wolff parkinson white, runge kutta, kruskal
wallis, mann whitney, kolmogorov smirnov, kaplan meier, scott knott, penman monteith, braun blanquet, cauchy schwarz, michaelis
menten, lotka volterra, dickey fuller, durbin watson, box jenkins, breusch pagan, hosmer lemeshow, bland altman, newton raphson,
gram schmidt, fokker planck, hardy weinberg, sturm liouville, euler lagrange, maxwell boltzmann, bose einstein, fermi dirac,
rayleigh jeans, stern gerlach, jaro winkler, diffie hellman, needleman wunsch, smith waterman, floyd warshall, bellman ford,
boyer moore, knuth morris pratt, lesch nyhan, creutzfeldt jakob, guillain barre, charcot marie tooth, epstein barr, prader
willi, ehlers danlos, stevens johnson, wernicke korsakoff, henoch schonlein, budd chiari, chiari frommel, legg calve perthes,
osgood schlatter, rendu osler, ziehl neelsen, myers briggs, stanford binet, rooker feldman, black scholes, cobb douglas,
heckscher ohlin, gini simpson, bray curtis, raven progressive, lennard jones, nyquist shannon,
"""
PAIRS: Final = frozenset(pair.strip() for pair in _PAIRS.replace("\n", " ").split(",") if pair.strip())


def is_eponym(text: str, start: int, end: int) -> bool:
    """Whether the name at `text[start:end]`, a single one or several with hyphens, is that of a thing by the words that touch it.

    >>> is_eponym("ziekte van Crohn", 11, 16), is_eponym("tante van Crohn", 10, 15)
    (True, False)
    """
    value = text[start:end]
    if " " in value:
        return False
    if fold(value).replace("-", " ").replace("–", " ") in PAIRS:
        return True
    return _BEFORE.search(text, max(0, start - 40), start) is not None or _BEHIND.match(text, end) is not None
