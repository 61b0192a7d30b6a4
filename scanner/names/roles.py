"""Kin and callings, in the languages that are read: what stands before a name. Titles are in `scanner.names.labelled`."""

from typing import Final

_ENGLISH: Final = (
    "aunt|auntie|aunty|uncle|grandma|grandpa|granny|grandad|cousin|sister|brother|son|daughter|wife|husband|partner|colleague|nurse|"
    "officer|"
    "trooper|sergeant|constable|detective|inspector|captain|coach|father|mother|friend|neighbou?r|tenant|landlord|plaintiff|defendant|"
    "student|teacher|pupil|witness|alderman|apprentice|trainee|intern|foreman|secretary|treasurer|caretaker|pastor|vicar|major|"
    "corporal|lodger|roommate|housemate|flatmate|bassist|drummer|singer|councillor|councilman|councilwoman|chairman|chairwoman|manager|"
    "supervisor|technician|"
    "engineer|driver|midwife|resident|ranger|elder|bishop|senator|solicitor|goalkeeper|striker|named|widow|haji|thiru|smt|tmt"
)
_GERMAN: Final = (
    "tante|onkel|oma|opa|schwester|bruder|sohn|tochter|kollegin|kollege|nachbarin|nachbar|gemeinderätin|gemeinderat|stadträtin|stadtrat|"
    "bürgermeisterin|bürgermeister|kämmerer|trainerin|trainer|hausmeister|pfarrerin|pfarrer|richterin|richter|zeugin|zeuge|mieterin|mieter|"
    "schülerin|schüler|lehrerin|lehrer|geschäftsführerin|geschäftsführer|ehefrau|ehemann|familie|pater|hebamme|sachbearbeiterin|"
    "sachbearbeiter|lehrling|azubi|praktikantin|praktikant|wirtin|wirt|bäuerin|bauer|landwirtin|landwirt|chefin|chef|kundin|patientin|"
    "sekretärin|mitbewohnerin|mitbewohner|schwager|schwägerin|nichte|neffe|vetter|cousin|gemahlin|witwe|fräulein|bischof|kommissarin|"
    "kommissar|enkelin|enkel|cousine|tagesmutter|freundin|freund"
)
_DUTCH: Final = (
    "tante|oom|oma|opa|zus|zusje|broer|broertje|zoon|dochter|collega|buurman|buurvrouw|meester|juf|juffrouw|familie|wethouder|"
    "burgemeester|boer|schipper|dominee|pastoor|notaris|rechter|trainer|huisarts|zuster|broeder|directeur|voorzitter|bewoner|bewoonster|"
    "leerling|getuige|verdachte|eiser|eiseres|werknemer|werkneemster|chauffeur|monteur|bomma|bompa|nonkel|neef|genaamd|namens|heet|"
    "schoonzus|zwager|schoonmoeder|schoonvader|weduwe|kok|bakker|slager|portier|conciërge|agent|rechercheur|kapitein|matroos|"
    "kleinzoon|kleindochter|stagiaire?|verpleegkundige|trainster|vriendin"
)
_FRENCH: Final = (
    "tante|oncle|tonton|tata|mamie|papi|papy|frère|sœur|fils|fille|cousine?|voisine?|collègue|docteur|professeur|juge|gendarme|brigadier|"
    "lieutenant|capitaine|commissaire|abbé|élève|étudiante?|stagiaire|locataire|témoin|gardienne?|entraîneur|guitariste|infirmière?|kiné|"
    "belle-sœur|beau-frère|beau-père|belle-mère|apprentie?|facteur|boulanger|berger|chef|patron|veuve|concierge|sergent|capitaine|"
    "maîtresse|maître|"
    "petit-fils|petite-fille|épouse|époux|mari|amie?|nommée?|dénommée?|enfant|neveu|nièce|s'appelle|appelle"
)
_SPANISH: Final = (
    "tía|tío|abuela|abuelo|hermana|hermano|hijo|hija|vecina|vecino|compañera|compañero|colega|doctora|doctor|profesora|profesor|"
    "maestra|maestro|alcaldesa|alcalde|concejala?|obispo|fray|jueza?|testigo|alumna|alumno|enfermera|enfermero|entrenador|inquilina|"
    "inquilino|"
    "esposa|esposo|marido|amiga|amigo|novia|novio|llamada|llamado|nieta|nieto|sobrina|sobrino|llama|suegra|suegro|ahijada|ahijado|"
    "viuda|portera|portero|capataz|aprendiz|guardia|sargento|comisario|comisaria|fontanero|párroco|cuñada|cuñado|yerno|nuera"
)
_PORTUGUESE: Final = (
    "tia|tio|avó|avô|irmã|irmão|filho|filha|mãe|pai|vizinha|vizinho|doutora?|professora?|delegada|delegado|vereadora?|prefeito|"
    "juíza|juiz|testemunha|aluna|aluno|enfermeira|guitarrista|treinador|diretora?|vítima|chamada|chamado|neta|neto|sobrinha|sobrinho|"
    "sogra|sogro|afilhada|afilhado|viúva|porteiro|zelador|zeladora|motorista|cabo|sargento|soldado|padeiro|caseiro|frei|"
    "namorada|namorado|cunhada|cunhado|padrinho|madrinha|estagiária|estagiário|genro"
)
_ITALIAN: Final = (
    "zia|zio|nonna|nonno|sorella|fratello|figlio|figlia|cugina|cugino|vicina|vicino|dottoressa|dottore|professoressa|professore|maestra|"
    "maestro|sindaco|assessore|consigliere|giudice|teste|testimone|alunna|alunno|infermiera|infermiere|fisioterapista|allenatore|"
    "direttrice|"
    "direttore|inquilina|inquilino|moglie|marito|amica|amico|nipote|suor|geometra|avvocato|notaio|ragioniere|madrina|padrino|suocera|"
    "suocero|cognata|cognato|genero|vedova|apprendista|portiere|custode|maresciallo|brigadiere|appuntato|capitano|parroco|badante|"
    "idraulico|elettricista|frate"
)
ROLES: Final = f"(?i:{_ENGLISH}|{_GERMAN}|{_DUTCH}|{_FRENCH}|{_SPANISH}|{_PORTUGUESE}|{_ITALIAN})"
"""A pattern for one of them, in small letters or with a capital."""
HONORIFICS: Final = frozenset(
    """nana baba bubbe tūtū whaea agya opanin mallam alhaji alhaja hajia chief oba pastor rabbi imam sheikh baby messrs vve veuve
    contessa conte marchesa barone baronessa profª profa pcte pte nora mãe vó vô tio tia mamá papá mami papi maman mamie papy
    nonna nonno tata mama papa madam madame monsieur mister miss comandante almirante mestre mestra maestra maestro seño sor
    hermana padre fray frei dom don doña dona streekfavoriet bainisteoir ssalongo casa""".split()  # noqa: SIM905
)
"""Words before a name that belong to it as little as titles do; small letters."""
