"""Rules for mailing addresses: a text is cut at commas and line ends, and pieces that look like parts of an address are put together.

What makes an address is a street with a house number, a post office box, or a postal code with its town and something before it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import regex

_FLAGS: Final = regex.VERSION1
# A house number: 12, 12a, 12-14, 33/7, 118-III, 27/B, 1208 B
_NUMBER: Final = r"\d{1,5}(?:\s?[-–/]\s?(?:\d{1,5}|[IVX]{1,4}\b|[A-Za-z]\b)){0,2}(?:\s?[A-Za-z](?![\p{L}\d.']))?(?:\s?(?:bis|ter|quater|hs|huis|rood|zw)\b)?(?:\s[A-Z]\d{0,2}(?![\p{L}\d.'])|\s\d{1,2}(?=,\s\d{4}))?(?![.,]\d\d(?!\d))"
_NO: Final = rf"(?:[nN]\.?\s?[º°o]\.?\s?|[nN]r?\.\s?|\#\s?|núm\.?\s|num\.?\s|Nr\s)?{_NUMBER}"
_CAP: Final = r"(?:(?:St|Ste|Sta|Sto|Mt|Ft|Dr|Prof|Gral|Gen|Cap|Cel|Mal|Eng|Pres|Mons|Fr|S|D|A|J|F|M|P|R|G)\.|\p{Lu}[\p{L}\p{M}'’]*(?:-[\p{L}\p{M}'’]+)*)"
_SMALL: Final = r"(?:di|a|ai|auf|bij|aan|bajo|al|alla|nel|nell['’]|sull['’]|sulla|of|the|on|upon|and|in|le|la|les|lès|sur|sous|de|du|des|da|do|das|dos|del|della|dei|delle|degli|dell'|d'|l'|en|y|e|et|van|den|der|ter|ten|op|aan|bei|am|im|an|zu|zur|zum|von|vom|y)"
_PLACE: Final = rf"(?:['’]s[ -]|['’]t[ ]|[ldLD]['’])?{_CAP}(?:(?:[ -]|\sa\.\s)(?:{_SMALL}[ -]?)*(?:[ldLD]['’])?{_CAP}){{0,4}}"
_EAST: Final = r"(?:[NSEW]|NE|NW|SE|SW|North|South|East|West)\.?"

_EN_WORDS: Final = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Way|Court|Ct|Place|Pl|Square|Sq|Terrace|Crescent|Cres|Gardens|Grove|Hill|Row|Mews|Walk|Quay|"
    r"Boulevard|Blvd|Parkway|Pkwy|Highway|Hwy|Trail|Circle|Cir|Plaza|Wharf|Rise|Parade|Esplanade|Alley|Yard|Green|Gate|Loop|Run|Ridge|Strand|Path|Bend|Crossing|"
    r"Turnpike|Pike|Vale|View|Park|Croft|Passage|Chase|Dene|Glebe|Garth|Mount|Orchard|Meadows?|Brow|Spur|Link|Causeway|Arcade|Promenade|Wynd|Brae|Course|Concourse|Plz|Ter|Hts|Fold|Drove|Lawn|Lawns|Villas|Marg|Nagar|Cross|Main|Broadway|Embankment|Side|Bank|End|Heights|Point|Landing|Hollow)"
)
_EN_WORDS = rf"(?:{_EN_WORDS}|{_EN_WORDS.upper().replace('(?:', '(?:', 1)})"
_EN_UNIT: Final = r"(?:,?\s(?:Apt|APT|Ste|STE|Suite|SUITE|Unit|UNIT|Rm|RM|Fl|FL|\#)\.?\s?\#?[A-Z\d]{1,5}(?![\p{L}\d]))?"
_EN_STREET: Final = (
    rf"(?:{_NUMBER},?\s(?:{_EAST}\s)?(?:(?:{_CAP}|\d{{1,3}}(?i:st|nd|rd|th)|of|the|and|de|la)\s){{1,4}}{_EN_WORDS}\b\.?(?:\s{_EAST}(?![\p{{L}}]))?{_EN_UNIT}"
    rf"|{_NUMBER},?\s(?i:(?:[nsew]\.?\s)?(?:avenue|av|broadway|(?:state\s|us\s|county\s)?(?:highway|hwy|route|rte|road|rd))\s)(?:{_CAP}|\d{{1,4}})|{_NUMBER}\s(?:The\s)?(?:Broadway|Strand|Mall|Cloisters|Maltings)\b)"
)
_DE_STREET: Final = (
    rf"(?:(?:{_CAP}[\s-]){{0,4}}(?:\p{{Lu}}[\p{{L}}-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|steig|stieg|graben|markt|hof|wall|chaussee|pfad|berg|tor|feld|kamp|brücke|laan|straat|plein|gracht|kade|singel|dijk|steeg|dreef|hof|pad|dam|burgwal|markt|STRASSE|STRAßE|WEG|PLATZ|GASSE|STRAAT|LAAN|WEG)"
    rf"|(?<=\p{{L}}[\s-])(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|Reihe|Markt|Graben|Chaussee|Steig|STRASSE|GASSE|PLATZ|Straat|Laan|Plein|Gracht|Kade|Singel|Dijk|Wal|Hof))\s{_NUMBER}"
    rf"|(?:Am|Im|An\s(?:der|den)|Auf\s(?:der|dem|den)|In\s(?:der|den|dem)|Zum|Zur|Unter\sden|Beim|Hinter\s(?:der|dem)|Vor\sdem|Het|De|'t|Achter\s(?:de|het)|Aan\s(?:de|het))\s{_CAP}(?:[\s-]{_CAP}){{0,2}}\s{_NUMBER}"
    rf"|(?:Laan|Weg|Allee|Kade)\svan\s(?:de\s|der\s|den\s|het\s)?{_CAP}(?:[\s-]{_CAP}){{0,2}}\s{_NUMBER})"
)
_ROMANCE_WORDS: Final = (
    r"(?i:calle|c/|avenida|avda?\.?|paseo|pº|plaza|pza\.?|plza\.?|camino|carretera|ctra\.?|ronda|travesía|glorieta|rambla|callejón|calzada|cra\.?|kr\.?|cl\.|carrera|diagonal|pasaje|jirón|jr\.|urb\.|urbanización|"
    r"rue|boulevard|bd\.?|blvd\.?|avenue|av\.?|chemin|impasse|allée|allee|place|cours|quai|route|passage|faubourg|montée|sentier|square|esplanade|venelle|ruelle|résidence|"
    r"bv\.?|gran\svía|rúa|costanera|autopista|rua|R\.|travessa|tv\.|largo|praça|pç\.|praceta|alameda|al\.|estrada|est\.|rodovia|rod\.|beco|calçada|ladeira|quinta|caminho|"
    r"via|v\.le|viale|piazza|p\.zza|corso|c\.so|vicolo|piazzale|strada|contrada|c\.da|borgo|lungomare|lungotevere|lungarno|salita|fondamenta|campo|località|loc\.|frazione|fraz\.|strada\sstatale|calata|traversa)"
)
_STREET_NAME: Final = rf"(?:(?:{_SMALL}\s|[dlDL]['’]|dell['’]|(?:{_CAP}|\d{{1,4}})[\s-]){{0,6}}(?:{_CAP}|\d{{1,4}}(?:\sde\s(?i:{'|'.join(['enero','febrero','marzo','abril','mayo','junio','julio','agosto','septiembre','octubre','noviembre','diciembre','janeiro','fevereiro','março','maio','junho','julho','setembro','outubro','novembro','dezembro'])}))?))"
_ROMANCE_STREET: Final = (
    rf"(?:(?<!\p{{L}}){_ROMANCE_WORDS}\s?{_STREET_NAME}(?:,?\s{_NO}(?!,\d\d)|,?\s(?:s/n|s\.n\.c|snc)\b\.?)"
    rf"|{_NUMBER},?\s{_ROMANCE_WORDS}\s{_STREET_NAME})"
)
_BOX: Final = r"(?i:P\.?\s?O\.?\s?Box|GPO\sBox|Private\sBag|Postfach|Postbus|Apartado(?:\s(?:de\scorreos|postal))?|Boîte\spostale|B\.?P\.?|C\.P\.|Caixa\spostal|Casella\spostale|Apdo\.(?:\sde\scorreos)?)\s(?:n\.?[º°]\s)?\d[\d\s]{0,7}\d(?:-\d{4,5})?|(?i:P\.?\s?O\.?\s?Box|Postfach|Postbus|BP|Apartado|Caixa\sPostal)\s\d{1,6}"
_UK: Final = r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
_US_STATE: Final = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|PR|"
    r"Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|"
    r"Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New\s(?:Hampshire|Jersey|Mexico|York)|North\s(?:Carolina|Dakota)|"
    r"Ohio|Oklahoma|Oregon|Pennsylvania|Rhode\sIsland|South\s(?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West\sVirginia|Wisconsin|Wyoming)"
)
_CODE_BEHIND: Final = (
    rf"(?:{_UK}|{_US_STATE}\.?\s\d{{5}}(?:-\d{{4}})?|(?:(?:ON|QC|BC|AB|MB|SK|NS|NB|NL|PE|YT|NT|NU)\s|\(?\p{{Lu}}\p{{L}}+\)?\s)?[A-Z]\d[A-Z]\s?\d[A-Z]\d"
    rf"|(?:Dublin|Cork|Galway)\s\d{{1,2}}\b|(?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT)\s\d{{4}}|[ACDEFHKNPRTVWXY]\d[\dW]\s?[A-Z\d]{{4}}|\d{{6}}|\d{{3}}\s\d{{3}}|\d{{4,5}}(?![\d/.:-]\d)|\d{{5}}-\d{{3,4}}|[A-Z]{{2,3}}\s?\d{{4}})"
)
_CODE_BEFORE: Final = (
    r"(?:(?:[A-Z]{1,2}-)?\d{5}|(?:[A-Z]{1,2}-)?\d{4}(?:\s?[A-Z]{2}(?![\p{L}]))?|\d{4}-\d{3}|\d{5}-\d{3}|\d{2}-\d{3}|\d{3}\s\d{2}|[A-Z]\d{4}[A-Z]{3}|[A-Z]\d[A-Z]\s\d[A-Z]\d|(?i:CEP|CAP|CP|C\.P\.)\s\d[\d.-]{3,9}\d)"
)
_REGION: Final = r"(?:\s?\([\p{Lu}][\p{L}\s'.-]{1,24}\)|\s[A-Z]{2}(?![\p{L}\d])|\s?[-–/]\s?[A-Z]{2}(?![\p{L}\d])|\s(?:CEDEX|Cedex|cedex)(?:\s\d{1,2})?|\s\d{1,2}(?=\s*(?:[,\n]|$)))"
_UNIT: Final = (
    r"(?:(?i:flat|erf|blk\.?|door\sno\.?|h/no\.?|parcela|halle|gate|hof|rear|apt\.?|apartment|unit|suite|ste\.?|room|rm\.?|floor|fl\.?|level|lot|stand|plot|block|bldg\.?|building|shop|stall|studio|penthouse|basement|ground\sfloor(?:\sflat)?|(?:first|second|third|top|upper|lower)\sfloor(?:\sflat)?|flat\s\p{L}|"
    r"c/o|care\sof|z\.\s?hd\.|"
    r"portal|piso|planta|pta\.?|puerta|esc\.?|escalera|bloque|blq\.?|bajos?|ático|dto\.?|depto\.?|dpto\.?|departamento|apto\.?|ap\.?|apartamento|oficina|of\.|local|interior|int\.?|manzana|mz\.?|lote|torre|edificio|casa|col\.|colonia|barrio|urb\.|"
    r"bâtiment|bât\.?|bat\.?|appt?\.?|app\.|appartement|étage|escalier|porte|résidence|bte|boîte|imm\.?|immeuble|chez|îlot|tranche|villa|lieu-dit|lieudit|quartier|villa|maison|"
    r"bloco|bl\.|andar|sala|conjunto|conj\.?|cj\.?|km|fração|sobreloja|cave|fundos|r/c|lote|lj\.?|loja|"
    r"presso|pal\.|sc\.|scala|interno|int\.|piano|palazzina|edificio|"
    r"hinterhaus|vorderhaus|hh|vh|rgb|qg|seitenflügel|haus|zimmer|wohnung|whg\.?|aufgang|eg|dg|stiege|top|tür|\d{1,2}\s?[.°ºª]?\s?(?:og|stock|etage|hh|piano|andar|floor|étage|eg|fl|piso)|\d{1,2}(?:st|nd|rd|th)\sfl(?:oor)?\.?|"
    r"huis|bus|bis|verdieping|kamer)(?![\p{L}])[^,\n;:|()]{0,40}"
    r"|\d{1,2}\.?\s?[ºª°o]\.?(?:\s?\p{L}{1,5}\.?|\s?\d{1,2}\.?)?(?![\p{L}])|\d{1,2}\.[ºªo°]\s?[^,\n;:|()]{0,12}|\#\s?\w{1,6}|(?i:n\.?\s?[º°]|núm\.?)\s?\d{1,5}\w?|(?:esq|dto|frente|izq|izda|dcha|dir|fte)\b\.?)"
)
_HOUSE: Final = rf"(?:The\s)?{_CAP}(?:\s(?:of\s|the\s)?{_CAP}){{0,3}}"
_COUNTRY: Final = (
    r"(?i:USA|U\.S\.A\.|United\sStates(?:\sof\sAmerica)?|UK|U\.K\.|United\sKingdom|Great\sBritain|England|Scotland|Wales|Northern\sIreland|Ireland|Éire|Canada|Australia|New\sZealand|India|South\sAfrica|Nigeria|Kenya|Ghana|Singapore|"
    r"Deutschland|Germany|Österreich|Austria|Schweiz|Switzerland|Suisse|Svizzera|Liechtenstein|Luxembourg|Luxemburg|France|Frankreich|Belgique|België|Belgium|Belgien|Nederland|Netherlands|The\sNetherlands|Pays-Bas|Niederlande|"
    r"España|Spain|Espagne|Portugal|Italia|Italy|Italie|Italien|Brasil|Brazil|México|Mexico|Argentina|Chile|Colombia|Perú|Uruguay|Ecuador|Venezuela|Bolivia|Paraguay|Costa\sRica|Sénégal|Maroc|Algérie|Tunisie|Côte\sd['’]Ivoire|Cameroun|Mali|Burkina\sFaso|"
    r"Angola|Moçambique|Cabo\sVerde|Suriname|Polska|Poland|Danmark|Denmark|Sverige|Sweden|Norge|Norway|Suomi|Finland|Ísland|Iceland|Türkiye|Turkey|Greece|Japan|China|San\sMarino|Curaçao|Aruba)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text that may be part of an address.

    :param kind: what it looks like: street, box, town, code, unit, place, country
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text between two separators; `hard` when nothing goes on across the one before it.

    :param line: it is the first on its line
    """

    start: int
    end: int
    hard: bool
    line: bool


_SHORT: Final = r"(?<!\b(?:apto|dto|depto|dpto|izda|dcha|pta|esc|int|appt|bat|bât|conj|prof|str|staffs|wilts|hants|bucks|lancs|ave|blvd|plza|avda|ctra|urb|blq|bldg|geb|whg|spett|gral|núm|num))"
_CUT: Final = regex.compile(rf"[,\n;:|•\t\"“”«»]|\s[-–—]\s|\(the\s|(?<=\d\d|\d[A-Z][A-Z])\.(?=\s\p{{Lu}}|\s*$)|(?<=\p{{L}}\p{{Ll}}{{3}}){_SHORT}\.(?=\s[^\d\s]|\s*$)|\s{{3,}}", _FLAGS | regex.IGNORECASE)
_WAY: Final = regex.compile(rf"(?:{_ROMANCE_WORDS}\s{_STREET_NAME}|(?:{_CAP}\s){{1,4}}{_EN_WORDS})(?!\p{{L}})", _FLAGS)
_ALONE: Final = regex.compile(rf"(?:{_NO}|s/n|s\.n\.c?|snc|SNC)\.?", _FLAGS)
_MAYBE: Final = regex.compile(rf"(?:(?:{_CAP}[ -]|{_SMALL}[ -]){{0,4}}{_CAP}[ ]{_NUMBER}(?:[ ]?bis)?|{_NUMBER},?[ ](?:\p{{Ll}}+[ ]|{_CAP}[ ]|{_SMALL}[ ]){{0,4}}{_CAP})", _FLAGS)
_MAYBE_AT_END: Final = regex.compile(rf"(?<=\s)(?:{_CAP}[ -](?:(?:{_CAP}|{_SMALL})[ -]){{0,4}})?{_CAP}[ ]{_NUMBER}(?:[ ]?bis)?$", _FLAGS)
_ANYTHING: Final = regex.compile(r"[\p{L}\d][\p{L}\p{M}\d .'’/&-]{0,28}", _FLAGS)
_HEADS: Final = regex.compile(rf"(?<=\s)(?:(?i:flat|apt\.?|apartment|unit|suite|room|lot|stand|plot|floor|level|bâtiment|résidence|c/o|lieu-dit)\s[\p{{L}}\d]{{1,12}}|{_PLACE})$", _FLAGS)
_STREETS: Final = regex.compile(rf"(?<![\p{{L}}\d./-])(?:{_ROMANCE_STREET}|{_EN_STREET}|{_DE_STREET})(?![\p{{L}}\d])", _FLAGS)
_BOXES: Final = regex.compile(rf"(?<![\p{{L}}\d])(?:{_BOX})(?![\p{{L}}\d])", _FLAGS)
_TOWNS: Final = regex.compile(
    rf"(?:{_CODE_BEFORE}\s{_PLACE}{_REGION}{{0,2}}|{_PLACE}(?:\s\([\p{{Lu}}][\p{{L}}\s]+\))?[,\s]\s?{_CODE_BEHIND}|{_CODE_BEHIND}\s{_PLACE})(?![\p{{L}}\d])", _FLAGS
)
_CODES: Final = regex.compile(rf"(?:{_CODE_BEHIND}|{_CODE_BEFORE})(?![\p{{L}}\d])", _FLAGS)
_UK_CODE: Final = regex.compile(rf"(?:{_UK}|[A-Z]\d[A-Z]\s\d[A-Z]\d|[A-Z]\d\d\s[A-Z\d]{{4}})(?![\p{{L}}\d])", _FLAGS)
_UNITS: Final = regex.compile(_UNIT, _FLAGS)
_COUNTRIES: Final = regex.compile(_COUNTRY, _FLAGS)
_PLACES: Final = regex.compile(rf"(?:{_PLACE}(?:\s\d{{1,2}})?(?:\s?\([\p{{Lu}}][\p{{L}}\s]+\))?|D\.\s?C\.|{_PLACE}\s?[/–-]\s?[A-Z]{{2}})(?![\p{{L}}\d])", _FLAGS)
_WHOLE: Final = (
    (_STREETS, "street"), (_BOXES, "box"), (_COUNTRIES, "country"), (_ALONE, "number"), (_WAY, "way"), (_UNITS, "unit"), (_TOWNS, "town"),
    (_CODES, "code"), (_PLACES, "place"),
)  # fmt: skip
_STRONG_TOWN: Final = regex.compile(
    rf".*(?:{_UK}|{_US_STATE}\.?\s\d{{5}}(?:-\d{{4}})?|[A-Z]\d[A-Z]\s?\d[A-Z]\d|(?<!\d)\d{{5}}\s{_PLACE}{_REGION}{{0,2}}|\d{{4}}\s?[A-Z]{{2}}\s{_PLACE}|\d{{4}}-\d{{3}}\s{_PLACE}|\d{{5}}-\d{{3}})", _FLAGS | regex.DOTALL
)
_SOFT: Final = frozenset(",\n-–— ")
_CORE: Final = frozenset({"street", "box", "town", "code"})
_HOUSE_WORD: Final = regex.compile(
    r"(?i)\b(?:house|cottage|hall|court|building|tower|lodge|granary|mill|farm|barn|mews|estate|park|centre|center|manor|villa|maison|résidence|château|domaine|"
    r"lieu-dit|le bourg|quartier|zona industrial|zone|z\.?i\.?|za|hof|gut|schloss|quinta|finca|cortijo|polígono|pol\. ind|lotissement|cité|immeuble|tour|edificio|edifício|conjunto|condomínio|cascina|località|podere|residence)\b", _FLAGS
)


@dataclass(slots=True)
class _Step:
    """A piece that is a part; whether more may come on either side."""

    part: Part
    left: bool
    right: bool
    line: bool


def find_addresses(text: str, is_city: Callable[[str], bool] = lambda _word: False) -> list[tuple[int, int]]:
    """Where addresses stand in `text`, by place.

    >>> text = "She lives at 12 High Street, Leeds LS1 4AB, and writes."
    >>> [text[start:end] for start, end in find_addresses(text)]
    ['12 High Street, Leeds LS1 4AB']
    """
    return [span for chain in _chains(text) if (span := _address(chain, text, is_city)) is not None]


def _pieces(text: str) -> Iterator[_Piece]:
    begin, hard, line = 0, True, True
    for cut in _CUT.finditer(text):
        yield from _piece(text, begin, cut.start(), hard=hard, line=line)
        sign = cut[0].strip(" ")[:1] or " "
        between = not text[begin : cut.start()].strip()
        # A blank line, and a second separator after another, end everything; a comma at the end of a line does not.
        hard = (sign not in {",", "\n", "-", "–", "—"}) or (between and sign == "\n" and line and not hard) or (between and hard)
        line = sign == "\n" or (between and line)
        begin = cut.end()
    yield from _piece(text, begin, len(text), hard=hard, line=line)


def _piece(text: str, start: int, end: int, *, hard: bool, line: bool) -> Iterator[_Piece]:
    while start < end and text[start] in " >*\r":
        start += 1
    while end > start and text[end - 1] in " \r":
        end -= 1
    if start < end:
        yield _Piece(start, end, hard, line)


def _step(text: str, piece: _Piece) -> _Step | None:
    value = text[piece.start : piece.end]
    for end in (piece.end, piece.end - 1) if value.endswith(".") else (piece.end,):
        for shape, kind in _WHOLE:
            if shape.fullmatch(text, piece.start, end):
                start = _without_label(text, piece.start, end) if kind == "street" else piece.start
                return _Step(Part(start, end, kind), left=start == piece.start, right=True, line=piece.line)
    for shape, kind in ((_STREETS, "street"), (_BOXES, "box")):
        found = shape.search(value)
        if found:
            rest = value[found.end() :].strip(" .")
            more = not rest or bool(_TOWNS.fullmatch(rest) or _UNITS.fullmatch(rest))
            end = piece.end if more and rest else piece.start + found.end()
            start = _without_label(text, piece.start + found.start(), end)
            return _Step(Part(start, end, kind), left=start == piece.start, right=more, line=piece.line)
    return _maybe(piece, value) or _begun(piece, value) or _head(piece, value) or _any(piece, value)


def _maybe(piece: _Piece, value: str) -> _Step | None:
    """A piece that ends with capitalised words and a number: a street if a town follows."""
    found = _MAYBE.fullmatch(value) or (_MAYBE_AT_END.search(value) if not _TOWNS.match(value) else None)
    if found is None or _TOWNS.fullmatch(value):
        return None
    kind = "unit" if _UNITS.fullmatch(value, found.start()) else "maybe"
    return _Step(Part(piece.start + found.start(), piece.end, kind), left=found.start() == 0, right=True, line=piece.line)


def _any(piece: _Piece, value: str) -> _Step | None:
    """A short piece that may stand between a street and its town."""
    return _Step(Part(piece.start, piece.end, "any"), left=True, right=True, line=piece.line) if _ANYTHING.fullmatch(value) else None


def _without_label(text: str, start: int, end: int) -> int:
    """Where the street begins behind words such as `Anschrift`, which look like a part of its name."""
    while (found := _LABEL.match(text, start, end)) is not None:
        start = found.end()
    return start


_LABEL: Final = regex.compile(
    r"(?i)(?:(?:das\sgrundstück|of|ihre|ihrer|unsere|unser|meine|neue|die|der|das|wohnhaft|anschrift|adresse|lieferadresse|rechnungsadresse|adres|adressa|address|dirección|domicilio|morada|endereço|indirizzo|wonende|te|in|nach|at|to|of|from|is|we|our|the)\s)(?=\p{Lu}|\d)", _FLAGS
)


def _begun(piece: _Piece, value: str) -> _Step | None:
    """A piece that begins with the last part of an address, and goes on with other words."""
    if piece.hard:
        return None
    for shape, kind in ((_TOWNS, "town"), (_COUNTRIES, "country"), (_CODES, "code"), (_UNITS, "unit")):
        found = shape.match(value)
        if found and (kind not in {"unit", "code"} or (kind == "unit" and value[0].isdigit()) or _UK_CODE.match(value)):
            return _Step(Part(piece.start, piece.start + found.end(), kind), left=True, right=False, line=piece.line)
    found = _PLACES.match(value)
    if found and value[found.end() : found.end() + 1] in {" ", "."}:
        return _Step(Part(piece.start, piece.start + found.end(), "begun"), left=True, right=False, line=piece.line)
    return None


def _head(piece: _Piece, value: str) -> _Step | None:
    """A piece that ends with the first part of an address: a house, a flat, a street without number."""
    found = _WAY_AT_END.search(value)
    if found:
        return _Step(Part(piece.start + found.start(), piece.end, "way"), left=False, right=True, line=piece.line)
    found = _HEADS.search(value)
    if found:
        kind = "place" if value[found.start()].isupper() and not _UNITS.fullmatch(found[0]) else "unit"
        return _Step(Part(piece.start + found.start(), piece.end, kind), left=False, right=True, line=piece.line)
    found = _NUMBER_AT_END.search(value)
    if found:
        return _Step(Part(piece.start + found.start(), piece.end, "number"), left=False, right=True, line=piece.line)
    return None


_WAY_AT_END: Final = regex.compile(rf"(?<!\p{{L}})(?:{_ROMANCE_WORDS}\s{_STREET_NAME}|(?:{_CAP}\s){{1,4}}{_EN_WORDS})$", _FLAGS)
_NUMBER_AT_END: Final = regex.compile(r"(?<=\s)\d{1,4}(?:\s?(?:bis|ter|[a-zA-Z]))?$", _FLAGS)


def _chains(text: str) -> Iterator[list[_Step]]:
    """Runs of parts with nothing else between them."""
    chain: list[_Step] = []
    for piece in _pieces(text):
        step = _step(text, piece)
        joined = bool(chain) and chain[-1].right and not piece.hard and step is not None and step.left
        if not joined:
            yield from _ended(chain, text)
            chain = []
        if step is not None:
            chain.append(step)
    yield from _ended(chain, text)


def _ended(chain: list[_Step], text: str) -> Iterator[list[_Step]]:
    """The chain, with streets and their numbers made one, cut before each second street whose address is whole already."""
    part: list[_Step] = []
    for step in _joined(chain, text):
        kinds = {one.part.kind for one in part}
        if step.part.kind in {"street", "box"} and kinds & {"street", "box"} and kinds & {"town", "code"}:
            yield part
            part = []
        part.append(step)
    if part:
        yield part


def _joined(chain: list[_Step], text: str) -> list[_Step]:
    """`chain` with `7, impasse du Moulin` and `Plaza de España, 3` as one step each."""
    steps: list[_Step] = []
    for step in chain:
        last = steps[-1] if steps else None
        if step.part.kind == "street" and steps and steps[-1].part.kind in {"street", "unit", "box"} and _TOWNS.fullmatch(text, step.part.start, step.part.end):
            step = _Step(replace(step.part, kind="town"), step.left, step.right, step.line)  # noqa: PLW2901 - `23669 Timmendorfer Strand`
        pair = (last.part.kind if last else "", step.part.kind)
        if last is not None and pair in {("number", "way"), ("way", "number")} and not (step.line and pair[0] == "number"):
            steps[-1] = _Step(Part(last.part.start, step.part.end, "street"), last.left, step.right, last.line)
        else:
            steps.append(step)
    return steps


def _address(chain: list[_Step], text: str, is_city: Callable[[str], bool]) -> tuple[int, int] | None:
    kinds = [step.part.kind for step in chain]
    streets = [place for place, kind in enumerate(kinds) if kind in {"street", "box"}]
    towns = [place for place, kind in enumerate(kinds) if kind in {"town", "code"}]
    if not streets and not towns:
        return None
    if not streets and not any(_is_strong(text, chain[place].part, is_city) for place in towns):
        return None
    before = [place for place, kind in enumerate(kinds) if kind in {"maybe", "way"} and place < towns[-1]] if towns else []
    anchor = (streets or before or towns)[0]
    if not streets and not before and chain[anchor].line and anchor and kinds[anchor - 1] in {"any", "place"} and not chain[anchor - 1].line:
        return None
    if streets and anchor and kinds[anchor - 1] == "town" and not chain[anchor].line:
        # `55118 Mainz, Boppstraße 44`
        return chain[anchor - 1].part.start, chain[anchor].part.end
    first = _first(chain, text, anchor)
    last = _last(chain, text, anchor, is_city)
    if not streets and first == towns[-1]:
        return None
    return chain[first].part.start, chain[last].part.end


def _is_strong(text: str, part: Part, is_city: Callable[[str], bool]) -> bool:
    """Whether the town's code is of a kind that hardly stands for anything else, or the town is known."""
    value = text[part.start : part.end]
    if _STRONG_TOWN.match(value):
        return True
    town = _TOWN_NAME.search(value)
    return town is not None and is_city(town[0])


_TOWN_NAME: Final = regex.compile(rf"(?<=\d\s){_PLACE}$|^{_PLACE}(?=,?\s)", _FLAGS)


def _first(chain: list[_Step], text: str, anchor: int) -> int:
    """The part that the address begins with."""
    first, sure = anchor, chain[anchor].part.kind in {"street", "box", "maybe"}
    for place in range(anchor - 1, -1, -1):
        step = chain[place]
        value = text[step.part.start : step.part.end]
        unit = step.part.kind in {"unit", "number", "way"}
        # What stands on a line above without a word for a house is somebody's name.
        above = any(later.line for later in chain[place + 1 : first + 1])
        house = step.part.kind in {"place", "unit"} and bool(_HOUSE_WORD.search(value) or value.startswith("The "))
        named = step.part.kind == "place" and not sure and not above
        if not unit and not house and not named:
            break
        first, sure = place, sure or (unit and step.part.kind == "unit")
    return first


def _last(chain: list[_Step], text: str, anchor: int, is_place: Callable[[str], bool]) -> int:
    """The part that the address ends with: the last code, country or unit; a place only before one, or if it is a known town."""
    last = anchor
    over = chain[anchor].part.kind in {"town", "code"}
    for place in range(anchor + 1, len(chain)):
        part, step = chain[place].part, chain[place]
        ends = part.kind in {"town", "code"}
        if (ends and not over) or part.kind == "country":
            last, over = place, over or ends
        elif over:
            following = chain[place + 1].part.kind if place + 1 < len(chain) else ""
            if part.kind in {"place", "begun"} and not step.line and place == last + 1 and is_place(text[part.start : part.end]):
                last = place
            elif not (part.kind == "place" and following == "country"):
                break
        elif part.kind in {"unit", "number", "box"}:
            last = place
        elif part.kind in {"place", "begun"} and not step.line and is_place(text[part.start : part.end]):
            last = place
        elif part.kind == "any" and place - last > 1:
            break
    return last
