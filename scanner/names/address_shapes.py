"""What the parts of a mailing address look like, in the countries whose languages are read."""

from typing import Final

import regex

from identifiers.regexes import kept_regex

_FLAGS: Final = regex.VERSION1
# A house number: 12, 12a, 12-14, 33/7, 118-III, 27/B, 1208 B
_NUMBER: Final = (
    r"\d{1,5}(?:[a-z](?=/\d))?(?:\s?[-–/]\s?(?:\d{1,5}|[IVX]{1,4}\b|[A-Za-z]\b)){0,2}(?:\s?[A-Za-z](?![\p{L}\d.'/]))?(?:[\s/-]?(?:bis|"
    r"ter|quater|hs|"
    r"huis|rood|zw|I{1,3}|IV|\d?hoog)\b)?(?:\s[A-Z]\d{0,2}(?![\p{L}\d.'])|\s\d{1,2}(?=,\s\d{4}))?(?![.,]\d\d(?!\d))"
)
_NO: Final = (
    rf"(?:(?:[nN]\.?\s?[º°o]\.?\s?|[nN]r?\.\s?|\#\s?|núm\.?\s|num\.?\s|Nr\s|[Nn]úmero\s|[NSEO](?=\d))?(?:{_NUMBER}|"
    rf"\d{{1,2}}\.\d{{3}}(?!\d))|"
    r"(?i:km|quilómetro|kilómetro|pk)\.?\s?\d{1,4}(?:[.,]\d{1,3})?(?!\d))"
)
_CAP: Final = (
    r"(?:(?:St|Ste|Sta|Sto|Mt|Ft|Co|Burg|Ds|Jhr|Jkvr|Mr|Mgr|Past|Joh|Dr|Dra|Prof|Gral|Gen|Cap|Cel|Mal|Mcal|Gdor|Gob|Pte|Pdte|Cnel|Tte|"
    r"Alm|Ing|Lic|Pol|Ind|"
    r"Eng|Des|Ver|Sen|Pres|Mons|Fr|A|D|F|[G-Z]|(?:\p{Lu}\.){1,2}\p{Lu})\.|"
    r"\p{Lu}[\p{L}\p{M}'’]*(?:[-–](?=\p{L})[\p{L}\p{M}'’]+)*)"
)
_SMALL: Final = (
    r"(?:di|a|ai|auf|bij|aan|bajo|al|alla|nel|nell['’]|sull['’]|sulla|of|the|on|upon|and(?!\sthe)|in|le|la|les|lès|sur|sous|de|du|des|da|"
    r"do|das|dos|los|las|del|della|dei|delle|degli|dell'|d'|l'|en|y|e|et|van|den|der|dem|das|het|el|ter|ten|op|aan|bei|ob|am|im|an|zu|"
    r"zur|zum|von|vom|y)"
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
    rf"(?:(?:[NSEW]\d{{2,4}}|[NSEW]\d{{2,3}}\s?[NSEW]\d{{2,5}}|U\d{{1,3}}/\d{{1,4}})\s(?:{_CAP}\s){{1,3}}(?:{_EN_WORDS}|[A-Z]{{1,2}})\b|"
    rf"(?i:corner\sof|cnr\.?(?:\sof)?)\s(?:{_CAP}\s){{1,3}}(?:&|and)\s(?:{_CAP}\s){{1,3}}(?:{_EN_WORDS}s?)\b|"
    rf"{_NUMBER}\s(?i:(?:state|us|county|township)\s(?:highway|hwy|route|rte|road|rd)\s)\d{{1,4}}\b|"
    rf"{_NUMBER}\s[NSEW]\.?\s\d{{2,5}}\s[NSEW]\b\.?|"
    rf"(?:No\.\s)?{_EN_FLAT}?(?:\d{{1,4}}[A-Z]/)?{_NUMBER},?\s(?:{_EAST}\s)?(?:(?:{_CAP}|\d{{1,3}}(?i:st|nd|rd|th)|of|the|and|de|"
    rf"la)\s){{1,4}}{_EN_WORDS}\b\.?(?:\s(?:{_EAST}|Central|Lower|Upper)(?![\p{{L}}]))?{_EN_UNIT}"
    rf"|{_NUMBER},?\s(?i:(?:[nsew]\.?\s)?(?:avenue|av|broadway|(?:state\s|us\s|county\s)?(?:highway|hwy|route|rte|road|"
    rf"rd))\s)(?:{_CAP}|\d{{1,4}})|{_NUMBER}\s(?:{_EAST}\s)?(?:The\s)?(?:Broadway|Strand|Mall|Cloisters|Maltings)\b)"
)
_DE_STREET: Final = (
    rf"(?:(?:Straße|Platz)\s(?:des|der)\s(?:\d{{1,2}}\.\s)?{_CAP}(?:\s{_CAP})?\s{_NUMBER}|(?:\d{{1,2}}e\s)?(?:{_CAP}[\s-](?:(?:van|von|"
    rf"de|der|den|het|'t|ter|ten|te|zu|zum|zur|und|en)\s){{0,2}}){{0,4}}(?:\p{{Lu}}[\p{{L}}-]*(?:straße|strasse|str\.|weg|platz|allee|"
    rf"gasse|(?<![eu])ring|damm|ufer|steig|"
    rf"stieg|graben|kai|gürtel|zeile|twiete|promenade|plantsoen|oever|straatje|pleintje|laantje|markt|hof|wall|chaussee|pfad|berg|tor|"
    rf"feld|kamp|brücke|laan|straat|plein|gracht|kade|singel|dijk|steeg|"
    rf"dreef|hof|pad|dam|burgwal|markt|boulevard|baan|STRASSE|STRAßE|STR\.|PLATZ|GASSE|STRAAT|LAAN|ALLEE|WEG)"
    rf"|(?<=\p{{L}}[\s-])(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|Reihe|Markt|Graben|Chaussee|Steig|"
    rf"STRASSE|GASSE|PLATZ|Straat|Laan|Plein|Gracht|Kade|Singel|Dijk|Wal|Hof))\s{_NUMBER}"
    rf"|(?:Laan|Weg|Allee|Kade)\s(?:van|naar|over)\s(?:de\s|der\s|den\s|het\s)?{_CAP}(?:[\s-]{_CAP}){{0,2}}\s{_NUMBER})"
)
_ROMANCE_WORDS: Final = (
    r"(?i:calle|c/(?!C\b)|carrer|avinguda|plaça|passeig|praza|avenida|avda?\.?|paseo|pº|plaza|pza\.?|plza\.?|camino|carretera|ctra\.?|"
    r"ronda|travesía|glorieta|rambla|"
    r"callejón|calzada|pasadizo|acceso|pje\.?|crta\.?|cno\.|rda\.?|bda\.?|ptda\.?|partida|ul\.|ulica|urbanização|transversal|transv\.|tr\.|"
    r"privada|priv\.|prolongación|prol\.|bulevar|autovía|cerrada|andador|circunvalación|"
    r"periférico|retorno|libramiento|costanilla|corredera|malecón|cantón|senda|sendero|bajada|subida|costera|camí|passatge|travessera|"
    r"baixada|"
    r"torrent|riera|moll|kale|ruta(?:\snacional|\sprovincial)?(?=\s\d)|cuesta|vial|c\.(?=\sde)|cañada|cra\.?|kr\.?|cl\.|carrera|diagonal|"
    r"pasaje|jirón|jr\.|urb\.|urbanización|"
    r"rue|boulevard|bd\.?|blvd\.?|avenue|av\.?|chemin|impasse|allée|allee|place|cours|quai|route|passage|faubourg|montée|"
    r"sentier|square|esplanade|venelle|ruelle|résidence|rond-point|carrefour|promenade|traverse|chaussée|mail|parvis|corniche|voie|"
    r"ch\.|imp\.|pl\.|all\.|hent|straed|straet|(?-i:rang)|drève|levée|allées|"
    r"bv\.?|gran\svía|rúa|costanera|autopista|rua|R\.|travessa|tv\.|largo|praça|pç\.|praceta|alameda|al\.|estrada|est\.|"
    r"rodovia|rod\.|azinhaga|escadinhas|trav\.|lg\.|servidão|rotunda|marginal|beco|calçada|ladeira|quinta|caminho|viela|vereda|viaduto|"
    r"passarela|trevo|recanto|chácara|sítio|fazenda|condomínio|"
    r"loteamento|residencial|conjunto|colônia|núcleo|setor|quadra|favela|feira|aeroporto|distrito|estação|jardim|morro|"
    r"via|v\.le|l\.go|viale|piazza|p\.zza|p\.le|corso|c\.so|vicolo|piazzale|strada|contrada|c\.da|borgo|lungomare|lungotevere|lungarno|"
    r"galleria|ramo|campiello|riva|piazzetta|piazzola|larghetto|stradone|stradella|circonvallazione|banchina|molo|rione|"
    r"rio\sterà|sottoportico|scalinata|discesa|rampa|clivo|"
    r"salita|fondamenta|campo|località|loc\.|frazione|fraz\.|strada\sstatale|calata|traversa|rotonda|incrocio|canale|stretto|vico)"
)
_STREET_SMALL: Final = rf"(?:{_SMALL}|per|sul|sui|agli|au|aux|unter|hinter|onder|achter|over|naar|por|a\sla|ar|an)"
_MONTHS: Final = (
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|janeiro|fevereiro|março|maio|"
    r"junho|julho|setembro|outubro|novembro|dezembro"
)
_STREET_NAME: Final = (
    rf"(?:(?:{_STREET_SMALL}\s|[dlDL]['’]|dell['’]|(?:{_CAP}|\d{{1,4}}(?:\.?[ºªo]\.?)?)[\s-]){{0,6}}"
    rf"(?:{_CAP}|\d{{1,4}}(?:\sde\s(?i:{_MONTHS}))?))"
)
_ROMANCE_UNIT: Final = (
    r"(?:,?\s(?i:appartamento|piano|interno|int\.|scala|apt\.?|apto\.?|ap\.|piso|puerta|bloque|esc\.?|appt\.?|bât\.?|dpto\.?|depto\.?|of\.|"
    r"local|casa|lote|sala|bloco)\s[A-Z\d]{1,5}(?![\p{L}\d]))?"
)
# `esquina Río Negro`, `c/ Bartolomé de las Casas`: the street across; `/Bozner Straße`: the street in the other language of the place.
_ACROSS: Final = rf"(?:,?\s(?:esq\.|esquina|casi|entre|e/|c/|y)\s?(?:{_ROMANCE_WORDS}\s)?{_STREET_NAME}(?:\sy\s{_STREET_NAME})?)?"
_BILINGUAL: Final = rf"(?:\s?[/–-]\s?{_CAP}(?:[\s-]{_CAP}){{0,2}})?"
_ROMANCE_STREET: Final = (
    rf"(?:(?<!\p{{L}}){_ROMANCE_WORDS}(?:\s|(?<=[./º])){_STREET_NAME}{_BILINGUAL}(?:,?\s(?!\d{{5}}\s\p{{Lu}}|"
    rf"\d{{1,2}}\sde\s(?i:{_MONTHS})){_NO}(?!,\d\d)|,?\s(?:s/n|s\.n\.c|s\.n|snc)\b\.?)"
    rf"{_ROMANCE_UNIT}{_ACROSS}"
    rf"|(?<!\p{{L}})(?i:calle|carrera|cra\.?|kra\.?|kr\.?|cll?\.?|diagonal|dg\.?|transversal|tv\.?|avenida|av\.?)\s(?i:calle\s|"
    rf"carrera\s)?\d{{1,3}}\s?[A-Z]{{0,2}}"
    rf"(?i:\sbis)?(?i:\s(?:sur|norte|este|oeste))?\s?(?:\#|[nN][o°º]\.?|-)\s?\d{{1,3}}\s?[A-Z]{{0,2}}(?i:\s(?:sur|norte|este|"
    rf"oeste))?\s?-\s?\d{{1,3}}(?!\d)"
    rf"|(?<!\p{{L}})(?i:calle|c\.)\s\d{{1,3}}\s?[A-Z]?\s(?:(?:[nN]o\.|[nN][º°]|\#)\s?)?\d{{1,4}}(?:-?[A-Z])?\s(?:x|por|entre|"
    rf"e/)\s\d{{1,3}}[A-Z]?(?:\sy\s\d{{1,3}}[A-Z]?)?"
    rf"|(?<![\p{{L}}\d])(?:S\.?P\.?|S\.?S\.?|E\.?N\.?|CV|RN|RD|N|D)[ -]?\d{{1,4}},?\s(?i:km|pk)\.?\s?\d{{1,4}}(?:[.,]\d{{1,3}})?"
    rf"|(?<![\p{{L}}\d])\d{{1,3}}\s?(?:a|ª|ra|da|ta|va|º|°)?\.?\s(?i:calle|avenida|av\.|av|"
    rf"calzada)\s(?:[\"“]?[A-Z][\"”]?\s)?\d{{1,3}}-\d{{1,3}}(?!\d)"
    rf"|(?<!\d\s|\d)\d{{1,2}}\sde\s(?i:{_MONTHS})\s(?!(?:19|20)\d\d\b)\d{{2,5}}(?!\d){_ACROSS}"
    rf"|(?<!\p{{L}})(?:Heol|Ffordd|Lôn|Stryd|Rhodfa|Jalan|Jln\.?|Lebuh|Lorong)\s(?:(?:{_CAP}|\d{{1,3}})[\s]){{0,3}}(?:{_CAP}|"
    rf"\d)[\d/]{{0,6}},?\s{_NO}"
    rf"|(?<!\p{{L}})(?:{_CAP}[\s-]){{1,3}}(?i:kalea|etorbidea|enparantza|zeharkalea)\s{_NO}"
    rf"|{_NUMBER},?\s{_ROMANCE_WORDS}\s{_STREET_NAME}|(?:SQ[SN]W?|SH[IC][SN]|CL[SN]|Q[ILNRS][A-Z]?|S[CBD][SN]|SGA[SN])\s\d{{1,4}}"
    rf"(?:\s(?:Bloco|Bl\.?|Conjunto|Conj\.?|Lote|Casa|ap\.?|apto\.?|sala)\s[A-Z\d]{{1,4}}(?![\p{{L}}\d])){{0,3}})"
)
_BOX: Final = (
    r"(?i:P\.?\s?O\.?\s?Box|GPO\sBox|Private\sBag|Postfach|Postbus|Apartado(?:\s(?:de\scorreos|postal))?|Boîte\spostale|"
    r"Post\sOffice\sBox|B\.?P\.?|C\.P\.|Caixa\spostal|Casella\spostale|"
    r"Apdo\.(?:\sde\scorreos)?)\s(?:n\.?[º°]\s)?\d[\d\s]{0,7}\d(?:-\d{4,5})?|"
    r"(?i:P\.?\s?O\.?\s?Box(?:\s[A-Z]{1,3})?|Postfach|Postbus|(?:\d\d\s)?BP|Apartado|Caixa\sPostal|Locked\sBag|"
    r"Private\sMail\sBag)\s\d{1,6}(?:-[A-Z])?|(?:CS|TSA)\s\d{5}|"
    r"(?:RMB|RSD|CMB)\s\d{1,5}|(?:HC|RR|R\.R\.)\s?\#?\s?\d{1,3},?\s(?:Box|Site)\s\d{1,5}(?:,?\sComp\s\d{1,4})?|"
    r"(?:Postfach|Postbus|[Cc]ase\spostale|Casella\spostale|Fermo\sposta)(?=,?\s\d{4,5}\s\p{Lu})|"
    r"(?:PSC|CMR)\s\d{2,5}(?:\sBox\s\d{1,5})?|Unit\s\d{2,5}\sBox\s\d{1,5}"
)
_UK: Final = r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
_US_STATE: Final = (
    r"(?:A[AEKLPRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|PR|GU|MP|AS|"
    r"PW|FM|MH|"
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
    rf"[ACDEFHKNPRTVWXY]\d[\dW]\s?[A-Z\d]{{4}}|\d{{6}}(?:\s(?:UP|MP|AP|TN|KA|MH|DL|WB|HR|RJ|GJ))?|\d{{3}}\s\d{{3}}|(?!(?:19|"
    rf"20)\d\d(?!\d))\d{{4,5}}(?![\d/.:-]\d)(?:\s(?:UP|MP|AP|TN|KA|MH|DL|WB|HR|RJ|GJ))?|\d{{5}}-\d{{3,4}}|"
    rf"[A-Z]{{2,3}}\s?\d{{4}})"
)
_CODE_BEFORE: Final = (
    r"(?:\d{7,8}|(?:[A-Z]{1,2}-)?\d{5}|(?:[A-Z]{1,2}-)?\d{4}(?:\s?[A-Z]{2}(?![\p{L}]))?|\d{4}-\d{3}|\d{5}-?\d{3}|\d{2}-\d{3}|"
    r"\d{3}\s\d{2}|[A-Z]\d{4}(?:[A-Z]{3})?|[A-Z]\d[A-Z]\s\d[A-Z]\d|(?i:CEP|CAP|CP|C\.\s?P\.)\s\d[\d.-]{3,9}\d)"
)
# A postal code by itself that other numbers hardly are.
BARE_CODE: Final = kept_regex(r"\d{5}-\d{3}|\d{4}-\d{3}|\d{5}", _FLAGS)
_REGION: Final = (
    r"(?:\s?\((?!(?:Ver|Unter)?[Mm]ieter|(?:Ver)?[Kk]äufer|Bailleur|Preneur|Vendeur|Arrendador|Locador|Locatore|Verhuurder|Huurder)"
    r"[\p{Lu}][\p{L}\s'.-]{1,24}\)|\s[A-Z]{2}(?![\p{L}\d])|\s?[-–/]\s?[A-Z]{2}(?![\p{L}\d])|\s(?:CEDEX|Cedex|"
    r"cedex)(?:\s\d{1,2})?|\s1er\b|\s\d{1,2}e\b|\s[aib]\.\s?(?:d\.\s?)?\p{Lu}\p{L}{0,8}\.?|\s\d{1,2}(?=\s*(?:[,\n]|$|\.(?:\s|$))))"
)
_UNIT: Final = (
    r"(?:(?i:flat|erf|blk\.?|door\sno\.?|h/no\.?|parcela|halle|gate|hof|rear|apt\.?|apartment|unit|suite|ste\.?|room|rm\.?|"
    r"floor|fl\.?|level|lot|stand|plot|block|bldg\.?|building|shop|stall|studio|penthouse|basement|ground\sfloor(?:\sflat)?|"
    r"(?:first|second|third|top|upper|lower)\sfloor(?:\sflat)?|flat\s\p{L}|"
    r"c/[o-]|p/a|care\sof|"
    r"portal|piso|planta|pta\.?|puerta|esc\.?|escalera|bloque|blq\.?|bajos?|ático|dto\.?|depto\.?|dpto\.?|departamento|"
    r"sobrado|apto\.?|ap\.?|apartamento|armazém|galpão|nave|chalet|capannone|hangar|lotto|lt\.?|succ\.|z\.\s?i\.|opp\.?|p\.(?=\s?\d)|"
    r"zona\s(?:\d{1,2}|p\.?i\.?p\.?|artigianale|rural|centro|norte|sul|sur|este|oeste|industrial)|letra|ent\.|pral\.|buzón|sl\.?|lte\.?|"
    r"entre(?=\s(?:av|calle|c/))|àtic|ático|alcaldía|parroquia\sde|toren|ot|ortsteil|fermo\sposta|"
    r"poste\srestante|lista\sde\scorreos|postlagernd|general\sdelivery|cdla\.|ciudadela|mza\.?|bº|cité|setor|sector|etapa|supermanzana|"
    r"sm\.|fracc\.|fraccionamiento|entresuelo|entlo\.?|principal|semisótano|sótano|planta\sbaja|p\.b\.|"
    r"citofono|fraz\.|loc\.|piano\sterra|rez-de-chaussée|rdc|esc\.|dachgeschoss|untergeschoss|gartenhaus|rückgebäude|hofgebäude|erdgeschoss|souterrain|parterre|"
    r"hochparterre|"
    r"bovenwoning|achterhuis|bg\.?|térreo|cci|caixa\spostal|cx\.\spostal|qd\.?|lt\.?|gleba|alameda|rear\sof|edif\.|house\sno\.?|"
    r"h\.?\s?no\.?|plot\sno\.?|street(?=\s\d)|"
    r"oficina|of\.|local|interior|int\.?|manzana|mz\.?|lote|torre|edificio|casa|col\.|colonia|"
    r"barrio|urb\.|"
    r"bâtiment|bât\.?|bat\.?|appt?\.?|app\.|appartement|étage|escalier|porte|résidence|bte|boîte|imm\.?|immeuble|chez|îlot|"
    r"tranche|villa|lieu-dit|lieudit|quartier|villa|maison|"
    r"bloco|bl\.|andar|sala|conjunto|conj\.?|cj\.?|km|fração|sobreloja|cave|fundos|r/c|lote|lj\.?|loja|"
    r"presso|pal\.|sc\.|scala|interno|int\.|piano|palazzina|edificio|"
    r"hinterhaus|vorderhaus|hh|vh|rgb|qg|seitenflügel|haus|zimmer|wohnung|whg\.?|aufgang|eg|dg|stiege|top|tür|"
    r"\d{1,2}(?:er|e|ème)?\s?[.°ºª]?\s?(?:og|stock|etage|hh|piano|andar|floor|étage|eg|fl|piso)|\d{1,2}(?:st|nd|rd|th)\sfl(?:oor)?\.?|"
    r"huis|bus|bis|verdieping|kamer)(?![\p{L}])[^,\n;:|()]{0,40}"
    r"|\d{1,2}\.?\s?[ºª°o]\.?(?:\s?[\"“«][A-Z][\"”»]|\s?\p{L}{1,5}\.?|\s?\d{1,2}\.?)?(?![\p{L}])|[QCL]\.\s?\d{1,3}(?!\d)|"
    r"\d{1,2}[rª]\s\d[aª]|\d{1,2}\.[ºªo°]\s?[^,\n;:|()]{0,20}|"
    r"\#\s?\w{1,6}|\d{1,2}/F|(?:R\.?\s?R\.?|HC|RD|Rural\sRoute|Route)\s?\#?\s?\d{1,3}(?!\d)|Box\s\d{1,5}|(?i:n\.?\s?[º°]|"
    r"núm\.?)\s?\d{1,5}\w?|(?:esq|dto|frente|izq|izda|dcha|dir|fte)\b\.?)"
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
    r"Iceland|Türkiye|Turkey|Greece|Japan|China|San\sMarino|Curaçao|Aruba|"
    r"Malaysia|Bangladesh|Pakistan|Sri\sLanka|Nepal|Philippines|Filipinas|Indonesia|Thailand|Vietnam|Hong\sKong|Taiwan|South\sKorea|"
    r"Egypt|Égypte|Israel|Lebanon|Liban|Jordan|Saudi\sArabia|United\sArab\sEmirates|UAE|U\.A\.E\.|Qatar|Kuwait|Oman|Bahrain|"
    r"Morocco|Marruecos|Marocco|Marokko|Tunisia|Túnez|Algeria|Argelia|Senegal|Ivory\sCoast|Cameroon|Ethiopia|Uganda|Tanzania|Rwanda|Zambia|"
    r"Zimbabwe|Botswana|Namibia|Mozambique|Cape\sVerde|Guinea-Bissau|Guiné-Bissau|São\sTomé\se\sPríncipe|Timor-Leste|Bénin|Togo|Gabon|"
    r"Guinée|"
    r"Madagascar|Mauritius|Maurice|Niger|Tchad|Haïti|Guatemala|Honduras|El\sSalvador|Nicaragua|Panamá|Panama|Cuba|República\sDominicana|"
    r"Dominican\sRepublic|Puerto\sRico|Guinea\sEcuatorial|Jamaica|Barbados|Trinidad\s(?:and|&)\sTobago|Fiji|Samoa|Papua\sNew\sGuinea|"
    r"Andorra|"
    r"Monaco|Malta|Cyprus|Suiza|Suíça|Suíza|Alemania|Alemanha|Germania|Allemagne|Duitsland|Francia|França|Frankrijk|Zwitserland|"
    r"Oostenrijk|Autriche|"
    r"Bélgica|Belgio|Países\sBajos|Holanda|Olanda|Spagna|Espanha|Spanien|Spanje|Portogallo|Inglaterra|Inghilterra|Reino\sUnido|"
    r"Regno\sUnito|"
    r"Royaume-Uni|Verenigd\sKoninkrijk|Estados\sUnidos|Stati\sUniti|États-Unis|EE\.\sUU\.|Irlanda|Irlande|Ierland|Polonia|Polen|Pologne|"
    r"Czech\sRepublic|Česko|Slovakia|Slovensko|Slovenia|Slovenija|Croatia|Hrvatska|Hungary|Magyarország|Romania|România|Rumänien|Bulgaria|"
    r"Serbia|Srbija|Bosnia|Albania|Kosovo|North\sMacedonia|Ukraine|Ucraina|Ucrania|Lithuania|Latvia|Estonia|Grèce|Grecia|Turquie|Turquía|"
    r"Brésil|Brasilien|Brazilië|Mexique|Messico|Isle\sof\sMan|Jersey(?!\s(?:City|Shore))|Guernsey)"
)
_SHORT: Final = (
    r"(?<!\b(?:apto|dto|depto|dpto|izda|dcha|pta|esc|int|appt|bat|bât|conj|prof|str|staffs|wilts|hants|bucks|lancs|ave|blvd|"
    r"plza|avda|ctra|urb|blq|bldg|geb|whg|spett|gral|núm|num|fraz|fracc|edif|mcal|cnel|pdte|priv|prol|carr|gdor|cond|resid|trav|"
    r"transv|quad|alam|bairr|cdla|crta|ptda))"
)
_MONTHS_DE: Final = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
CUT: Final = kept_regex(
    rf"(?<!\d),(?!\s\d{{4}}(?!\d))|,(?!\d\d(?!\d)|\s\d{{4}}(?!\d))|(?<!\b{_AU_STATE}),|[?!](?=\s|$)|[\n;|•\t]|:(?!\d\d(?!\d))|(?<!\d):|"
    rf"[\"“”«»](?![A-Z\d]{{1,2}}[\"”»])(?<![\"“«][A-Z\d]{{1,2}}[\"”»])|\s[-–—]\s|\(the\s|(?<=\d\d|\d[A-Z][A-Z]|\))\.(?=\s\p{{Lu}}|"
    rf"\s*$)(?!\s(?:{_MONTHS_DE})\b)|"
    rf"(?<=\p{{Ll}}\s(?-i:[A-Z][A-Z])(?<!ST|DR|MT|FT|AV|RD|BD|SR|MR|MS|DE|LA))\.(?=\s(?-i:\p{{Lu}})|\s*$)|"
    rf"(?<=\p{{L}}\p{{Ll}}{{3}}){_SHORT}\.(?=\s[^\d\s]|\s*$)|\s{{3,}}|(?<=\d{{4}})\s(?-i:to|and|und|nach|naar|bis|y|a|e|et|à)\s(?=\d)",
    _FLAGS | regex.IGNORECASE,
)
TWO_NUMBERS: Final = kept_regex(r"\d.*\p{L}.*\d", _FLAGS)
# What every address has: a digit, or the words for "without a number".
NUMBERED: Final = kept_regex(r"(?i)\d|s/n|s\.n\.c|snc", _FLAGS)
_WAY: Final = kept_regex(
    rf"(?:Postfach|Postbus|[Cc]ase\spostale|Casella\spostale|{_ROMANCE_WORDS}\s{_STREET_NAME}|(?:{_CAP}\s){{1,4}}{_EN_WORDS})(?!\p{{L}})",
    _FLAGS,
)
_ALONE: Final = kept_regex(rf"(?:{_NO}{_ROMANCE_UNIT}|s/n|s\.n\.c?|snc|SNC)\.?", _FLAGS)
# `12 Amanda Pine Apt. 440`, `Level 7 2 Jamie Ramp`: a street where a town follows.
_NUMBERED_NAME: Final = rf"{_EN_FLAT}?{_NUMBER},?[ ](?:(?:{_CAP}|of|the)[ ]){{0,3}}{_CAP}{_EN_UNIT}"
_SHORT_UNIT: Final = r"(?:[ ]?bis|[ ](?:unit|bus)[ ]\w{1,4})?"
MAYBE: Final = kept_regex(
    rf"(?:(?:{_CAP}[ -]|{_SMALL}[ -]){{0,4}}{_CAP}[ ]{_NUMBER}{_SHORT_UNIT}|{_NUMBERED_NAME}|"
    rf"{_NUMBER},?[ ](?:\p{{Ll}}+[ ]|{_CAP}[ ]|{_SMALL}[ ]){{0,4}}{_CAP})",
    _FLAGS,
)
_MAYBE_AT_END: Final = rf"(?<=[\s(])(?:(?:{_CAP}[ -](?:(?:{_CAP}|{_SMALL})[ -]){{0,4}})?{_CAP}[ ]{_NUMBER}{_SHORT_UNIT}|{_NUMBERED_NAME})$"
MAYBE_AT_END: Final = kept_regex(_MAYBE_AT_END, _FLAGS)
ENDS_AS_MAYBE: Final = kept_regex(_MAYBE_AT_END, _FLAGS | regex.REVERSE)
ANYTHING: Final = kept_regex(r"[\p{L}\d][\p{L}\p{M}\d .'’/&ªº-]{0,28}", _FLAGS)
HEADS: Final = kept_regex(
    rf"(?<=\s)(?:(?i:flat|apt\.?|apartment|unit|suite|room|lot|stand|plot|floor|level|bâtiment|résidence|"
    rf"c/o)\s[\p{{L}}\d]{{1,12}}|(?i:lieu-dit|lieudit|lotissement|hameau|frazione|località|aldea\sde|barrio|bairro)\s(?:de\s|du\s|des\s|d['’])?{_PLACE}|{_PLACE})$",
    _FLAGS,
)
STREETS: Final = kept_regex(rf"(?<![\p{{L}}\d.,/-])(?:{_ROMANCE_STREET}|{_EN_STREET}|{_DE_STREET})(?![\p{{L}}\d])", _FLAGS)
BOXES: Final = kept_regex(rf"(?<![\p{{L}}\d])(?:{_BOX})(?![\p{{L}}\d])", _FLAGS)
TOWNS: Final = kept_regex(
    rf"(?:{_CODE_BEFORE}\s(?:d[aeo]s?\s)?{_PLACE}(?:/{_CAP})?{_REGION}{{0,2}}|{_PLACE}(?:\s\([\p{{Lu}}][\p{{L}}\s]+\)|"
    rf"\s?[-–/]\s?[A-Z]{{2}})?[,\s]\s?{_CODE_BEHIND}|"
    rf"{_CODE_BEHIND}\s{_PLACE})(?![\p{{L}}\d])",
    _FLAGS,
)
CODES: Final = kept_regex(rf"(?:{_CODE_BEHIND}|{_CODE_BEFORE})(?![\p{{L}}\d])", _FLAGS)
UK_CODE: Final = kept_regex(rf"(?:{_UK}|[A-Z]\d[A-Z]\s\d[A-Z]\d|[A-Z]\d\d\s[A-Z\d]{{4}})(?![\p{{L}}\d])", _FLAGS)
# A code and its town, behind which a sentence goes on.
GOES_ON: Final = kept_regex(rf"\d{{4,5}}(?:\s?[A-Z]{{2}})?\s{_PLACE}(?:\s?\([^)]*\))?\s\p{{Ll}}{{1,4}}\s\p{{Ll}}", _FLAGS)
# What every street has: a number by itself, as it stands beside the words of one.
HOUSE_NUMBER: Final = kept_regex(
    r"(?i)(?<!\d)\d{1,5}(?:\s?[-–/]|\s?[a-z](?![\p{L}\d.'])|\s?(?:bis|ter|quater|hs|huis|rood|zw)\b|,?\s)"
    r"|\s(?:n\S{0,3}\s?|\#\s?)?\d|s/n|s\.n\.c|snc",
    _FLAGS,
)
UNITS: Final = kept_regex(_UNIT, _FLAGS)
COUNTRIES: Final = kept_regex(_COUNTRY, _FLAGS)
PLACES: Final = kept_regex(
    rf"(?:{_PLACE}\s?[/–-]\s?[A-Z]{{2}}(?!\p{{L}})|{_PLACE}(?:,?\sD\.\s?C\.|\s\d{{1,2}}(?:er|e|ème)?)?(?:\s?\([\p{{Lu}}][\p{{L}}\s]+\))?|D\.\s?C\.|{_PLACE}\s?[/–-]\s?[A-Z]{{2}})(?![\p{{L}}\d])",
    _FLAGS,
)
CORE: Final = ((STREETS, "street"), (BOXES, "box"))
WHOLE: Final = (
    *CORE, (COUNTRIES, "country"), (_ALONE, "number"), (_WAY, "way"), (UNITS, "unit"), (TOWNS, "town"),
    (CODES, "code"), (PLACES, "place"),
)  # fmt: skip
UNNUMBERED: Final = tuple((shape, kind) for shape, kind in WHOLE if kind in {"country", "way", "unit", "place"})
"""Those of them that can do without a number."""
STRONG_TOWN: Final = kept_regex(
    rf".*(?:{_UK}|{_AU_STATE},?\s\d{{4}}(?!\d)|{_US_STATE}\.?\s\d{{5}}(?:-\d{{4}})?|[A-Z]\d[A-Z]\s?\d[A-Z]\d|"
    rf"[ACDEFHKNPRTVWXY]\d[\dW]\s[A-Z\d]{{4}}|(?<!\d)\d{{5}}\s{_PLACE}{_REGION}{{0,2}}|"
    rf"[A-Z]\d{{4}}[A-Z]{{3}}\s{_PLACE}|\d{{4}}\s?[A-Z]{{2}}\s{_PLACE}|\d{{4}}-\d{{3}}\s{_PLACE}|\d{{5}}-\d{{3}})",
    _FLAGS | regex.DOTALL,
)
# Rooms of firms, which are no houses.
NO_HOUSE: Final = kept_regex(
    r"(?i)\b(?:services?|claims|department|departamento|comunidad|administração|administración|amministrazione|comunidade|junta|associação|asociación|associazione|customer|office|reporting|consulting|partners?|group|team)\b",
    _FLAGS,
)
HOUSE_WORD: Final = kept_regex(
    r"(?i)\b(?:cour|vila|atelier|towers|parque empresarial|parc d['’]activités|residencias|residencial|edif|torres|villas|zac|zae|tŷ|"
    r"tyddyn|plas|hafod|house|cottage|hall|court|building|tower|lodge|granary|mill|farm|barn|mews|estate|park|centre|center|manor|mall|"
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
    r"wohnung|haus|büro|fahrradladen|hintereingang|eingang|appartement|filiale|praxis|kanzlei|geschäft|gasthaus|"
    r"is|we|our|the|daarna|danach|dann|zuletzt|bisher|vorher|ensuite|puis|luego|después|poi|depois|then|next|now|nu|neu|antes|ahora|adesso)\s)(?=\p{Lu}|\d)",
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
    r"""[^\s,;-]{26,} | [^\s,;]{40,} | [+=_<>{}\[\]] | \w\+\w
    # Amounts, measures, dates: rows of tables.
    | (?<!\d)\d{1,3},\d{3}(?!\d) | \d[.]\d{1,2}(?!\d) | \d,\d\d(?![\d-])
    | (?<!\d|(?i:gasse|straße|strasse|str\.|weg|platz|allee|ring)\s)\d{1,2}/\d{1,2}/\d{2,4}(?!\d)""",
    _FLAGS | regex.VERBOSE,
)
# A flat or a room by its number: what stands between it and a street is the house.
DOOR: Final = kept_regex(
    r"(?i)(?:flat|apt\.?|apartment|unit|suite|room|shop|stall|studio|level|block|blk\.?|lot|stand|plot|erf|door\sno\.?|h/no\.?|c/[o-]|"
    r"p/a)\s.*\w.*|\d{1,2}(?:st|nd|rd|th)\sfloor|(?:first|second|third|top|ground|upper|lower)\sfloor(?:\s\w+)?|\d{1,2}/\d{1,2}"
    r"|[A-Z]-\d{1,3}|\d{1,2}/F|(?:R\.?\s?R\.?|HC|RD|rural\sroute|route)\s\d{1,3}",
    _FLAGS,
)
# `Am Anger 9` before a town with its code, which by itself could be the ninth quarter of a town.
TOWN_FIRST: Final = kept_regex(rf"\d{{4,5}}\s{_PLACE}", _FLAGS)
ENDS_WITH_NUMBER: Final = kept_regex(r"\p{L}{2}\.?\s\d{1,4}", _FLAGS)
# The state and the code behind it, in Brazil.
STATE: Final = kept_regex(r"[A-Z]{2}", _FLAGS)
# "Without a number", behind the name of a place.
NO_NUMBER: Final = kept_regex(r"(?i:s/n|s\.n\.c?|snc|km\.?\s?\d{1,4}(?:[.,]\d{1,3})?)\.?", _FLAGS)
CODE_LAST: Final = kept_regex(r"\d{5}-\d{3}", _FLAGS)
CODE_FIRST: Final = kept_regex(r"(?:[A-Z]{1,2}-|[A-Z])?\d{4}", _FLAGS)
# Parts of countries that stand behind a town and are in no list of towns.
REGIONS: Final = kept_regex(
    r"(?:Bizkaia|Gipuzkoa|Nafarroa|Euskadi|Catalunya|Castilla\sy\sLeón|Chubut|Misiones|Chaco|(?:Estado|Edo\.)\sde\sMéxico|CDMX|"
    r"Cundinamarca|"
    r"Atlántico|Región\sMetropolitana|Biobío|Pichincha|Guayas|Oax\.|Jal\.|N\.\s?L\.|Herefordshire|Gwynedd|Powys|Dyfed|Perthshire|"
    r"C(?:o\.|ounty)\s\p{Lu}\p{L}+|Gauteng|KwaZulu-Natal|République\s(?:du|démocratique\sdu)\sCongo|La\sRéunion|Fryslân|Südtirol|"
    r"Bogotá,?\sD\.\s?C\.?|D\.\s?C\.|Oberösterreich|Niederösterreich|Alto\sAdige|"
    r"Selangor|Pulau\sPinang|Johor|Perak|Sabah|Sarawak|Kerala|Karnataka|Tamil\sNadu|Maharashtra|Gujarat|Punjab|Telangana|Andhra\sPradesh|"
    r"Uttar\sPradesh|Madhya\sPradesh|Rajasthan|West\sBengal|Haryana|Goa|Odisha|Bihar|Assam|Sindh|"
    r"(?:Ags|B\.\s?C\.(?:\s?S)?|Camp|Chih|Chis|Coah|Col|Dgo|Gro|Gto|Hgo|Jal|Méx|Mich|Mor|Nay|Oax|Pue|Qro|Q\.\s?Roo|S\.\s?L\.\s?P|Sin|Son|"
    r"Tab|"
    r"Tamps|Tlax|Ver|Yuc|Zac|Edo\.\sde\sMéx)\.?|"
    r"Antioquia|Valle\sdel\sCauca|Santander|Boyacá|Tolima|Caldas|Nariño|Huila|Azuay|Manabí|Loja|Alta\sVerapaz|Sacatepéquez|"
    r"Jalisco|Guanajuato|Michoacán|Veracruz|Yucatán|Chiapas|Oaxaca|Puebla|Nuevo\sLeón|Quintana\sRoo|Provincia\sde\s\p{Lu}[\p{L}\s]+|"
    r"(?:Norfolk|Suffolk|Essex|Kent|Surrey|Sussex|East\sSussex|West\sSussex|Hampshire|Dorset|Devon|Cornwall|Somerset|Wiltshire|"
    r"Gloucestershire|"
    r"Oxfordshire|Berkshire|Buckinghamshire|Hertfordshire|Bedfordshire|Cambridgeshire|Northamptonshire|Leicestershire|Lincolnshire|"
    r"Nottinghamshire|Derbyshire|Staffordshire|Shropshire|Worcestershire|Warwickshire|Cheshire|Lancashire|Cumbria|Northumberland|"
    r"(?:North|South|West|East)\sYorkshire|Merseyside|Middlesex|Fife|Clwyd|Dyfed|Glamorgan|Pembrokeshire|Carmarthenshire|Ceredigion))",
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
# Abbreviated regions, whose full stop belongs to them.
ABBREVIATED: Final = kept_regex(
    r".*[\s,](?:Ags|Camp|Chih|Chis|Coah|Col|Dgo|Gro|Gto|Hgo|Jal|Méx|Mich|Mor|Nay|Oax|Pue|Qro|Sin|Son|Tab|Tamps|Tlax|Ver|Yuc|Zac|N\.\s?L|D\.\s?C|"
    r"D\.\s?F|"
    r"S\.\s?L\.\s?P|Q\.\s?R)",
    _FLAGS | regex.DOTALL,
)
# A place on a road by its kilometre alone is no address.
ONLY_KILOMETRE: Final = kept_regex(r"[^,\n]*\s(?i:km|pk)\.?\s?[\d.,]+", _FLAGS)
# A flat or a room by its number, which looks like a street with one.
FLAT_AT_END: Final = kept_regex(
    r"(?<=\s)(?i:flat|apt\.?|apartment|unit|suite|room|studio|shop|wohnung|zimmer|appartement|piso|local|interno|scala)\s\d{1,4}[A-Za-z]?$",
    _FLAGS,
)
# The province or the state behind a town.
SUFFIX: Final = kept_regex(
    r"(?:\s?\((?:[A-Z]{2}|[\p{Lu}][\p{L}\s]{1,24})\)|\s?[-–/]\s?[A-Z]{2}|\s[A-Z]{2}|\s\d{1,2}(?:er|e|ème)?|,?\sD\.\s?C\.)$", _FLAGS
)
# A code of four digits that is no year, with the name of a town.
SHORT_CODE: Final = kept_regex(rf"(?!19|20|0)\d{{4}}\s(?P<town>{_PLACE}){_REGION}?", _FLAGS)
# A district of a town by its number.
DISTRICT: Final = kept_regex(r"\p{Lu}\p{L}+\s\d{1,2}", _FLAGS)
# A way whose word stands first, so that no house without a word for one stands before it.
WAY_WORD_FIRST: Final = kept_regex(rf"{_ROMANCE_WORDS}\s", _FLAGS)
# What is no house and no hamlet, though it stands before a street: where somebody works.
WORKPLACE: Final = kept_regex(
    r"(?i)\b(?:universi\p{L}+|universidade?|school|institut\p{L}*|college|department|departamento|dipartimento|faculty|facult\p{L}+|"
    r"laborator\p{L}+|"
    r"hospital|museum|ministr\p{L}+|s\.?l\.?u?|ltd\.?|gmbh|inc\.?|s\.?r\.?l\.?|s\.?p\.?a\.?)\b",
    _FLAGS,
)
# A word that is long enough for the name of a street.
LONG_WORD: Final = kept_regex(r"\p{L}{4,}|\d{4,}", _FLAGS)
# A line that names where somebody sleeps, whose house is no part of the address: `Hotel: Villa Aurora, Via Roma 3`.
LODGING: Final = kept_regex(
    r"(?i)(?<![\p{L}])(?:hotel|hostal|hostel|albergue|alojamiento|hospedagem|alojamento|struttura|alloggio|unterkunft|hébergement|logement|"
    r"accommodation|lodging|verblijf)(?:\sde\s\p{L}+)?\s?:\s(?P<house>[^,\n\d]{3,40},\s)",
    _FLAGS,
)
# One word that hardly names a street where nothing else stands beside it: a club and its goals, a place in a port.
WEAK_STREET: Final = kept_regex(
    r"(?:\p{Lu}[\p{L}-]*(?:tor|berg|feld|hof|dam|pad|ring|wall|markt|kamp)|(?:Liege|Neben|Park|Sitz|Stell|Steh|Arbeits)platz)\s\d{1,4}",
    _FLAGS,
)
# A number by itself behind the name of a place: a house, where a town with a code of five digits follows.
PLAIN_NUMBER: Final = kept_regex(r"\d{1,4}(?:\s?[A-Za-z])?", _FLAGS)
LONG_CODE: Final = kept_regex(r"\d{5}\s", _FLAGS)
