"""Rules for names: what stands behind a title, a label or a salutation, where that alone is enough to tell."""

from typing import Final

import regex

from identifiers.regexes import kept_regex
from scanner.names.lexicon import BIT, ORDINARY, Lexicon
from scanner.names.tokens import tokenise

_FLAGS: Final = regex.VERSION1
_PARTICLE: Final = (
    r"(?:de\s(?:la|las|los|le)|van\s(?:de|den|der|het|'t)|von\s(?:der|dem)|de|da|do|das|dos|del|della|di|du|des|van|von|vom|zu|"
    r"zur|ter|ten|la|le|el|al|bin|bint|ibn|ben|ap|y|e|i|d')"
)
_CAP: Final = r"(?:\p{Lu}\.(?:\s?-?\p{Lu}\.)*|(?:[OD]['’]|Mc|Mac)?\p{Lu}[\p{L}\p{M}]*(?:['’]\p{L}+)?(?:-\p{Lu}[\p{L}\p{M}]*)*)"
_NAME: Final = rf"{_CAP}(?:[ ]{_PARTICLE}[ ]{_CAP}|[ ]{_CAP}){{0,4}}"
_TITLE: Final = (
    r"(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Herrn?|Frau|Sra?|Srta|D(?=\.[ ]\p{Lu}\p{Ll}+[ ]\p{Lu})|Dña|"
    r"Mme|Mlle|Mmes|Monsieur|Madame|Mademoiselle|Maître|Me|"
    r"Senhora?|Señora?|Señorita|Doña|Don|Dona|"
    r"Exm[oa]|Dra|Eng|Sig|Sig\.ra|Sig\.na|Signora?|Signorina|Dott|Dott\.ssa|Dottor|Dottoressa|Avv|Ing|Geom|Dhr|dhr|Mevr|"
    r"mevr|mevrouw|Mevrouw|meneer|Meneer|Cllr|Rev)"
)
_TITLED: Final = kept_regex(
    rf"(?<![\p{{L}}\p{{N}}.]){_TITLE}\.?[ ](?:(?:Dr|Prof|med|Dipl|"
    rf"Ing)\.?[ ]){{0,3}}(?P<name>(?:{_PARTICLE}[ ])?{_NAME})(?![\p{{L}}\p{{N}}@])",
    _FLAGS,
)
_LABEL: Final = (
    r"(?i:(?:full\s|first\s|last\s|given\s|family\s|patient\s|customer\s|client\s|contact\s|employee\s)?names?|surname|"
    r"patient|tenant|landlord|attn|attention|"
    r"(?:vor|nach|familien)?name|patient(?:in)?|kunde|kundin|mieter(?:in)?|vermieter(?:in)?|ansprechpartner(?:in)?|sachbearbeiter(?:in)?|"
    r"nombre(?:\scompleto|\sy\sapellidos)?|apellidos?|paciente|titular|remitente|destinatario|nom|prénoms?|nom\set\sprénom|"
    r"patiente?|locataire|bailleur|"
    r"nome(?:\scompleto)?|apelido|sobrenome|utente|inquilino|cognome|nome\se\scognome|paziente|locatore|naam|voornaam|"
    r"achternaam|patiënt|huurder|verhuurder)"
)
_LABELLED: Final = kept_regex(
    rf"(?m)(?<![\p{{L}}\p{{N}}]){_LABEL}[ ]?:[ \t]+(?P<name>{_NAME}|{_CAP},[ ]{_NAME})(?=[ \t\r]*(?:$|[,;(|]))", _FLAGS
)
_GREETED: Final = kept_regex(
    rf"(?m)^[> \t]*(?i:dear|hi|hello|hey|hallo|liebe[rs]?|hola|querid[oa]|estimad[oa]|cher|chère|bonjour|salut|car[oa]|olá|"
    rf"oi|prezad[oa]|ciao|gentile|beste|lieve|hoi|dag)[ ](?P<name>{_NAME})(?=[ ]?[,!:]?[ \t\r]*$)",
    _FLAGS,
)
_NO_NAME: Final = BIT["organisation"] | BIT["name_label"] | BIT["title"] | BIT["month"]


def find_labelled(text: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Start, end, and the kind of rule (`title`, `label`, `greeting`) of each name.

    >>> from scanner.names.lexicon import load_lexicon
    >>> text = "Dear Ms. Okonkwo, the room of Mr van der Berg is free."
    >>> [text[start:end] for start, end, _ in find_labelled(text, load_lexicon())]
    ['Okonkwo', 'van der Berg']
    """
    found: list[tuple[int, int, str]] = []
    for rule, kind in ((_TITLED, "title"), (_LABELLED, "label"), (_GREETED, "greeting")):
        for match in rule.finditer(text):
            start, end = match.span("name")
            if _is_named(text[start:end], kind, lexicon):
                found.append((start, end, kind))
    return sorted(found)


def _is_named(value: str, kind: str, lexicon: Lexicon) -> bool:
    words = [word for word in tokenise(value).words if word[0].isalpha()]
    flags = lexicon.flags(words)
    if any(flag & _NO_NAME for flag in flags):
        return False
    return kind == "title" or any(not flag & ORDINARY or len(word) == 1 for word, flag in zip(words, flags, strict=True))
