"""What the parts of a mailing address look like, in the countries whose languages are read."""

from typing import Final

import regex

from identifiers.regexes import kept_regex

_FLAGS: Final = regex.VERSION1
# A house number: 12, 12a, 12-14, 33/7, 118-III, 27/B, 1208 B
_NUMBER: Final = (
    r"\d{1,5}(?:[a-z](?=/\d))?(?:\s?[-–/]\s?(?:\d{1,5}|[IVX]{1,4}\b|[A-Za-z]\b)){0,2}(?:\s?[A-Za-z](?![\p{L}\d.']))?(?:\s?(?:bis|ter|quater|hs|"
    r"huis|rood|zw|I{1,3}|IV)\b)?(?:\s[A-Z]\d{0,2}(?![\p{L}\d.'])|\s\d{1,2}(?=,\s\d{4}))?(?![.,]\d\d(?!\d))"
)
_NO: Final = rf"(?:[nN]\.?\s?[º°o]\.?\s?|[nN]r?\.\s?|\#\s?|núm\.?\s|num\.?\s|Nr\s)?(?:{_NUMBER}|\d{{1,2}}\.\d{{3}}(?!\d))"
_CAP: Final = (
    r"(?:(?:St|Ste|Sta|Sto|Mt|Ft|Co|Burg|Ds|Mgr|Past|Joh|Dr|Prof|Gral|Gen|Cap|Cel|Mal|Eng|Pres|Mons|Fr|S|D|A|J|F|M|P|R|G)\.|"
    r"\p{Lu}[\p{L}\p{M}'’]*(?:-[\p{L}\p{M}'’]+)*)"
)
_SMALL: Final = (
    r"(?:di|a|ai|auf|bij|aan|bajo|al|alla|nel|nell['’]|sull['’]|sulla|of|the|on|upon|and|in|le|la|les|lès|sur|sous|de|du|des|da|"
    r"do|das|dos|los|las|del|della|dei|delle|degli|dell'|d'|l'|en|y|e|et|van|den|der|dem|das|het|el|ter|ten|op|aan|bei|ob|am|im|an|zu|zur|zum|von|vom|y)"
)
_PLACE: Final = rf"(?:['’]s[ -]|['’]t[ ]|[ldLD]['’])?{_CAP}(?:(?:[ -]|\sa\.\s)(?:{_SMALL}(?:[ -]|(?<=['’])))*(?:[ldLD]['’])?{_CAP}){{0,4}}"
_EAST: Final = r"(?:[NSEW]|NE|NW|SE|SW|North|South|East|West)\.?"
_EN_TITLE: Final = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Way|Court|Ct|Place|Pl|Square|Sq|Terrace|Crescent|Cres|Gardens|"
    r"Grove|Hill|Row|Mews|Walk|Quay|"
    r"Boulevard|Blvd|Parkway|Pkwy|Highway|Hwy|Trail|Circle|Cir|Plaza|Wharf|Rise|Parade|Esplanade|Alley|Yard|Green|Gate|Loop|"
    r"Run|Ridge|Strand|Path|Bend|Crossing|"
    r"Turnpike|Pike|Vale|View|Park|Croft|Passage|Chase|Dene|Glebe|Garth|Mount|Orchard|Meadows?|Brow|Spur|Link|Causeway|"
    r"Arcade|Promenade|Wynd|Brae|Course|Concourse|Plz|Ter|Hts|Fold|Drove|Lawn|Lawns|Villas|Marg|Nagar|Cross|Main|Broadway|"
    r"Embankment|Side|Bank|End|Heights|Point|Landing|Hollow)"
)
# As they stand in sentences, and in capitals.
_EN_WORDS: Final = rf"(?:{_EN_TITLE}|{_EN_TITLE.upper()})"
_EN_UNIT: Final = r"(?:,?\s(?:Apt|APT|Ste|STE|Suite|SUITE|Unit|UNIT|Rm|RM|Fl|FL|\#)\.?\s?\#?[A-Z\d]{1,5}(?![\p{L}\d]))?"
_EN_FLAT: Final = r"(?:(?i:flat|unit|suite|level|apt\.?|shop)\s\d{1,4}[A-Z]?(?:,?\s|/(?=\d)))"
_EN_STREET: Final = (
    rf"(?:{_NUMBER}\s(?i:(?:state|us|county|township)\s(?:highway|hwy|route|rte|road|rd)\s)\d{{1,4}}\b|"
    rf"{_NUMBER}\s[NSEW]\.?\s\d{{2,5}}\s[NSEW]\b\.?|"
    rf"{_EN_FLAT}?(?:\d{{1,4}}[A-Z]/)?{_NUMBER},?\s(?:{_EAST}\s)?(?:(?:{_CAP}|\d{{1,3}}(?i:st|nd|rd|th)|of|the|and|de|"
    rf"la)\s){{1,4}}{_EN_WORDS}\b\.?(?:\s(?:{_EAST}|Central|Lower|Upper)(?![\p{{L}}]))?{_EN_UNIT}"
    rf"|{_NUMBER},?\s(?i:(?:[nsew]\.?\s)?(?:avenue|av|broadway|(?:state\s|us\s|county\s)?(?:highway|hwy|route|rte|road|"
    rf"rd))\s)(?:{_CAP}|\d{{1,4}})|{_NUMBER}\s(?:{_EAST}\s)?(?:The\s)?(?:Broadway|Strand|Mall|Cloisters|Maltings)\b)"
)
_DE_STREET: Final = (
    rf"(?:(?:\d{{1,2}}e\s)?(?:{_CAP}[\s-](?:(?:van|von|de|der|den|het|'t|ter|ten|te|zu|zum|zur|und|en)\s){{0,2}}){{0,4}}(?:\p{{Lu}}[\p{{L}}-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|(?<![eu])ring|damm|ufer|steig|"
    rf"stieg|graben|kai|gürtel|zeile|twiete|promenade|plantsoen|oever|straatje|pleintje|laantje|markt|hof|wall|chaussee|pfad|berg|tor|feld|kamp|brücke|laan|straat|plein|gracht|kade|singel|dijk|steeg|"
    rf"dreef|hof|pad|dam|burgwal|markt|boulevard|baan|STRASSE|STRAßE|STR\.|PLATZ|GASSE|STRAAT|LAAN|ALLEE|WEG)"
    rf"|(?<=\p{{L}}[\s-])(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|Reihe|Markt|Graben|Chaussee|Steig|"
    rf"STRASSE|GASSE|PLATZ|Straat|Laan|Plein|Gracht|Kade|Singel|Dijk|Wal|Hof))\s{_NUMBER}"
    rf"|(?:Laan|Weg|Allee|Kade)\svan\s(?:de\s|der\s|den\s|het\s)?{_CAP}(?:[\s-]{_CAP}){{0,2}}\s{_NUMBER})"
)
_ROMANCE_WORDS: Final = (
    r"(?i:calle|c/|carrer|avinguda|plaça|passeig|praza|avenida|avda?\.?|paseo|pº|plaza|pza\.?|plza\.?|camino|carretera|ctra\.?|ronda|travesía|glorieta|rambla|"
    r"callejón|calzada|pasadizo|acceso|cuesta|vial|c\.(?=\sde)|cañada|cra\.?|kr\.?|cl\.|carrera|diagonal|pasaje|jirón|jr\.|urb\.|urbanización|"
    r"rue|boulevard|bd\.?|blvd\.?|avenue|av\.?|chemin|impasse|allée|allee|place|cours|quai|route|passage|faubourg|montée|"
    r"sentier|square|esplanade|venelle|ruelle|résidence|"
    r"bv\.?|gran\svía|rúa|costanera|autopista|rua|R\.|travessa|tv\.|largo|praça|pç\.|praceta|alameda|al\.|estrada|est\.|"
    r"rodovia|rod\.|beco|calçada|ladeira|quinta|caminho|viela|vereda|viaduto|passarela|trevo|recanto|chácara|sítio|fazenda|condomínio|"
    r"loteamento|residencial|conjunto|colônia|núcleo|setor|quadra|favela|feira|aeroporto|distrito|estação|jardim|morro|"
    r"via|v\.le|l\.go|viale|piazza|p\.zza|corso|c\.so|vicolo|piazzale|strada|contrada|c\.da|borgo|lungomare|lungotevere|lungarno|"
    r"salita|fondamenta|campo|località|loc\.|frazione|fraz\.|strada\sstatale|calata|traversa|rotonda|incrocio|canale|stretto|vico)"
)
_MONTHS: Final = (
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|janeiro|fevereiro|março|maio|"
    r"junho|julho|setembro|outubro|novembro|dezembro"
)
_STREET_NAME: Final = (
    rf"(?:(?:{_SMALL}\s|[dlDL]['’]|dell['’]|(?:{_CAP}|\d{{1,4}}(?:\.?[ºªo]\.?)?)[\s-]){{0,6}}(?:{_CAP}|\d{{1,4}}(?:\sde\s(?i:{_MONTHS}))?))"
)
_ROMANCE_UNIT: Final = (
    r"(?:\s(?i:appartamento|piano|interno|scala|apt\.?|apto\.?|piso|puerta|bloque|esc\.?|appt\.?|bât\.?)\s[A-Z\d]{1,4}(?![\p{L}\d]))?"
)
_ROMANCE_STREET: Final = (
    rf"(?:(?<!\p{{L}}){_ROMANCE_WORDS}(?:\s|(?<=[./º])){_STREET_NAME}(?:,?\s{_NO}(?!,\d\d)|,?\s(?:s/n|s\.n\.c|s\.n|snc)\b\.?){_ROMANCE_UNIT}"
    rf"|(?<!\p{{L}})(?:{_CAP}[\s-]){{1,3}}(?i:kalea|etorbidea|enparantza|zeharkalea)\s{_NO}"
    rf"|{_NUMBER},?\s{_ROMANCE_WORDS}\s{_STREET_NAME}|(?:SQ[SN]W?|SH[IC][SN]|CL[SN]|Q[ILNRS][A-Z]?|S[CBD][SN]|SGA[SN])\s\d{{1,4}}"
    rf"(?:\s(?:Bloco|Bl\.?|Conjunto|Conj\.?|Lote|Casa|ap\.?|apto\.?|sala)\s[A-Z\d]{{1,4}}(?![\p{{L}}\d])){{0,3}})"
)
_BOX: Final = (
    r"(?i:P\.?\s?O\.?\s?Box|GPO\sBox|Private\sBag|Postfach|Postbus|Apartado(?:\s(?:de\scorreos|postal))?|Boîte\spostale|"
    r"Post\sOffice\sBox|B\.?P\.?|C\.P\.|Caixa\spostal|Casella\spostale|Apdo\.(?:\sde\scorreos)?)\s(?:n\.?[º°]\s)?\d[\d\s]{0,7}\d(?:-\d{4,5})?|"
    r"(?i:P\.?\s?O\.?\s?Box|Postfach|Postbus|BP|Apartado|Caixa\sPostal)\s\d{1,6}(?:-[A-Z])?|(?:CS|TSA)\s\d{5}|"
    r"(?:PSC|CMR)\s\d{2,5}(?:\sBox\s\d{1,5})?|Unit\s\d{2,5}\sBox\s\d{1,5}"
)
_UK: Final = r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
_US_STATE: Final = (
    r"(?:A[AEKLPRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|PR|GU|MP|AS|PW|FM|MH|"
    r"Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|"
    r"Indiana|Iowa|Kansas|Kentucky|Louisiana|"
    r"Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New\s(?:Hampshire|Jersey|"
    r"Mexico|York)|North\s(?:Carolina|Dakota)|"
    r"Ohio|Oklahoma|Oregon|Pennsylvania|Rhode\sIsland|South\s(?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|Virginia|"
    r"Washington|West\sVirginia|Wisconsin|Wyoming)"
)
_AU_STATE: Final = r"(?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT)"
_CODE_BEHIND: Final = (
    rf"(?:{_UK}|{_US_STATE}\.?\s\d{{5}}(?:-\d{{4}})?|(?:(?:ON|QC|BC|AB|MB|SK|NS|NB|NL|PE|YT|NT|NU)\s|"
    rf"\(?\p{{Lu}}\p{{L}}+\)?\s)?[A-Z]\d[A-Z]\s?\d[A-Z]\d"
    rf"|(?:Dublin|Cork|Galway)\s\d{{1,2}}\b|{_AU_STATE},?\s\d{{4}}|"
    rf"[ACDEFHKNPRTVWXY]\d[\dW]\s?[A-Z\d]{{4}}|\d{{6}}|\d{{3}}\s\d{{3}}|\d{{4,5}}(?![\d/.:-]\d)|\d{{5}}-\d{{3,4}}|"
    rf"[A-Z]{{2,3}}\s?\d{{4}})"
)
_CODE_BEFORE: Final = (
    r"(?:\d{7,8}|(?:[A-Z]{1,2}-)?\d{5}|(?:[A-Z]{1,2}-)?\d{4}(?:\s?[A-Z]{2}(?![\p{L}]))?|\d{4}-\d{3}|\d{5}-?\d{3}|\d{2}-\d{3}|"
    r"\d{3}\s\d{2}|[A-Z]\d{4}(?:[A-Z]{3})?|[A-Z]\d[A-Z]\s\d[A-Z]\d|(?i:CEP|CAP|CP|C\.P\.)\s\d[\d.-]{3,9}\d)"
)
# A postal code by itself that other numbers hardly are.
BARE_CODE: Final = kept_regex(r"\d{5}-\d{3}|\d{4}-\d{3}|\d{5}", _FLAGS)
_REGION: Final = (
    r"(?:\s?\([\p{Lu}][\p{L}\s'.-]{1,24}\)|\s[A-Z]{2}(?![\p{L}\d])|\s?[-–/]\s?[A-Z]{2}(?![\p{L}\d])|\s(?:CEDEX|Cedex|"
    r"cedex)(?:\s\d{1,2})?|\s1er\b|\s\d{1,2}e\b|\s[aib]\.\s?(?:d\.\s?)?\p{Lu}\p{L}{0,8}\.?|\s\d{1,2}(?=\s*(?:[,\n]|$|\.(?:\s|$))))"
)
_UNIT: Final = (
    r"(?:(?i:flat|erf|blk\.?|door\sno\.?|h/no\.?|parcela|halle|gate|hof|rear|apt\.?|apartment|unit|suite|ste\.?|room|rm\.?|"
    r"floor|fl\.?|level|lot|stand|plot|block|bldg\.?|building|shop|stall|studio|penthouse|basement|ground\sfloor(?:\sflat)?|"
    r"(?:first|second|third|top|upper|lower)\sfloor(?:\sflat)?|flat\s\p{L}|"
    r"c/[o-]|p/a|care\sof|"
    r"portal|piso|planta|pta\.?|puerta|esc\.?|escalera|bloque|blq\.?|bajos?|ático|dto\.?|depto\.?|dpto\.?|departamento|"
    r"sobrado|apto\.?|ap\.?|apartamento|armazém|galpão|nave|chalet|capannone|hangar|lotto|lt\.?|succ\.|z\.\s?i\.|opp\.?|p\.(?=\s?\d)|"
    r"oficina|of\.|local|interior|int\.?|manzana|mz\.?|lote|torre|edificio|casa|col\.|colonia|"
    r"barrio|urb\.|"
    r"bâtiment|bât\.?|bat\.?|appt?\.?|app\.|appartement|étage|escalier|porte|résidence|bte|boîte|imm\.?|immeuble|chez|îlot|"
    r"tranche|villa|lieu-dit|lieudit|quartier|villa|maison|"
    r"bloco|bl\.|andar|sala|conjunto|conj\.?|cj\.?|km|fração|sobreloja|cave|fundos|r/c|lote|lj\.?|loja|"
    r"presso|pal\.|sc\.|scala|interno|int\.|piano|palazzina|edificio|"
    r"hinterhaus|vorderhaus|hh|vh|rgb|qg|seitenflügel|haus|zimmer|wohnung|whg\.?|aufgang|eg|dg|stiege|top|tür|"
    r"\d{1,2}\s?[.°ºª]?\s?(?:og|stock|etage|hh|piano|andar|floor|étage|eg|fl|piso)|\d{1,2}(?:st|nd|rd|th)\sfl(?:oor)?\.?|"
    r"huis|bus|bis|verdieping|kamer)(?![\p{L}])[^,\n;:|()]{0,40}"
    r"|\d{1,2}\.?\s?[ºª°o]\.?(?:\s?\p{L}{1,5}\.?|\s?\d{1,2}\.?)?(?![\p{L}])|\d{1,2}\.[ºªo°]\s?[^,\n;:|()]{0,12}|"
    r"\#\s?\w{1,6}|\d{1,2}/F|(?:R\.?\s?R\.?|HC|RD|Rural\sRoute|Route)\s\d{1,3}(?!\d)|Box\s\d{1,5}|(?i:n\.?\s?[º°]|núm\.?)\s?\d{1,5}\w?|(?:esq|dto|frente|izq|izda|dcha|dir|fte)\b\.?)"
)
_COUNTRY: Final = (
    r"(?i:USA|U\.S\.A\.|United\sStates(?:\sof\sAmerica)?|UK|U\.K\.|United\sKingdom|Great\sBritain|England|Scotland|Wales|"
    r"Northern\sIreland|Ireland|Éire|Canada|Australia|New\sZealand|India|South\sAfrica|Nigeria|Kenya|Ghana|Singapore|"
    r"Deutschland|Germany|Österreich|Austria|Schweiz|Switzerland|Suisse|Svizzera|Liechtenstein|Luxembourg|Luxemburg|France|"
    r"Frankreich|Belgique|België|Belgium|Belgien|Nederland|Netherlands|The\sNetherlands|Pays-Bas|Niederlande|"
    r"España|Spain|Espagne|Portugal|Italia|Italy|Italie|Italien|Brasil|Brazil|México|Mexico|Argentina|Chile|Colombia|Perú|"
    r"Uruguay|Ecuador|Venezuela|Bolivia|Paraguay|Costa\sRica|Sénégal|Maroc|Algérie|Tunisie|Côte\sd['’]Ivoire|Cameroun|Mali|"
    r"Burkina\sFaso|"
    r"Angola|Moçambique|Cabo\sVerde|Suriname|Polska|Poland|Danmark|Denmark|Sverige|Sweden|Norge|Norway|Suomi|Finland|Ísland|"
    r"Iceland|Türkiye|Turkey|Greece|Japan|China|San\sMarino|Curaçao|Aruba)"
)
_SHORT: Final = (
    r"(?<!\b(?:apto|dto|depto|dpto|izda|dcha|pta|esc|int|appt|bat|bât|conj|prof|str|staffs|wilts|hants|bucks|lancs|ave|blvd|"
    r"plza|avda|ctra|urb|blq|bldg|geb|whg|spett|gral|núm|num))"
)
CUT: Final = kept_regex(
    rf"(?<!\d),(?!\s\d{{4}}(?!\d))|,(?!\d\d(?!\d)|\s\d{{4}}(?!\d))|(?<!\b{_AU_STATE}),|[?!](?=\s|$)|[\n;:|•\t\"“”«»]|\s[-–—]\s|\(the\s|(?<=\d\d|\d[A-Z][A-Z])\.(?=\s\p{{Lu}}|\s*$)|"
    rf"(?<=\p{{L}}\p{{Ll}}{{3}}){_SHORT}\.(?=\s[^\d\s]|\s*$)|\s{{3,}}|(?<=\d{{4}})\s(?-i:to|and|und|nach|naar|bis|y|a|e|et|à)\s(?=\d)",
    _FLAGS | regex.IGNORECASE,
)
TWO_NUMBERS: Final = kept_regex(r"\d.*\p{L}.*\d", _FLAGS)
# What every address has: a digit, or the words for "without a number".
NUMBERED: Final = kept_regex(r"(?i)\d|s/n|s\.n\.c|snc", _FLAGS)
_WAY: Final = kept_regex(rf"(?:{_ROMANCE_WORDS}\s{_STREET_NAME}|(?:{_CAP}\s){{1,4}}{_EN_WORDS})(?!\p{{L}})", _FLAGS)
_ALONE: Final = kept_regex(rf"(?:{_NO}{_ROMANCE_UNIT}|s/n|s\.n\.c?|snc|SNC)\.?", _FLAGS)
# `12 Amanda Pine Apt. 440`, `Level 7 2 Jamie Ramp`: a street where a town follows.
_NUMBERED_NAME: Final = rf"{_EN_FLAT}?{_NUMBER},?[ ](?:(?:{_CAP}|of|the)[ ]){{0,3}}{_CAP}{_EN_UNIT}"
MAYBE: Final = kept_regex(
    rf"(?:(?:{_CAP}[ -]|{_SMALL}[ -]){{0,4}}{_CAP}[ ]{_NUMBER}(?:[ ]?bis)?|{_NUMBERED_NAME}|{_NUMBER},?[ ](?:\p{{Ll}}+[ ]|{_CAP}[ ]|"
    rf"{_SMALL}[ ]){{0,4}}{_CAP})",
    _FLAGS,
)
_MAYBE_AT_END: Final = rf"(?<=[\s(])(?:(?:{_CAP}[ -](?:(?:{_CAP}|{_SMALL})[ -]){{0,4}})?{_CAP}[ ]{_NUMBER}(?:[ ]?bis)?|{_NUMBERED_NAME})$"
MAYBE_AT_END: Final = kept_regex(_MAYBE_AT_END, _FLAGS)
ENDS_AS_MAYBE: Final = kept_regex(_MAYBE_AT_END, _FLAGS | regex.REVERSE)
ANYTHING: Final = kept_regex(r"[\p{L}\d][\p{L}\p{M}\d .'’/&ªº-]{0,28}", _FLAGS)
HEADS: Final = kept_regex(
    rf"(?<=\s)(?:(?i:flat|apt\.?|apartment|unit|suite|room|lot|stand|plot|floor|level|bâtiment|résidence|c/o|"
    rf"lieu-dit)\s[\p{{L}}\d]{{1,12}}|{_PLACE})$",
    _FLAGS,
)
STREETS: Final = kept_regex(rf"(?<![\p{{L}}\d.,/-])(?:{_ROMANCE_STREET}|{_EN_STREET}|{_DE_STREET})(?![\p{{L}}\d])", _FLAGS)
BOXES: Final = kept_regex(rf"(?<![\p{{L}}\d])(?:{_BOX})(?![\p{{L}}\d])", _FLAGS)
TOWNS: Final = kept_regex(
    rf"(?:{_CODE_BEFORE}\s(?:d[aeo]s?\s)?{_PLACE}(?:/{_CAP})?{_REGION}{{0,2}}|{_PLACE}(?:\s\([\p{{Lu}}][\p{{L}}\s]+\)|\s?[-–/]\s?[A-Z]{{2}})?[,\s]\s?{_CODE_BEHIND}|"
    rf"{_CODE_BEHIND}\s{_PLACE})(?![\p{{L}}\d])",
    _FLAGS,
)
CODES: Final = kept_regex(rf"(?:{_CODE_BEHIND}|{_CODE_BEFORE})(?![\p{{L}}\d])", _FLAGS)
UK_CODE: Final = kept_regex(rf"(?:{_UK}|[A-Z]\d[A-Z]\s\d[A-Z]\d|[A-Z]\d\d\s[A-Z\d]{{4}})(?![\p{{L}}\d])", _FLAGS)
# What every street has: a number by itself, as it stands beside the words of one.
HOUSE_NUMBER: Final = kept_regex(
    r"(?i)(?<!\d)\d{1,5}(?:\s?[-–/]|\s?[a-z](?![\p{L}\d.'])|\s?(?:bis|ter|quater|hs|huis|rood|zw)\b|,?\s)"
    r"|\s(?:n\S{0,3}\s?|\#\s?)?\d|s/n|s\.n\.c|snc",
    _FLAGS,
)
UNITS: Final = kept_regex(_UNIT, _FLAGS)
COUNTRIES: Final = kept_regex(_COUNTRY, _FLAGS)
PLACES: Final = kept_regex(
    rf"(?:{_PLACE}(?:\s\d{{1,2}})?(?:\s?\([\p{{Lu}}][\p{{L}}\s]+\))?|D\.\s?C\.|{_PLACE}\s?[/–-]\s?[A-Z]{{2}})(?![\p{{L}}\d])", _FLAGS
)
CORE: Final = ((STREETS, "street"), (BOXES, "box"))
WHOLE: Final = (
    *CORE, (COUNTRIES, "country"), (_ALONE, "number"), (_WAY, "way"), (UNITS, "unit"), (TOWNS, "town"),
    (CODES, "code"), (PLACES, "place"),
)  # fmt: skip
UNNUMBERED: Final = tuple((shape, kind) for shape, kind in WHOLE if kind in {"country", "way", "unit", "place"})
"""Those of them that can do without a number."""
STRONG_TOWN: Final = kept_regex(
    rf".*(?:{_UK}|{_AU_STATE},?\s\d{{4}}(?!\d)|{_US_STATE}\.?\s\d{{5}}(?:-\d{{4}})?|[A-Z]\d[A-Z]\s?\d[A-Z]\d|[ACDEFHKNPRTVWXY]\d[\dW]\s[A-Z\d]{{4}}|(?<!\d)\d{{5}}\s{_PLACE}{_REGION}{{0,2}}|"
    rf"\d{{4}}\s?[A-Z]{{2}}\s{_PLACE}|\d{{4}}-\d{{3}}\s{_PLACE}|\d{{5}}-\d{{3}})",
    _FLAGS | regex.DOTALL,
)
# Rooms of firms, which are no houses.
NO_HOUSE: Final = kept_regex(
    r"(?i)\b(?:services?|claims|department|departamento|comunidad|customer|office|reporting|consulting|partners?|group|team)\b", _FLAGS
)
HOUSE_WORD: Final = kept_regex(
    r"(?i)\b(?:house|cottage|hall|court|building|tower|lodge|granary|mill|farm|barn|mews|estate|park|centre|center|manor|mall|"
    r"apartments|hostel|annexe?|forge|rectory|vicarage|deanery|grange|stables|maltings|mills|yard|bungalow|chalet|plaza|complex|arcade|"
    r"villa|maison|résidence|château|domaine|mas|moulin|ferme|manoir|hameau|clos|parc|halle|zone artisanale|zone industrielle|"
    r"lieu-dit|le bourg|quartier|zona industrial|zona industriale|zone|z\.?i\.?|za|hof|gut|schloss|quinta|finca|cortijo|polígono|pol\. ind|"
    r"caserío|masía|urbanización|parque industrial|centro comercial|barrio|aldea|lugar|bairro|vivenda|monte|sítio|fazenda|loteamento|"
    r"gewerbepark|gewerbegebiet|industriepark|clubheim|vereinsheim|güterschuppen|mühle|pension|wohnheim|campus|"
    r"huize|hoeve|boerderij|villapark|bedrijvenpark|"
    r"lotissement|cité|immeuble|tour|edificio|edifício|conjunto|condomínio|cascina|località|podere|residence|palazzo|palazzina|"
    r"frazione|borgata|masseria|agriturismo)\b"
    r"|^(?:The|Le|Les)\s\p{Lu}",
    _FLAGS,
)
LABEL: Final = kept_regex(
    r"(?i)(?:(?:das\sgrundstück|of|ihre|ihrer|unsere|unser|meine|neue|die|der|das|wohnhaft|anschrift|adresse|lieferadresse|"
    r"rechnungsadresse|adres|adressa|address|dirección|domicilio|morada|endereço|indirizzo|wonende|te|in|nach|at|to|of|from|"
    r"is|we|our|the)\s)(?=\p{Lu}|\d)",
    _FLAGS,
)
_WAY_AT_END: Final = rf"(?<!\p{{L}})(?:{_ROMANCE_WORDS}\s{_STREET_NAME}|(?:{_CAP}\s){{1,4}}{_EN_WORDS})$"
WAY_AT_END: Final = kept_regex(_WAY_AT_END, _FLAGS)
ENDS_AS_WAY: Final = kept_regex(_WAY_AT_END, _FLAGS | regex.REVERSE)
"""Whether there is a way at the end, read from there: told in a tenth of the time."""
NUMBER_AT_END: Final = kept_regex(r"(?<=\s)\d{1,4}(?:\s?(?:bis|ter|[a-zA-Z]))?$", _FLAGS)
# Codes that stand behind the town, so that five digits before a word are a house number and no code.
CODE_BEHIND: Final = kept_regex(
    rf"(?:.*\s)?(?:{_UK}|{_AU_STATE},?\s\d{{4}}|{_US_STATE}\.?\s\d{{5}}(?:-\d{{4}})?|[A-Z]\d[A-Z]\s?\d[A-Z]\d)", _FLAGS
)
TOWN_NAME: Final = kept_regex(rf"(?<=\d\s){_PLACE}$|^{_PLACE}(?=,?\s)", _FLAGS)
# Keys, hashes and the like, in which anything may look like a street.
NO_WORDS: Final = kept_regex(
    r"""[^\s,;]{26,} | [+=_<>{}\[\]] | \w\+\w
    # Amounts, measures, dates: rows of tables.
    | (?<!\d)\d{1,3},\d{3}(?!\d) | \d[.]\d{1,2}(?!\d) | \d,\d\d(?![\d-])
    | (?<!\d|(?i:gasse|straße|strasse|str\.|weg|platz|allee|ring)\s)\d{1,2}/\d{1,2}/\d{2,4}(?!\d)""",
    _FLAGS | regex.VERBOSE,
)
# A flat or a room by its number: what stands between it and a street is the house.
DOOR: Final = kept_regex(
    r"(?i)(?:flat|apt\.?|apartment|unit|suite|room|shop|stall|studio|level|block|blk\.?|lot|stand|plot|erf|door\sno\.?|h/no\.?|c/[o-]|p/a)\s.*\w.*"
    r"|[A-Z]-\d{1,3}|\d{1,2}/F|(?:R\.?\s?R\.?|HC|RD|rural\sroute|route)\s\d{1,3}",
    _FLAGS,
)
# `Am Anger 9` before a town with its code, which by itself could be the ninth quarter of a town.
TOWN_FIRST: Final = kept_regex(rf"\d{{4,5}}\s{_PLACE}", _FLAGS)
ENDS_WITH_NUMBER: Final = kept_regex(r"\p{L}{2}\.?\s\d{1,4}", _FLAGS)
# The state and the code behind it, in Brazil.
STATE: Final = kept_regex(r"[A-Z]{2}", _FLAGS)
# "Without a number", behind the name of a place.
NO_NUMBER: Final = kept_regex(r"(?i:s/n|s\.n\.c?|snc)\.?", _FLAGS)
CODE_LAST: Final = kept_regex(r"\d{5}-\d{3}", _FLAGS)
CODE_FIRST: Final = kept_regex(r"(?:[A-Z]{1,2}-)?\d{4}", _FLAGS)
# Parts of countries that stand behind a town and are in no list of towns.
REGIONS: Final = kept_regex(
    r"(?:Bizkaia|Gipuzkoa|Nafarroa|Euskadi|Catalunya|Castilla\sy\sLeón|Chubut|Misiones|Chaco|(?:Estado|Edo\.)\sde\sMéxico|CDMX|Cundinamarca|"
    r"Atlántico|Región\sMetropolitana|Biobío|Pichincha|Guayas|Oax\.|Jal\.|N\.\s?L\.|Herefordshire|Gwynedd|Powys|Dyfed|Perthshire|"
    r"C(?:o\.|ounty)\s\p{Lu}\p{L}+|Gauteng|KwaZulu-Natal|République\s(?:du|démocratique\sdu)\sCongo|La\sRéunion|Fryslân|Südtirol|"
    r"Bogotá,?\sD\.\s?C\.?|D\.\s?C\.|Oberösterreich|Niederösterreich|Alto\sAdige)",
    _FLAGS,
)
INITIAL: Final = kept_regex(r"\p{Lu}\.\s", _FLAGS)
# An amount behind it: a line of a bank's list.
AMOUNT: Final = kept_regex(r"[ \t]+[-+€$£]?\s?\d{1,3}(?:[.,]?\d{3})*[.,]\d{2}(?!\d)", _FLAGS)
# What stands before the house of whom it is: `Delia Fanshawe of Pear Tree Cottage`.
OWNER: Final = kept_regex(
    r"\p{Lu}[^,\n]*?\sof\s(?=(?:The\s)?\p{Lu}[^,\n]*\b(?:Cottage|House|Farm|Hall|Rectory|Lodge|Barn|Grange|Villa)\b)", _FLAGS
)
# With whom somebody lives: part of an address only when more follows.
WITH: Final = kept_regex(r"(?i)(?:presso|chez)\s", _FLAGS)
