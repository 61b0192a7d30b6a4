"""CSV, TSV and their kin: every delimiter, with and without a header, and whatever people do to tables."""

from collections.abc import Iterator
from random import Random

from sample_data import made_numbers as numbers
from sample_data.marking import found, trap
from sample_data.people import ADDRESS, BIRTH, CARDS, NAME, PHONE, SSN, born, card, lone_card, people, phone, ssn
from sample_data.sample import Sample
from sample_data.tables import Form, table_sample


def samples() -> Iterator[Sample]:
    """Every table."""
    yield _customers()
    yield _suppliers()
    yield _payroll()
    yield _patients()
    yield _without_header()
    yield _quoted_newlines()
    yield _ragged()
    yield _names_in_many_languages()
    yield _unicode_text_of_a_spreadsheet()
    yield _program_like_names()
    yield _registers()
    yield _labels_on_the_left()
    yield _stray_cards()
    yield _holes_and_masks()
    yield _shipments()
    yield table_sample("tables/header_only.csv", [["name", "ssn", "card_number"]], "A header and no rows")


def _customers() -> Sample:
    rng = Random("customers")
    rows = [["customer_id", "full_name", "email", "ssn", "card_number", "phone", "date_of_birth", "notes"]]
    for index, someone in enumerate(people(rng, 20)):
        note = ("", f"prefers the phone {phone(rng)} after six", "moved house, papers sent", "")[index % 4]
        rows.append([f"C-{index + 10001}", someone.listed, someone.email, ssn(rng), card(rng), phone(rng), born(rng), note])
    return table_sample("tables/customers.csv", rows, "The plain case: a header that names every column, and some free text")


def _suppliers() -> Sample:
    rng = Random("suppliers")
    rows = [["supplier", "employer identification number", "iban", "contact e-mail", "payment terms"]]
    for someone in people(rng, 8):
        tax = found("USA_EMPLOYER_IDENTIFICATION_NUMBER", numbers.us_ein(rng))
        account = found("NETHERLANDS_BANK_ACCOUNT_NUMBER", numbers.dutch_iban(rng))
        rows.append([f"{someone.last} Trading Inc.", tax, account, someone.email, "30 days net"])
    return table_sample("tables/suppliers.tsv", rows, "Tabs between the cells", Form("\t"))


def _payroll() -> Sample:
    rng = Random("payroll")
    rows = [["Personalnummer", "Name", "Straße", "Steuer-ID", "IBAN", "Gehalt"]]
    for index, someone in enumerate(people(rng, 10)):
        tax = found("GERMANY_TAX_IDENTIFICATION_NUMBER", numbers.german_tax_id(rng))
        account = found("GERMANY_BANK_ACCOUNT_NUMBER", numbers.german_iban(rng))
        rows.append(
            [
                str(4011 + index),
                found(NAME, f"{someone.last}, {someone.first}"),
                found(ADDRESS, f"Lindenstraße {index + 3}"),
                tax,
                account,
                f"{rng.randint(3, 7)}.{rng.randint(100, 999)},50",
            ]
        )
    return table_sample(
        "tables/gehälter 2024.csv",
        rows,
        "Semicolons, decimal commas and cp1252, as a German spreadsheet saves it",
        Form(";", encoding="cp1252", line_end="\r\n"),
    )


def _patients() -> Sample:
    rng = Random("patients")
    rows = [["surname", "nhs_number", "nino", "dob", "next_appointment"]]
    for someone in people(rng, 9):
        visit = trap(BIRTH, f"2025-0{rng.randint(1, 9)}-{rng.randint(10, 28)}", "an appointment, though a date of birth stands beside it")
        nhs, nino = found("UK_NHS_NUMBER", numbers.uk_nhs(rng)), found("UK_NATIONAL_INSURANCE_NUMBER", numbers.uk_nino(rng))
        rows.append([found(NAME, someone.last), nhs, nino, born(rng), visit])
    return table_sample("tables/patients.psv", rows, "Bars between the cells", Form("|"))


def _without_header() -> Sample:
    rng = Random("no header")
    rows = []
    for index, someone in enumerate(people(rng, 12)):
        account = found("UK_BANK_ACCOUNT_NUMBER", numbers.british_iban(rng))
        rows.append([str(index + 1), someone.first, lone_card(rng), account, someone.email, f"{rng.randint(5, 900)}.{rng.randint(10, 99)}"])
    return table_sample("tables/no_header.csv", rows, "No header: the first row is data, and columns have no names", Form(header=False))


def _quoted_newlines() -> Sample:
    rng = Random("quoted newlines")
    rows = [["ticket", "message", "email"]]
    for index, someone in enumerate(people(rng, 5)):
        message = (
            f'Hello,\nmy "new" number is:\nphone {phone(rng)}, thanks\n{found(NAME, someone.first)}'
            if index % 2
            else f"One line, but with a comma; call {someone.first}"
        )
        rows.append([f"T{index + 1}", message, someone.email])
    return table_sample("tables/quoted_newlines.csv", rows, "Cells of several lines: rows are counted as records, not as lines")


def _ragged() -> Sample:
    rng = Random("ragged")
    rows = [["name", "ssn", "email"]]
    first, second, third, fourth = people(rng, 4)
    rows.append([first.listed, ssn(rng), first.email])
    rows.append([second.listed])
    rows.append([])
    rows.append([third.listed, ssn(rng), third.email, "extra cell", f"and a phone {phone(rng)}"])
    rows.append([fourth.listed, ssn(rng)])
    return table_sample("tables/ragged.csv", rows, "Rows that are too short and too long; a blank line is no row")


def _names_in_many_languages() -> Sample:
    rng = Random("many languages")
    rows = [["Documento nacional de identidad", "Codice fiscale", "N° de sécurité sociale", "CPF do cliente", "E-Mail-Adresse"]]
    for someone in people(rng, 6):
        dni, fiscal = (
            found("SPAIN_DNI_NUMBER", numbers.spanish_dni(rng)),
            found("ITALY_NATIONAL_IDENTIFICATION_NUMBER", numbers.italian_fiscal_code(rng)),
        )
        nir, cpf = (
            found("FRANCE_NATIONAL_IDENTIFICATION_NUMBER", numbers.french_nir(rng)),
            found("BRAZIL_CPF_NUMBER", numbers.brazilian_cpf(rng)),
        )
        rows.append([dni, fiscal, nir, cpf, someone.email])
    return table_sample(
        "tables/unicode_headers.csv",
        rows,
        "Names of columns in Spanish, Italian, French, Portuguese and German; UTF-8 with a byte order mark",
        Form(encoding="utf-8-sig"),
    )


def _unicode_text_of_a_spreadsheet() -> Sample:
    rng = Random("unicode text")
    rows = [["Kunde", "Telefon / phone", "E-Mail"]]
    rows += [[someone.listed, phone(rng), someone.email] for someone in people(rng, 6)]
    return table_sample(
        "tables/unicode_text.txt",
        rows,
        "Tabs and UTF-16, as a spreadsheet saves `Unicode text`; the extension says nothing",
        Form("\t", encoding="utf-16", line_end="\r\n"),
    )


def _program_like_names() -> Sample:
    rng = Random("camel case")
    rows = [["socialSecurityNumber", "creditCardNumber", "emailAddress", "dateOfBirth", "phoneNumber"]]
    rows += [[ssn(rng), card(rng), someone.email, born(rng), phone(rng)] for someone in people(rng, 6)]
    return table_sample("tables/camel_case.csv", rows, "Names of columns as programs write them")


def _registers() -> Sample:
    rng = Random("registers")
    rows = [["social_insurance_number", "aadhaar_no", "pan_number", "CNPJ", "vin", "itin", "passport_number", "drivers_license"]]
    for _ in range(7):
        sin, aadhaar = (
            found("CANADA_SOCIAL_INSURANCE_NUMBER", numbers.canadian_sin(rng)),
            found("INDIA_AADHAAR_NUMBER", numbers.indian_aadhaar(rng)),
        )
        pan, cnpj = (
            found("INDIA_PERMANENT_ACCOUNT_NUMBER", numbers.indian_pan(rng)),
            found("BRAZIL_CNPJ_NUMBER", numbers.brazilian_cnpj(rng)),
        )
        vin, itin = (
            found("VEHICLE_IDENTIFICATION_NUMBER", numbers.vehicle(rng)),
            found("USA_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER", numbers.us_itin(rng)),
        )
        passport, licence = (
            found("USA_PASSPORT_NUMBER", f"C{numbers.digits(rng, 8)}"),
            found("DRIVERS_LICENSE", f"F{numbers.digits(rng, 7)}"),
        )
        rows.append([sin, aadhaar, pan, cnpj, vin, itin, passport, licence])
    return table_sample("tables/registers.csv", rows, "Numbers of registers in Canada, India, Brazil and the United States")


def _labels_on_the_left() -> Sample:
    rng = Random("labels")
    someone = people(rng, 1)[0]
    rows = [["field", "value"], ["Name", someone.listed], ["SSN", ssn(rng)], ["Date of birth", born(rng)], ["E-mail", someone.email]]
    rows += [["Order no.", trap(CARDS, numbers.card(rng), "its label says order number")], ["Status", "open"]]
    return table_sample("tables/form.csv", rows, "A form: the label of a value stands in the cell to its left")


def _stray_cards() -> Sample:
    rng = Random("stray cards")
    comments = [f"agreed with {someone.first}, ship on Monday" for someone in people(rng, 24)]
    comments[4] = f"paid by card {card(rng)} over the phone"
    comments[11] = f"she dictated {lone_card(rng)}, please delete"
    comments[19] = f"new mobile {found(PHONE, numbers.us_phone(rng, '{}-{}-{}'))}; old card {card(rng)}"
    rows = [["case", "comment"], *([f"K{index}", comment] for index, comment in enumerate(comments, start=1))]
    return table_sample(
        "tables/support_cases.csv", rows, "Free text with a stray hit now and then: the column as a whole is not sensitive, the hits are"
    )


def _shipments() -> Sample:
    rng = Random("shipments")
    product, store = "a thing for sale, called after a person", "a city that is no part of anybody's address"
    things = [
        "Billy Bookcase",
        "Stanley Bottle",
        "Charlotte Armchair",
        "Oliver Lamp",
        "Jack Screw Set",
        "Victoria Sponge Tin",
        "Martin Guitar",
    ]
    places = [("Elm St", "Dayton", "OH", "45431"), ("Harbor View Dr", "Gloucester", "MA", "01930"), ("2nd Ave N", "Fargo", "ND", "58102")]
    rows = [["product_name", "store_city", "first_name", "last_name", "ship_to_street", "ship_to_city", "ship_to_state", "ship_to_zip"]]
    for index, someone in enumerate(people(rng, 7)):
        street, *rest = places[index % 3]
        where = "" if index == 4 else found(ADDRESS, f"{rng.randint(2, 4000)} {street}")
        first, last = ("", found(NAME, someone.last)) if index == 2 else (found(NAME, someone.first), someone.last)
        rows.append([trap("*", things[index], product), trap("*", "Charlotte", store), first, last, where, *rest])
    about = "Names and addresses over several columns: one finding a row, in the first column that holds a part"
    return table_sample("tables/shipments.csv", rows, about)


def _holes_and_masks() -> Sample:
    rng = Random("holes")
    masked = "digits are masked"
    cells = [ssn(rng), "", "N/A", trap(SSN, f"***-**-{rng.randint(1000, 9999)}", masked), ssn(rng), trap(SSN, "XXX-XX-1234", masked)]
    cells += [
        trap(SSN, "000-00-0000", "filler"),
        trap(SSN, "666-12-3456", "area 666 is never issued"),
        trap(SSN, "987-65-4320", "areas from 900 are never issued"),
    ]
    cells += [
        trap(SSN, "078-05-1120", "the number of the wallet advertisement of 1938"),
        trap(SSN, "219-09-9999", "from a leaflet of the authority"),
        ssn(rng),
    ]
    rows = [["employee", "ssn"], *([f"E{index}", cell] for index, cell in enumerate(cells, start=1))]
    return table_sample("tables/holes_and_masks.csv", rows, "A column of numbers with gaps, masks and fillers among them")
