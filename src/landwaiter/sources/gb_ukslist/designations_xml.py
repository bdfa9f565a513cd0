"""Whom does the XML of the UK Sanctions List name?"""

from landwaiter.sources.elements import Element, joined, text, texts, tree_of
from landwaiter.sources.gb_ukslist.designation import KINDS, LIST, PRIMARY, is_weak, numbers, uk_date, whole_name
from landwaiter.sources.reading import Entry, ListFile, Reading, listed

_LINES = "AddressLine1 AddressLine2 AddressLine3 AddressLine4 AddressLine5 AddressLine6"
SHAPE = {
    "Designations": "DateGenerated Designation",
    "Designation": """LastUpdated DateDesignated UniqueID OFSIGroupID UNReferenceNumber Names NonLatinNames Titles
        RegimeName IndividualEntityShip DesignationSource SanctionsImposed SanctionsImposedIndicators OtherInformation
        UKStatementofReasons Addresses PhoneNumbers EmailAddresses Websites IndividualDetails EntityDetails
        ShipDetails""",
    "Names": "Name",
    "Name": "Name1 Name2 Name3 Name4 Name5 Name6 NameType AliasStrength",
    "NonLatinNames": "NonLatinName",
    "NonLatinName": "NameNonLatinScript NonLatinScriptType NonLatinScriptLanguage",
    "Titles": "Title",
    "SanctionsImposedIndicators": "*",
    "Addresses": "Address",
    "Address": f"{_LINES} AddressPostalCode AddressCountry",
    "PhoneNumbers": "PhoneNumber",
    "EmailAddresses": "EmailAddress",
    "Websites": "Website",
    "IndividualDetails": "Individual",
    "Individual": "DOBs Nationalities PassportDetails NationalIdentifierDetails Positions Genders BirthDetails",
    "DOBs": "DOB",
    "Nationalities": "Nationality",
    "PassportDetails": "Passport PassportDetail",
    "Passport": "PassportNumber PassportAdditionalInformation",
    "PassportDetail": "PassportNumber PassportAdditionalInformation",
    "NationalIdentifierDetails": "NationalIdentifier NationalIdentifierDetail",
    "NationalIdentifier": "NationalIdentifierNumber NationalIdentifierAdditionalInformation",
    "NationalIdentifierDetail": "NationalIdentifierNumber NationalIdentifierAdditionalInformation",
    "Positions": "Position",
    "Genders": "Gender",
    "BirthDetails": "Location",
    "Location": "TownOfBirth CountryOfBirth",
    "EntityDetails": "Entity",
    "Entity": "TypeOfEntities Subsidiaries ParentCompanies BusinessRegistrationNumbers",
    "TypeOfEntities": "TypeOfEntity",
    "Subsidiaries": "Subsidiary",
    "ParentCompanies": "ParentCompany",
    "BusinessRegistrationNumbers": "BusinessRegistrationNumber",
    "ShipDetails": "Ship",
    "Ship": """IMONumbers CurrentOwnerOperators PreviousOwnerOperators CurrentBelievedFlagOfShips PreviousFlags
        TypeOfShipDetails TonnageOfShipDetails LengthOfShipDetails YearsBuilt HullIdentificationNumbers""",
    "IMONumbers": "IMONumber",
    "CurrentOwnerOperators": "CurrentOwnerOperator",
    "PreviousOwnerOperators": "PreviousOwnerOperator",
    "CurrentBelievedFlagOfShips": "CurrentBelievedFlagOfShip",
    "PreviousFlags": "PreviousFlag",
    "TypeOfShipDetails": "TypeOfShip",
    "TonnageOfShipDetails": "TonnageOfShip",
    "LengthOfShipDetails": "LengthOfShip",
    "YearsBuilt": "YearBuilt",
    "HullIdentificationNumbers": "HullIdentificationNumber",
}
_PERSON, _SHIP = "IndividualDetails/Individual", "ShipDetails/Ship"
# Where a designation names its documents, and what they are.
_NUMBERS = {
    f"{_PERSON}/PassportDetails/*/PassportNumber": "passport",
    f"{_PERSON}/NationalIdentifierDetails/*/NationalIdentifierNumber": "national id",
    "EntityDetails/Entity/BusinessRegistrationNumbers/BusinessRegistrationNumber": "registration",
    f"{_SHIP}/IMONumbers/IMONumber": "imo",
}


def read_xml(file: ListFile) -> Reading:
    """Listings of the XML, the primary name first, names in other scripts among the rest."""
    return listed(LIST, file.name, [_entry(said) for said in tree_of(file, SHAPE).iterfind("Designation")])


def _entry(said: Element) -> Entry:
    kind = text(said, "IndividualEntityShip").lower()
    entry = Entry(
        key=text(said, "UniqueID"),
        line=said.sourceline,
        kind=KINDS.get(kind, kind),
        countries=[
            *texts(said, f"{_PERSON}/Nationalities/Nationality"),
            *texts(said, f"{_SHIP}/CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip"),
            *texts(said, "Addresses/Address/AddressCountry"),
        ],
        birth_dates=[uk_date(born) for born in texts(said, f"{_PERSON}/DOBs/DOB")],
        addresses=[_address(address) for address in said.iterfind("Addresses/Address")],
        identifiers=[
            number for path in _NUMBERS for cell in texts(said, path) for number in numbers(_NUMBERS[path], cell)
        ],
        programmes=texts(said, "RegimeName"),
        reason="; ".join(texts(said, "UKStatementofReasons") + texts(said, "OtherInformation")),
        listed_on=uk_date(text(said, "DateDesignated")),
    )
    for name in said.iterfind("Names/Name"):
        whole = whole_name([text(name, f"Name{place}") for place in range(1, 6)], text(name, "Name6"))
        if is_weak(text(name, "AliasStrength")):
            entry.weak_names.append(whole)
        elif text(name, "NameType").lower() == PRIMARY:
            entry.names.insert(0, whole)
        else:
            entry.names.append(whole)
    entry.names += texts(said, "NonLatinNames/NonLatinName/NameNonLatinScript")
    return entry


def _address(address: Element) -> str:
    lines = joined(address, f"{_LINES} AddressPostalCode", ", ")
    return ", ".join(filter(None, (lines, text(address, "AddressCountry")))) if lines else ""
