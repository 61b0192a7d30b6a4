"""What headers say, in many languages and spellings."""

import pytest

from scanner.names.headers import Header, Role, read_header

SAID = {
    Role.GIVEN: [
        "first_name",
        "FirstName",
        "FNAME",
        "Vorname",
        "prénom",
        "primer_nombre",
        "voornaam",
        "imię",
        "имя",
        "名",
        "patient.firstName",
    ],
    Role.SURNAME: ["last_name", "LastName", "surname", "Nachname", "nom de famille", "apellidos", "sobrenome", "cognome", "фамилия", "姓"],
    Role.FULL: ["full_name", "patientName", "Kontoinhaber", "nombre y apellidos", "nome completo", "ФИО", "氏名", "고객명", "الاسم الكامل"],
    Role.INDIVIDUAL: ["passenger", "head_coach", "Mieter", "listing agent", "district manager"],
    Role.PERSON: ["name", "Kunde", "nom", "naam", "owner name", "assigned_to", "customerName"],
    Role.STREET: ["street", "Address Line 1", "BillingAddress", "Straße", "calle y numero", "logradouro", "ulica", "住所", "收货地址"],
    Role.ADDRESS: ["address", "Adresse", "direccion", "indirizzo", "адрес"],
    Role.HOUSE: ["Hausnr.", "house_number", "numero civico"],
    Role.CITY: ["city", "Ort", "ville", "ship_to_city", "PLZ Ort", "woonplaats", "ciudad"],
    Role.REGION: ["state", "Bundesland", "UF", "state name"],
    Role.POSTCODE: ["zip", "ship_to_zip", "PLZ", "code_postal", "CEP", "Индекс", "郵便番号"],
    Role.OTHER: [
        *("product_name", "company", "file name", "username", "hostname", "email_address", "ip_address", "mac address", "city_id"),
        *("q1_first_name_known", "wallet address", "Firma", "nombre_producto", "dataset_name", "favourite_city", "team"),
    ],
    Role.NONE: ["x", "", "13", "What is your favourite thing to do on a rainy day?", "market cap", "col3"],
}


@pytest.mark.parametrize(("role", "name"), [(role, name) for role, names in SAID.items() for name in names])
def test_a_header_says_its_role(role: Role, name: str) -> None:
    assert read_header((name,)).role is role


@pytest.mark.parametrize(
    ("names", "role"),
    [
        (("customer", "name"), Role.PERSON),
        (("products", "name"), Role.OTHER),
        (("name", "first"), Role.GIVEN),
        (("address", "city"), Role.CITY),
        (("address", "line1"), Role.STREET),
        (("wallet", "address"), Role.OTHER),
        (("value", "First name"), Role.GIVEN),
        (("first_name", "hash"), Role.OTHER),
        ((), Role.NONE),
    ],
)
def test_the_name_around_it_counts(names: tuple[str, ...], role: Role) -> None:
    assert read_header(names).role is role


def test_whose_it_is_keeps_addresses_apart() -> None:
    assert read_header(("billing_city",)) == Header(Role.CITY, "city", ("billing",))
    assert read_header(("shipping_city",)).owner == ("shipping",)
    assert read_header(("city_2",)).owner == ("2",)
    assert read_header(("city",)).owner == ()
    assert read_header(("BillingPostalCode",)).owner == ("billing",)
