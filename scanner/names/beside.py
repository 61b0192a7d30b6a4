"""Words beside which a name is that of something else: `the Arnold Palmer Suite`, `il liceo Galileo Galilei`."""

from collections.abc import Sequence
from typing import Final

from scanner.names.fold import fold
from scanner.names.lexicon import BIT, STREET
from scanner.names.tokens import Tokens

# Behind a name, with a capital letter.
_BEHIND: Final = frozenset(
    """suite lounge trophy ballroom stand properties estates estate diner memorial gallery festival stadium arena centre center hall terrace
    apartments houses gardens bookshop archive archives library foundation prize award cup medal lecture series collection bros brothers
    motors foods airlines records pictures clinic hospital highway parkway expressway building bridge tower wing pavilion theatre theater
    tunnel stiftung halle stadion platz haus schule preis saal museum ziekenhuis prijs zaal plein stichting fonds""".split()  # noqa: SIM905
)
# Before a name, in small letters or with a capital.
_BEFORE: Final = frozenset(
    """hotel teatro liceo museo palazzo villa castello stadio ristorante rifugio cinema pizzeria osteria trattoria albergo fondo
    archivio campo camping museu auditorio aeroporto trofeu jardim centro plataforma zaal isla calzados aeropuerto avenida
    fondazione istituto scuola caserma ponte biblioteca colegio estacion instituto pabellon estadio restaurante bodega bodegas
    talleres fundacion archivo escola edificio hospital ecole lycee college station stade salle hopital clinique restaurant
    gymnase square theatre fonds cafe bibliotheque institut kaufhaus gasthaus weingut konditorei brauerei modehaus autohaus
    theater schloss museum stichting sporthal basisschool rotonda mirador malecon observatorio laboratoire laboratorio batiment
    constructora trofeo fragata tempete furacao huracan uragano ouragan storm hurricane sturm orkan tifone tifon cyclone casta
    perra perro gata gato cadela cane gatta gatto kater hond poes chienne trattore tractor trator prix court cancha
    polideportivo complejo gare viaduc rond impasse empório emporio adega loja lojas salina almacen tienda nave calle rua via
    piazza plaza brand marque marke marca merk""".split()  # noqa: SIM905
)
_OTHER: Final = STREET | BIT["organisation"]
_LEAST: Final = 3


def is_of_something(tokens: Tokens, flags: Sequence[int], first: int, behind: int) -> bool:
    """Whether what the tokens `first` up to `behind` call is a firm, a building, a street: by the words that touch them.

    >>> from scanner.names.lexicon import load_lexicon
    >>> from scanner.names.tokens import tokenise
    >>> tokens = tokenise("in the Arnold Palmer Suite")
    >>> is_of_something(tokens, load_lexicon().flags(tokens.words), 2, 4)
    True
    """
    words = tokens.words
    touched = behind < len(words) and tokens.starts[behind] - tokens.end(behind - 1) == 1 and _is_large(words[behind])
    if touched and (flags[behind] & _OTHER or fold(words[behind]) in _BEHIND):
        return True
    before = first - 1
    if before < 0 or tokens.starts[first] - tokens.end(before) != 1 or len(words[before]) < _LEAST:
        return False
    large = _is_large(words[before]) and flags[before] & _OTHER and not flags[before] & BIT["title"]
    return bool(large) or fold(words[before]) in _BEFORE


def is_titled_thing(tokens: Tokens, flags: Sequence[int], first: int) -> bool:
    """Whether a title stands before the token `first`, and before that the word for a place: `teatro Dona Maria`, `Rua Dr. Veiga`."""
    place = first - 1
    while place > 0 and (tokens.words[place] in {".", "'", "’"} or flags[place] & BIT["particle"] or len(tokens.words[place]) == 1):
        place -= 1
    before = place - 1
    if before < 0 or tokens.starts[place] - tokens.end(before) != 1 or len(tokens.words[before]) < _LEAST:
        return False
    return bool(flags[before] & STREET) or fold(tokens.words[before]) in _BEFORE


def _is_large(word: str) -> bool:
    return len(word) >= _LEAST and word[0].isupper()
