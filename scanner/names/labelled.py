"""Rules for names: what stands behind a title, a label or a salutation, where that alone is enough to tell."""

from typing import Final

import regex

from identifiers.regexes import kept_regex
from scanner.names.lexicon import BIT, ORDINARY, Lexicon
from scanner.names.roles import HONORIFICS, ROLES
from scanner.names.tokens import tokenise

Found = tuple[int, int, str]
"""Where a name begins and ends, and the rule that found it."""
_FLAGS: Final = regex.VERSION1
PARTICLE: Final = (
    r"(?:in\s't|op\s(?:de|den|'t)|den|der|'t|de\s(?:la|las|los|le)|van\s(?:de|den|der|het|'t)|von\s(?:der|dem)|de|da|do|das|dos|del|della|di|du|des|van|von|vom|zu|"
    r"zur|ter|ten|la|le|el|al|bin|bint|ibn|ben|ap|y|e|i|d')"
)
_CAP: Final = r"(?:\p{Lu}\.(?:\s?-?\p{Lu}\.)*|(?:[OD]['’]|Mc|Mac)?\p{Lu}[\p{L}\p{M}]*(?:['’]\p{L}+)?(?:-\p{Lu}[\p{L}\p{M}]*)*)"
NAME: Final = rf"{_CAP}(?:[ ]{PARTICLE}[ ]{_CAP}|[ ]{_CAP}){{0,4}}"
_TITLE: Final = (
    r"(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Herrn?|Frau|Sra?|Srta|D(?=\.[ ]\p{Lu}\p{Ll}+[ ]\p{Lu})|Dña|"
    r"Mme|Mlle|Mmes|Monsieur|Madame|Mademoiselle|Maître|Me|"
    r"Senhora?|Señora?|Señorita|Doña|Don|Dona|"
    r"Exm[oa]|Dra|Eng|Sig|Sig\.ra|Sig\.na|Signora?|Signorina|Dott|Dott\.ssa|Dottor|Dottoressa|Avv|Ing|Geom|Dhr|dhr|Mevr|"
    r"mevr|mevrouw|Mevrouw|meneer|Meneer|Cllr|Rev)"
)
_TITLED: Final = kept_regex(
    rf"(?<![\p{{L}}\p{{N}}.])(?<!Nossa[ ]|Nostra[ ]|Nuestra[ ]|Notre[ ]){_TITLE}\.?[ ](?:(?:Dr|Prof|med|Dipl|"
    rf"Ing)\.?[ ]){{0,3}}(?P<name>(?:{PARTICLE}[ ])?{NAME})(?![\p{{L}}\p{{N}}@])",
    _FLAGS,
)
# `M. Faye`, which in other languages is an initial.
_MONSIEUR: Final = kept_regex(rf"(?<![\p{{L}}\p{{N}}.-])MM?\.[ ](?P<name>(?:{PARTICLE}[ ])?{NAME})(?![\p{{L}}\p{{N}}@])", _FLAGS)
_FRENCH: Final = kept_regex(r"\b(?:le|la|les|et|des|une|est|du|que|dans|pour|aux?|sa|toute?|avec|sur|pas|qui|ont|par|chez|à)\b")
_LEAST_FRENCH: Final = 3
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
    rf"(?m)(?<![\p{{L}}\p{{N}}]){_LABEL}[ ]?:[ \t]+(?P<name>{NAME})(?P<given>,[ ]{NAME})?(?=[ \t\r]*(?:$|[,;(|])|[ ]{{2,}}|\t)", _FLAGS
)
# What may stand before firms and rooms as well, so that a given name must follow.
_WEAK_LABEL: Final = (
    r"(?i:from|to|cc|bcc|by|author|prepared\sby|reviewed\sby|approved\sby|submitted\sby|signed(?:\sby)?|employee|applicant|client|owner|"
    r"visitor|guest|referee|reference|manager|contact(?:\sperson)?|beneficiary|insured|sender|recipient|bill\sto|ship\sto|emergency\scontact|"
    r"von|an|autor(?:in)?|bearbeiter(?:in)?|ansprechpartner(?:in)?|geprüft\svon|erstellt\svon|empfänger(?:in)?|absender(?:in)?|versicherte\sperson|"
    r"antragsteller(?:in)?|de|à|auteure?|rédigé\spar|client|destinataire|expéditeur|bénéficiaire|assurée?|signataire|le\ssignataire|"
    r"van|aan|auteur|akkoord|sollicitant|melder|ingediend\sdoor|opgesteld\sdoor|ontvanger|afzender|klant|werknemer|begunstigde|contactpersoon|"
    r"para|cliente|autora?|solicitante|beneficiari[oa]|asegurad[oa]|elaborado\spor|responsable|tutora?|profesora?|"
    r"requerente|beneficiári[oa]|elaborado\spor|responsável|destinatári[oa]|autorizado\sa\sbuscar|outorgad[oa]|treinador|"
    r"da|a|autore|redatto\sda|richiedente|beneficiari[oa]|destinatari[oa]|genitore|assicurat[oa]|istruttore)"
)
_WEAKLY: Final = kept_regex(
    rf"(?m)(?=[ ]?:[ \t])(?<=(?<![\p{{L}}\p{{N}}])(?:{_WEAK_LABEL}|{ROLES}))[ ]?:[ \t]+"
    rf"(?P<name>{NAME})(?P<given>,[ ]{NAME})?(?=[ \t\r]*(?:$|[,;(|<.]))",
    _FLAGS,
)
_GREETED: Final = kept_regex(
    rf"(?m)^[> \t]*(?i:dear|hi|hello|hey|hallo|liebe[rs]?|hola|querid[oa]|estimad[oa]|cher|chère|bonjour|salut|car[oa]|olá|"
    rf"oi|prezad[oa]|ciao|gentile|beste|lieve|hoi|dag|ha|hé|moin|servus|cher[es]s?|chers|buongiorno|caro|salve)[ ]"
    rf"(?:{ROLES}[ ])?(?P<name>{NAME})(?=[ ]?[,!:]?[ \t\r]*$)",
    _FLAGS,
)
_WITH_INITIALS: Final = kept_regex(rf"(?:\p{{Lu}}\.[ -]?){{1,4}}(?:{PARTICLE}[ ])?\p{{Lu}}\p{{Ll}}[\p{{L}}\p{{M}}'’-]*", _FLAGS)
_NO_GIVEN: Final = ORDINARY | BIT["seldom"] | BIT["city"] | BIT["region"] | BIT["technical"] | BIT["organisation"] | BIT["street"]
_NO_NAME: Final = BIT["organisation"] | BIT["name_label"] | BIT["title"] | BIT["month"]


def find_labelled(text: str, lexicon: Lexicon) -> list[Found]:
    """Start, end, and the kind of rule (`title`, `label`, `greeting`) of each name.

    >>> from scanner.names.lexicon import load_lexicon
    >>> text = "Dear Ms. Okonkwo, the room of Mr van der Berg is free."
    >>> [text[start:end] for start, end, _ in find_labelled(text, load_lexicon())]
    ['Okonkwo', 'van der Berg']
    """
    found: list[Found] = []
    rules = ((_TITLED, "title"), (_LABELLED, "label"), (_WEAKLY, "label"), (_GREETED, "greeting"))
    for rule, kind in (*rules, (_MONSIEUR, "title")) if is_french(text) else rules:
        for match in rule.finditer(text):
            start, end = match.start("name"), without_genitive(text, *match.span("name"))
            if kind == "label" and match["given"] and _is_given(text[start:end], match["given"], lexicon):
                end = match.end("given")
            if kind in {"label", "title"}:
                start = _without_calling(text, start, end, lexicon)
            sure = rule is not _WEAKLY or _has_given(text[start:end], lexicon) or _WITH_INITIALS.fullmatch(text, start, end)
            if sure and _is_named(text[start:end], kind, lexicon):
                found.append((start, end, kind))
    return sorted(set(found))


def _without_calling(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Where the name begins behind usual words that no list has among its names: `Security Officer Ann Hill`."""
    tokens = tokenise(text[start:end])
    flags = lexicon.flags(tokens.words)
    place = 0
    while place + 1 < len(flags) and tokens.words[place].lower() in HONORIFICS:
        place += 1
    sure = place
    while place < len(flags) and flags[place] & ORDINARY and not flags[place] & (BIT["given"] | BIT["surname"] | BIT["particle"]):
        place += 1
    rest = flags[place:]
    return start + tokens.starts[place if len(rest) > 1 and rest[0] & BIT["given"] else sure]


def is_french(text: str) -> bool:
    """Whether the text has small words of French in it."""
    return len(_FRENCH.findall(text)) >= _LEAST_FRENCH


def without_genitive(text: str, start: int, end: int) -> int:
    """The end of the name without the `'s` behind it."""
    return end - 2 if end - start > 2 and text[end - 2 : end] in {"'s", "’s"} else end


def _has_given(value: str, lexicon: Lexicon) -> bool:
    """Whether a given name is among the words."""
    words = [word for word in tokenise(value).words if word[0].isalpha() and len(word) > 1]
    return any(flag & BIT["given"] and not flag & BIT["common"] for flag in lexicon.flags(words))


def _is_given(surname: str, value: str, lexicon: Lexicon) -> bool:
    """Whether what stands behind a surname and a comma are given names, and not the next thing of a list."""
    words = [word for word in tokenise(value).words if word[0].isalpha() and len(word) > 1]
    if (
        not words
        or (" " in surname and _has_given(surname.split(maxsplit=1)[0], lexicon))
        or (words[0].isupper() and not surname.isupper())
    ):
        return False
    return _has_given(value, lexicon) or not any(flag & _NO_GIVEN for flag in lexicon.flags(words))


def _is_named(value: str, kind: str, lexicon: Lexicon) -> bool:
    words = [word for word in tokenise(value).words if word[0].isalpha()]
    flags = lexicon.flags(words)
    # `de` is a title, too. `Monsieur le Directeur` is nobody's name.
    none = any(flag & _NO_NAME and not word.islower() for word, flag in zip(words, flags, strict=True))
    if none or (kind == "title" and words[0] in {"le", "la", "les"}):
        return False
    return kind == "title" or any(not flag & ORDINARY or len(word) == 1 for word, flag in zip(words, flags, strict=True))
