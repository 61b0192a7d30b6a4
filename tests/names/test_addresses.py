"""Mailing addresses by rule: as they are written in different countries, in a line and in a block, and what only looks like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.names.features import features_of
from scanner.names.lexicon import load_lexicon


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in features_of(text, load_lexicon()).addresses]


@pytest.mark.parametrize(
    "marked",
    [
        "She lives at «12 High Street, Leeds LS1 4AB», as before.",
        "Ship to\nAnn Sample\n«PO Box 1187\nTaos, NM 87571\nUSA»\nDO NOT BEND",
        "residing at «2417 Sycamore Hollow Drive, Apt 6C, Columbus, OH 43221» (the Tenant)",
        "witness of «Flat 12, Peveril House, 250 Rush Green Road, Romford RM7 0AX», will say",
        "wohnhaft «Am Sandberg 5, 8010 Graz». Die Aufnahme",
        "Anschrift «Kaiserswerther Straße 88, 3. OG links, 40476 Düsseldorf» noch stimmt",
        "Herrn Muster\n«Hermannstraße 214\n12049 Berlin»\nBerlin, den 3. Mai",
        "à savoir «7, impasse du Moulin-à-Vent, 44300 Nantes». Si vous",
        "demeurant «221, avenue de Tervueren, bte 6, 1150 Woluwe-Saint-Pierre, Belgique», ci-après",
        "con domicilio en «Plaza de España, 3, 2.º C, 12001 Castellón de la Plana», y manifiesta",
        "Morada: «Travessa das Mercês, 9, 1.º, 7000-590 Évora»\nProfissão: professora",
        "Indirizzo: «Borgo San Frediano 112, 50124 Firenze FI»\nNumero contratto: 04",
        "Ship it to «8666 Garcia Roads Apt. 440, South Amanda, RI 74732»? Thanks",
        "moved to «57986 Amanda Pine, Port Scottburgh, PA 01016» from Denver",
        "at «PSC 7127, Box 6842, APO AA 72619».",
        "Post: «Level 7 2 Jamie Ramp, Dwayneside, ACT, 8414».",
        "Office: «4003 Dyer Viaduct, Richardside, ON N1C 3L7» (closed)",
        "vive en «Pasadizo de Marc Bou 68, Huelva, 51589».",
        "Sede: «Piazza Ziani, 13, 22023, Castiglione D'Intelvi (CO)»\nTel.",
        "Entrega: «Sítio Araújo, 53, Araguaia, 87801759 Sales / GO».",
        "Adres: «Evieboulevard 12, 7423 ZF, Buren».",
        "wonende te «Laan van Meerdervoort 1208 B, 2555 CD Den Haag», hierna: koper",
        "Hij woont op «Keizersgracht 123-2, 1015 CJ Amsterdam».",
        "«1e Oosterparkstraat 45 III\n1091 GV Amsterdam»\nGeachte",
        "naar «Jan van Riebeeckstraat 7, 2612 TC Delft». Een nieuw",
        "wonende te «Eindhoven, Leenderweg 12», geboren",
        "Familie Muster\n«Am Deich 40\n26506 Norden»\nBitte",
        "Rechtsstreit Wolf Seidel, «Am Anger 9, 04603 Nobitz»\n- Kläger -",
        "«Mariahilfer Straße 88a/2/14, 1070 Wien, Österreich»\nTel.",
        "wohnhaft in «55118 Mainz, Boppstraße 44», übernehme",
        "unterwegs nach «Hinter dem Dom 2, 38820 Halberstadt». Den",
        "at «Flat 4B, Sagar Apartments\n27 Turner Road, Bandra West\nMumbai 400050»\n1 harmonium",
        "To: Evangeline Abbott, «Hawthorn Barn, Mill Road, Thurlby, Bourne, Lincolnshire PE10 0HB»\nLevel",
        "in a safe place at «Unit 5/88 Lygon Street, Brunswick East, VIC 3057». Signed",
        "of «Route 2, Box 88, Itta Bena, Mississippi 38941», declare",
        "office at «500 W. Broadway, Suite 1200, Council Bluffs, Iowa 51503». Notices",
        "Grantors, of «11850 Township Road 606, Fredericksburg, OH 44627», convey",
        "Miss Delia Fanshawe of «Pear Tree Cottage, Back Lane, Nether Poppleton, York YO26 6HW». Resolved",
        "«C/ Portugalete, 5, esc. 3, bajo C, 48901 Barakaldo, Bizkaia»\nTambién",
        "domicilio en «Paseo Fernando el Católico, 61, 1.º B, 50006 Zaragoza, España» (en",
        "«C/ Mayor, 31, bajo\n30820 Alcantarilla\nMurcia»\nReferencia: 4",
        "«Belgrano 455, Y4600 San Salvador de Jujuy», se constituye",
        "«Av. Maurício Cardoso, 333, Centro, Erechim – RS, 99700-000» fica para",
        "«R. Galvão Bueno, 782 apto 41, Liberdade, São Paulo/SP 01506-000»\nMarlúcia",
        "«SQS 308 Bloco B apto. 202, Asa Sul, Brasília – DF, 70356-020»\nTel.",
        "reunião na «Av. Getúlio Vargas, 1300 – sala 801, Savassi, Belo Horizonte – MG, 30112-021». Traga",
        "Cliente: «Rua 1.º de Maio, 14-A, 2625-101 Póvoa de Santa Iria»\nMudança",
        "«Mas de la Cigale\nChemin de Font-Vieille\n13190 Allauch»\nChère Madame,",
        "Adresse : «14, montée de la Grande-Côte, 69001 Lyon 1er»\nÀ prévenir",
        "au «14 bis, rue de Siam, 29200 Brest». Pensez",
        "Otieno\n«P.O. Box 66201-00800\nNairobi»\nDear",
        "en «Callejón del Potrero 3, Zona Centro, 36000 Guanajuato, Gto.», a dos cuadras",
        "de «Ruta Nacional 12 km 1341, 3380 Eldorado, Misiones, Argentina»\nVencimiento",
        "en «Calle 5 de Mayo núm. 34, interior 6, colonia Tacubaya, alcaldía Miguel Hidalgo, C. P. 11870, Ciudad de México», y",
        "Vive en «6a. calle 12-40, zona 3, Quetzaltenango». Remitida",
        "antes en «Diagonal 61C Bis # 24-30, Bogotá». Titular",
        'Entrega: «Av. Rivadavia 4980, piso 7, dpto. "C", C1424CER Ciudad Autónoma de Buenos Aires»\nFacturar',
        "domicilio en «18 de Julio 1006 esquina Río Negro, 11100 Montevideo, Uruguay», se acuerda",
        "reside na «Rua Conde de Redondo, n.º 8, 4.º andar, letra C, 1150-105 Lisboa». A requerida",
        "é «Sítio Boa Esperança, Estrada do Mato Dentro, s/n, zona rural, Itatiba (SP)». Beijo",
        "deixar recado na «Travessa Ester, 9».",
        "solo in «Frazione Capodacqua 17, 06034 Foligno PG». La badante abita lontano",
        "in «Via Nazionale, 54/2, fraz. Coccau, 33018 Tarvisio (UD)». Orario",
        "«Via Bolzano/Bozner Straße 3, 39057 Appiano sulla Strada del Vino (BZ)».",
        "se trouve au «lieu-dit Pech Gaillard, 24220 Vézac». À Québec",
        "devant le «38 rue Sedaine, Paris 11e». Demander",
        "zieht nach «Straße des 18. Oktober 19, 04103 Leipzig».",
        "«Unter den Linden 77, Aufgang B, 10117 Berlin-Mitte, Deutschland».",
        "Quartier: «Haus Alpenblick, Unterdorf 14, 6764 Lech»; Rückfahrt",
        "te «Groen van Prinstererlaan 114-3hoog, 1181 TW Amstelveen», en huurder",
        "the cabin («N5840 Lake Drive, Shawano, WI 54166») is ours",
        "«2nd Floor, Sierra Towers, 9255 Doheny Rd, West Hollywood, California 90069». Employee",
        "in «Plaza de la Constitución, 4, 23001 Jaén» o enviarla",
        "dirección: «Vara de Rey, 44, entreplanta B, 26002 Logroño». Pero",
        "Häberle, «Obere Weinsteige 77, 70597 Stuttgart» (Vermieter) und",
        "Obra: «Blvd. Kino 309, piso 2, Col. Country Club, 83010 Hermosillo, Son.»\n10 cemento",
        "ADDRESS: «HOUSE NO. 221, STREET 17, F-10/2, ISLAMABAD, PAKISTAN»\nOFFICE: none",
    ],
)
def test_an_address_is_found_whole(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert found(text) == [marked[marked.index("«") + 1 : marked.index("»")]]


@pytest.mark.parametrize(
    "text",
    [
        "Traffic on the Martin Luther King Boulevard corridor rose by four percent.",
        "We ended up above a bakery on Jefferson Street.",
        "Take the Blue Line to Washington Park, then walk.",
        "def street(number: int = 12) -> str:  # see Road.py, line 300",
        "2024-05-02 08:14:11 INFO  Jenkins build 4471 started on node 10",
        "Im Jahr 2015 und am Montag 12 stand es im Abschnitt 3.",
        "In der Tabelle 4 sind Werte, Kapitel 12 nennt sie.",
        "2\nAugust 2015\nCRACK SHOT 26",
        "Python 3.11, Windows 2000 and Ubuntu 22.04 are supported.",
        "07-06 Geldautomaat Mathenesserplein 60,00\n08-06 Jumbo 12,50",
        "03/04 CHECK 204 T BRANNIGAN LAWN 60.00",
        "Verslag MR-vergadering 21\nnovember",
    ],
)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert found(text) == []


def test_who_writes_and_who_is_written_to_have_an_address_each() -> None:
    text = "Yvonne Le Gallou\n6, impasse des Goélands\n29750 Loctudy\nMairie\nPlace des Anciens Combattants\n29750 Loctudy\nMonsieur"
    assert found(text) == ["6, impasse des Goélands\n29750 Loctudy", "Place des Anciens Combattants\n29750 Loctudy"]


@given(st.text(alphabet=st.sampled_from("Aa1 9,.\n-/ªº'Straße 12 LS1 4AB"), max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_gives_spans_inside_it_that_do_not_overlap(text: str) -> None:
    behind = 0
    for start, end in features_of(text, load_lexicon()).addresses:
        assert behind <= start < end <= len(text)
        behind = end


@pytest.mark.parametrize(
    "marked",
    [
        "giada: allora da me. «corso regina 9 20139 milano»",
        "ja «reigerstraat 14, 3815 kc amersfoort», achterom lopen".replace("ja ", ""),
        "we play 4 to 6 at no 12",
        "version 3 street 2 build 7",
    ],
)
def test_addresses_in_small_letters_need_two_numbers(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert found(text) == [part.split("»")[0] for part in marked.split("«")[1:]]


def test_the_house_of_a_hotel_is_no_part_of_the_address() -> None:
    assert found("Hotel: Villa Aurora, Via Roma 3, 50123 Firenze") == ["Via Roma 3, 50123 Firenze"]
