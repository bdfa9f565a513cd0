"""Says what every table in the corridor holds: its columns, their types and units, one sentence each.

Rooms never import each other; they meet in these tables. A type ending in `?` may be null. `key` columns identify a
row and are the order in which the table is written, so that the same run gives the same bytes.
"""

from dataclasses import dataclass

import pyarrow as pa

from landwaiter.errors import ContractError

TYPES: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "DATE": pa.date32(),
    "BOOLEAN": pa.bool_(),
    "VARCHAR[]": pa.list_(pa.string()),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `type` is a key of TYPES, `sentence` what a cell says."""

    name: str
    type: str
    nullable: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the corridor. `public` tables are written by `run` as `<name>.parquet`."""

    name: str
    sentence: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    public: bool = False

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema that a table of this name must have."""
        return pa.schema([pa.field(c.name, TYPES[c.type], nullable=c.nullable) for c in self.columns])


def _columns(text: str) -> tuple[Column, ...]:
    columns = []
    for line in filter(None, text.splitlines()):
        name, kind, sentence = line.split(None, 2)
        columns.append(Column(name, kind.rstrip("?"), kind.endswith("?"), sentence))
    return tuple(columns)


TABLES: dict[str, Table] = {}


def _table(name: str, sentence: str, key: str, columns: str, *, public: bool = False) -> None:
    TABLES[name] = Table(name, sentence, tuple(key.split()), _columns(columns), public)


def check(name: str, table: pa.Table) -> pa.Table:
    """Give the table back with exactly the contract's columns, order and types, or raise ContractError.

    Nothing is converted but the integer widths and string layouts in which engines differ.
    """
    contract = TABLES[name]
    missing = [c.name for c in contract.columns if c.name not in table.column_names]
    extra = [c for c in table.column_names if c not in contract.schema.names]
    if missing or extra:
        raise ContractError(name, f"columns missing: {missing or 'none'}, not in the contract: {extra or 'none'}")
    arrays = []
    for column in contract.columns:
        array = table.column(column.name)
        wanted = TYPES[column.type]
        if not _same_kind(array.type, wanted):
            raise ContractError(name, f"column '{column.name}' is {array.type}, not {column.type}")
        if not column.nullable and array.null_count:
            raise ContractError(name, f"column '{column.name}' has {array.null_count} nulls and may have none")
        arrays.append(array if array.type == wanted else array.cast(wanted))
    return pa.Table.from_arrays(arrays, schema=contract.schema)


def _same_kind(found: pa.DataType, wanted: pa.DataType) -> bool:
    kinds = (pa.types.is_integer, _is_text, pa.types.is_floating, pa.types.is_boolean, pa.types.is_date)
    if pa.types.is_list(wanted):
        return (pa.types.is_list(found) or pa.types.is_large_list(found)) and _is_text(found.value_type)
    return any(kind(found) and kind(wanted) for kind in kinds)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


# ---- What a user brings --------------------------------------------------------------------------------------------

# The columns of `../docs/reference/files.md`, as declared; the loader adds the working columns below them.
_DECLARED_SHIPMENT = """
shipment_id VARCHAR the reporter's own number, or the row_id where there is none
declared_on DATE day of declaration, sailing or order
reporter VARCHAR ISO 3166-1 alpha-2: whose books this row is from
flow VARCHAR export, import, re-export, transit or domestic, seen from the reporter
exporter_name VARCHAR? the seller or shipper as declared
exporter_id VARCHAR? the reporter's own number of the exporter
exporter_address VARCHAR? as declared
exporter_country VARCHAR? ISO alpha-2
consignee_name VARCHAR? the buyer or receiver as declared
consignee_id VARCHAR? the reporter's own number of the consignee
consignee_address VARCHAR? as declared
consignee_country VARCHAR? ISO alpha-2
end_user_name VARCHAR? the end user as declared
end_user_country VARCHAR? ISO alpha-2
stated_end_use VARCHAR? as declared
forwarder_name VARCHAR? forwarder, broker or notify party
origin_country VARCHAR? ISO alpha-2: where the goods were made
dispatch_country VARCHAR? ISO alpha-2: where this leg starts
destination_country VARCHAR? ISO alpha-2: where this leg ends, as declared
transit_countries VARCHAR? ISO alpha-2 codes between them, separated by ;
hs_code VARCHAR? commodity code as declared, 4 to 12 digits
hs_edition VARCHAR? 2012, 2017 or 2022: the edition declared, else the one in force on the day
description VARCHAR? goods description, any language
part_number VARCHAR? as declared
quantity DOUBLE? as declared, in quantity_unit
quantity_unit VARCHAR? UN/ECE Recommendation 20 code
net_mass_kg DOUBLE? net mass in kilograms
value DOUBLE? as declared, in currency
currency VARCHAR? ISO 4217
value_usd DOUBLE? as declared, or converted by the dated rate table
transport_mode VARCHAR? as declared
document_id VARCHAR? as declared
licence_id VARCHAR? as declared
"""

_WORKING_SHIPMENT = """
row_id VARCHAR unique over all files: the file's digest and the line
row_no BIGINT position over all inputs, from 0
file VARCHAR name of the input file
line BIGINT line or row number in that file, the header being 1
hs4 VARCHAR? first four digits of hs_code
hs6 VARCHAR? first six digits of hs_code, null where fewer are declared
quantity_base DOUBLE? quantity in base_unit
base_unit VARCHAR? C62 (pieces), KGM, LTR, MTR, MTK, MTQ or the declared code itself
quantity_milli BIGINT? quantity_base in thousandths, for sums that do not depend on order
mass_g BIGINT? net mass in grams
value_usd_cents BIGINT? value_usd in cents
"""

_table(
    "declarations",
    "One row is one customs declaration line, bill of lading or order line, as one reporter saw it.",
    "row_no",
    _WORKING_SHIPMENT + _DECLARED_SHIPMENT,
)
_table(
    "shipments",
    "A declaration with its parties resolved; it enters once and is never changed.",
    "row_id",
    _WORKING_SHIPMENT
    + _DECLARED_SHIPMENT
    + """
exporter_party VARCHAR? party_id of the exporter
consignee_party VARCHAR? party_id of the consignee
end_user_party VARCHAR? party_id of the end user
""",
    public=True,
)
_table(
    "companies",
    "What a register or a file of the user says of a company.",
    "company_id name row_id",
    """
row_id VARCHAR the file's digest and the line
company_id VARCHAR the source's own number, or the row_id
name VARCHAR as written
other_names VARCHAR[] other spellings
country VARCHAR? ISO alpha-2
address VARCHAR? as written
incorporated_on DATE? first day
dissolved_on DATE? last day
industry VARCHAR? code or words
phone VARCHAR? as written
email VARCHAR? as written
website VARCHAR? as written
officers VARCHAR[] names of officers
employees BIGINT? head count
source VARCHAR? where this is from
""",
)
_table(
    "ownership",
    "One interest of one owner in one company, over one time.",
    "row_id",
    """
row_id VARCHAR the file's digest and the line
owner_id VARCHAR the source's number of the owner
owner_name VARCHAR? as written
owner_kind VARCHAR person, company, state or unknown
owned_id VARCHAR the source's number of the company owned
owned_name VARCHAR? as written
interest VARCHAR shares, votes, board or control
share_min DOUBLE? per cent, 0 to 100
share_max DOUBLE? per cent, 0 to 100; equal to share_min when exact
share_min_exclusive BOOLEAN? whether share_min itself is excluded
share_max_exclusive BOOLEAN? whether share_max itself is excluded
joint_with VARCHAR[] owner_ids who hold this interest jointly
valid_from DATE? first day
valid_to DATE? last day
source VARCHAR? where this is from
""",
)
_table(
    "end_use_statements",
    "What one line of an end-user statement or certificate says: who declares to use which goods, and who signed.",
    "statement_id row_id",
    """
row_id VARCHAR the file's digest and the line
statement_id VARCHAR the number that the paper bears, or the row_id
issued_on DATE? day of the signature
valid_until DATE? last day, where the paper states one
end_user_name VARCHAR who declares to use the goods
end_user_id VARCHAR? the number of the end user in its register
end_user_address VARCHAR? as written
end_user_country VARCHAR? ISO alpha-2
signatory_name VARCHAR? who signed
signatory_role VARCHAR? as what
stamp VARCHAR? what the stamp or seal says, or its number
exporter_name VARCHAR? to whom it is given
licence_id VARCHAR? licence or contract for which it is given
shipment_ids VARCHAR[] numbers of the shipments or documents that it covers, where it names them
hs_code VARCHAR? commodity code of the goods
hs6 VARCHAR? its first six digits, null where fewer are stated
description VARCHAR? of the goods, any language
part_number VARCHAR? as stated
quantity DOUBLE? as stated, in quantity_unit
quantity_unit VARCHAR? UN/ECE Recommendation 20 code
base_unit VARCHAR? as in shipments
quantity_milli BIGINT? in thousandths of base_unit
stated_end_use VARCHAR? as stated
source VARCHAR? where this is from
""",
    public=True,
)
_table(
    "trade_flows",
    "One cell of aggregate trade statistics, as one reporter published it.",
    "period reporter partner flow hs_code source row_id",
    """
row_id VARCHAR the file's digest and the line
period VARCHAR YYYY or YYYY-MM
reporter VARCHAR ISO alpha-2
partner VARCHAR ISO alpha-2, or W00 for all
flow VARCHAR export, import or re-export
hs_code VARCHAR commodity code as published; TOTAL for all goods
hs_edition VARCHAR? 2012, 2017 or 2022; else the one in force in the period
value_usd DOUBLE in US dollars
quantity DOUBLE? in quantity_unit
quantity_unit VARCHAR? UN/ECE Recommendation 20 code
net_mass_kg DOUBLE? kilograms
source VARCHAR where this is from
""",
)
_table(
    "components",
    "A component found in a weapon, with its marking.",
    "component_id row_id",
    """
row_id VARCHAR the file's digest and the line
component_id VARCHAR the source's own number, or the row_id
weapon VARCHAR? in which it was found
marking VARCHAR? text on the part
description VARCHAR? as written
maker VARCHAR? as attributed by the source
part_number VARCHAR? as read
date_code VARCHAR? as read
lot_code VARCHAR? as read
assembled_in VARCHAR? ISO alpha-2 as marked
source VARCHAR? where this is from
found_on DATE? day of the find
""",
)
_table(
    "rejects",
    "A row that was set aside, and why; nothing is dropped in silence.",
    "file line row column value reason",
    """
file VARCHAR name of the input file
row VARCHAR the shipment_id, company_id ... as declared, or the line
line BIGINT line or row number in the file
column VARCHAR the column concerned, empty when it is the whole row
value VARCHAR the cell as read, cut at 200 characters
reason VARCHAR what is wrong with it
""",
    public=True,
)

# ---- Lists of parties ----------------------------------------------------------------------------------------------

_LISTING = """
listing_id VARCHAR the list's short name, a colon and the publisher's own number; or the user's own id
list VARCHAR short name of the list, as its folder in sources/
kind VARCHAR person, organisation, vessel, aircraft, address or unknown
name VARCHAR the main name
countries VARCHAR[] ISO alpha-2: nationality, registration or flag, and addresses
birth_dates VARCHAR[] YYYY, YYYY-MM or YYYY-MM-DD
addresses VARCHAR[] as published
identifiers VARCHAR[] scheme:value (imo:9123456, inn:7707083893), or the bare value where no scheme is given
programmes VARCHAR[] programme, regime or law codes as published
reason VARCHAR? why it is listed, as published
listed_on DATE? first day
delisted_on DATE? last day
source_url VARCHAR? a page on this entry
"""

_table("listings", "One listed party, as one list describes it.", "listing_id", _LISTING)
_table(
    "listings_matched",
    "The listed parties that one of our parties could be, as their lists describe them.",
    "listing_id",
    _LISTING,
    public=True,
)
_table(
    "listing_names",
    "One name of one listed party.",
    "listing_id position",
    """
listing_id VARCHAR of the listing
position INTEGER 0 is the main name
name VARCHAR as published, in its own script
is_weak BOOLEAN true where the publisher calls the alias weak or of low quality
""",
)

# ---- Parties -------------------------------------------------------------------------------------------------------

_table(
    "mentions",
    "One way in which one reporter's books write one party: the distinct name, id and country over all roles.",
    "mention_no",
    """
mention_no BIGINT position in the order of reporter, country, name, id
reporter VARCHAR whose books; `register` for a file of companies
country VARCHAR as declared, empty where unknown
name VARCHAR as declared
id VARCHAR the reporter's own number, empty where unknown
address VARCHAR the alphabetically first address given, empty where unknown
lots BIGINT in how many roles and rows it appears
""",
)
_table(
    "mention_parties",
    "Which party each mention is.",
    "mention_no",
    """
mention_no BIGINT of the mention
party_id VARCHAR of the party
""",
)
_table(
    "parties",
    "One firm or person, however many spellings and ids the books give it.",
    "party_id",
    """
party_id VARCHAR p- and twelve hexadecimal digits, made from its first mention
name VARCHAR its most used name
kind VARCHAR organisation, person or unknown
country VARCHAR? ISO alpha-2
names VARCHAR[] every spelling
source_ids VARCHAR[] reporter:id
why_merged VARCHAR[] one sentence for each pair of mentions that was joined
""",
    public=True,
)
_table(
    "matches",
    "Whom on a list one of our parties could be.",
    "party_id listing_id",
    """
party_id VARCHAR our party
listing_id VARCHAR the listed party
list VARCHAR short name of the list
name_matched VARCHAR the listed name that is nearest
score DOUBLE 0 to 1
reason VARCHAR what agrees and what does not
conflict VARCHAR? of a firm: country, identifier, both, or empty; what is known to differ from the listed one's
as_of DATE day for which the list was read
decision VARCHAR cleared or confirmed where an officer's word stands on the pair, else empty
decided_until DATE? last day of that word, null where it has none
decided VARCHAR who said so, on which day and why, or why the pair is open again; empty where nobody has decided
""",
    public=True,
)

# ---- Ownership -----------------------------------------------------------------------------------------------------

_table(
    "holders",
    "Which party each owner and each company of an ownership file is.",
    "holder_id",
    """
holder_id VARCHAR the source's own number
name VARCHAR? as written
party_id VARCHAR? of the party, where something names it
""",
)
_table(
    "company_parties",
    "Which party each company of a register is, and how the register describes it.",
    "row_id",
    """
row_id VARCHAR of the company
company_id VARCHAR the source's own number
name VARCHAR as written
other_names VARCHAR[]? other spellings
country VARCHAR? ISO alpha-2
address VARCHAR? as written
phone VARCHAR? as written
email VARCHAR? as written
industry VARCHAR? code or words
officers VARCHAR[] names of officers
employees BIGINT? head count
incorporated_on DATE? first day
dissolved_on DATE? last day
party_id VARCHAR of the party
""",
)
_table(
    "shared_attributes",
    "What a party of a shipment has in common with companies of a register or with a list, and how rare that is.",
    "party_id attribute value other_party",
    """
party_id VARCHAR of the party that trades
attribute VARCHAR address, phone, email_domain or officer
value VARCHAR as written
degree BIGINT how many companies have it
weight_bp BIGINT ten-thousandths of 1 / log2(1 + degree)
other_party VARCHAR? another that has it; null where more than twenty do, or only a list
is_listed INTEGER 1 where a list gives this address
listing_ids VARCHAR[] the listings that do
""",
    public=True,
)
_table(
    "party_papers",
    "What the papers of a party say that an officer would stop at, read from words.",
    "party_id kind value",
    """
party_id VARCHAR of the party
kind VARCHAR free_mail, phone_elsewhere, unrelated_trade, role (by its name) or carries (rows name it as a forwarder)
value VARCHAR the domain, the country, the trade, or what the name says it is
word VARCHAR from which it was read
""",
)
_table(
    "end_use_texts",
    "A stated end use that several consignees state word for word.",
    "row_id",
    """
row_id VARCHAR of the shipment
party_id VARCHAR of the consignee
text VARCHAR as stated, the first spelling of those that are the same when folded
buyers BIGINT how many consignees state it
sellers BIGINT how many exporters do
""",
)
_table(
    "phoenix_names",
    "A young company that bears the name of one that was struck off, or that a list had before it was founded.",
    "party_id kind former_id",
    """
party_id VARCHAR of the young company
kind VARCHAR listed or struck off
name VARCHAR its name
former_name VARCHAR of the other
former_id VARCHAR its company_id, or the listing_id
former_party VARCHAR? of the struck-off company
founded_day INTEGER days since 1970-01-01 of the young company's first day
gone_day INTEGER the day on which the other was struck off or listed
gap_days INTEGER from that day to the first day; less than 0 where it was founded shortly before
""",
)
_table(
    "way_lengths",
    "How long a declared way is, from place to place as the crow flies, beside the direct one.",
    "dispatch_country transit_countries destination_country",
    """
dispatch_country VARCHAR ISO alpha-2
transit_countries VARCHAR as declared
destination_country VARCHAR ISO alpha-2
direct_km BIGINT from the first to the last
way_km BIGINT over all countries of transit
through VARCHAR the country of transit that lies farthest from both ends
""",
)
_table(
    "statement_parties",
    "Which party each line of an end-user statement names as the end user.",
    "row_id",
    """
row_id VARCHAR of the line of the statement
party_id VARCHAR of the end user
""",
)
_table(
    "statement_rows",
    "Which shipments each line of an end-user statement covers, and whether goods and user are those that it states.",
    "row_id shipment_row",
    """
row_id VARCHAR of the line of the statement
shipment_row VARCHAR row_id of the shipment
party_id VARCHAR of the end user that the statement names
how VARCHAR named (the statement names its number or licence) or goods (the same end user and goods)
goods VARCHAR same, other or unknown
end_user VARCHAR same, other, or unknown where the row states no end user
""",
    public=True,
)
_table(
    "statement_marks",
    "What end-user statements of several end users have in common, that each should have for itself.",
    "row_id kind",
    """
row_id VARCHAR of the line of the statement
party_id VARCHAR of the end user that it names
kind VARCHAR number, stamp, text or signatory
value VARCHAR as written
users BIGINT how many end users have it
papers BIGINT on how many statements it stands
""",
)
_table(
    "statement_signers",
    "Who signed an end-user statement and is, by the register, no officer of its end user.",
    "row_id",
    """
row_id VARCHAR of the line of the statement
party_id VARCHAR of the end user that it names
signatory VARCHAR as written
role VARCHAR as written, or empty
officers VARCHAR whom the register names, in one line
elsewhere VARCHAR another company of which the register names the signatory as an officer, or empty
elsewhere_party VARCHAR? its party_id
""",
)
_table(
    "unfitting_uses",
    "A stated end use that names a trade, and a heading whose goods that trade does not take.",
    "stated_end_use hs4",
    """
stated_end_use VARCHAR as stated
hs4 VARCHAR four digits of the code
trade VARCHAR that the text names
""",
)
_table(
    "owner_facts",
    "What an officer should know of an owner who could be listed, where no rule counts him.",
    "party_id listed_party kind",
    """
party_id VARCHAR of the company
listed_party VARCHAR party_id of the owner who could be listed
kind VARCHAR minority, former, layered or circular
owner_name VARCHAR its name
verdicts VARCHAR which regime says what, on which day
way VARCHAR one way of owners down to the company, in names
way_ids VARCHAR[] the same in party_ids
steps BIGINT how many holdings lie between
match_score DOUBLE how well the owner matches the list, 0 to 1
listing_ids VARCHAR[] the listings
gap_days BIGINT? of a former owner: days between its sale and its listing
divested_day INTEGER? its last day as an owner, days since 1970-01-01
listed_day INTEGER? the day of that listing, days since 1970-01-01
""",
)
_table(
    "control_of",
    "What one regime says of a party that a listed one reaches by shares, votes or control.",
    "party_id listed_party regime",
    """
party_id VARCHAR of the company
listed_party VARCHAR party_id of the owner who could be listed
regime VARCHAR us_50, us_bis_affiliates, eu, uk, tw or jp
answer VARCHAR yes, possible or no
edges VARCHAR[] owner>owned, the fewest holdings that prove it
flags VARCHAR[] minority, unknown_share, control, former_owner, over_100, circular, contradicted, suspended
reason VARCHAR the arithmetic in words
""",
    public=True,
)
_table(
    "owners",
    "What all regimes together say of one party and one owner who could be listed.",
    "party_id listed_party",
    """
party_id VARCHAR of the company
listed_party VARCHAR party_id of the owner who could be listed
owner_name VARCHAR its name
answer VARCHAR the strongest answer of any regime
verdicts VARCHAR which regime says what, on which day
way VARCHAR one way of owners down to the company, in names
way_ids VARCHAR[] the same in party_ids
steps BIGINT how many holdings lie between
flags VARCHAR[] of any regime
match_score DOUBLE how well the owner matches the list, 0 to 1
listing_ids VARCHAR[] the listings
""",
    public=True,
)

# ---- Goods ---------------------------------------------------------------------------------------------------------

_table(
    "controls",
    "On which control list the goods of a row stand.",
    "row_id control_list entry",
    """
row_id VARCHAR of the shipment
control_list VARCHAR chpl by its code, chpl_text by its description, us_ccl, eu_annex_i ...
entry VARCHAR paragraph or code
tier VARCHAR? tier of the Common High Priority List
answer VARCHAR caught, possible or undecidable
reason VARCHAR what was compared with what
""",
    public=True,
)

_table(
    "control_paragraphs",
    "One paragraph or note of a control list, as it read from one day on.",
    "control_list valid_from position",
    """
control_list VARCHAR us_ccl, eu_annex_i, tw_shtc ...
valid_from DATE first day on which it is known to have read so
valid_to DATE? last day
position INTEGER its place in that version, from 0
entry VARCHAR such as 3A001, or the customs code itself
path VARCHAR such as 3A001.a.2; of a note, the paragraph that it stands under
parent VARCHAR the path one step up, empty for an entry
kind VARCHAR heading, item, code, note, technical note or nota bene
joins VARCHAR all or any of the paragraphs below; empty where the text does not say
effect VARCHAR of a note: narrows, widens, defines or points; else empty
text VARCHAR as published, spaces and quotes made plain
text_sha256 VARCHAR first 16 hexadecimal digits: the hash to which rules are bound
locator VARCHAR where it stands in the publication
""",
)

_table(
    "component_readings",
    "What a component's marking says: the likeliest reading of it, with what its finder says of it.",
    "component_id row_id",
    """
component_id VARCHAR the source's own number, or the row_id
row_id VARCHAR the file's digest and the line
weapon VARCHAR in which it was found
rank BIGINT 1, or 0 where nothing could be read
maker VARCHAR as marked
maker_family VARCHAR the house that sells the maker's parts on the day of the run
part VARCHAR orderable part number
part_base VARCHAR the number without what tells package, grade and reel
part_family VARCHAR the series that the number belongs to
package VARCHAR as the suffix or the text names it
date_code VARCHAR as marked
made_from DATE? first day that the date code allows
made_to DATE? last day that the date code allows
lot VARCHAR as marked
assembled_in VARCHAR ISO alpha-2 as marked, never the maker's seat
component_type VARCHAR what kind of part it is
hs6 VARCHAR where such parts usually stand; a hint
eccn VARCHAR control paragraphs to look at; a hint
probability DOUBLE 0 to 1: that the maker's house is right
reason VARCHAR what on the marking says so, and what else it could be
""",
    public=True,
)
_table(
    "component_links",
    "A shipment that could have carried a component's kind of part: its number stands in it. Inferred, never seen.",
    "component_id row_id",
    """
component_id VARCHAR the component
row_id VARCHAR of the shipment
how VARCHAR part (the same number), base (the same without suffix) or family (the same series of one maker)
number_seen VARCHAR the number as it stands in the shipment
seen_in VARCHAR part_number or description
basis VARCHAR inferred: the books show the shipment, and not what became of it
probability DOUBLE 0 to 1: that goods of the component's number were in the shipment
reason VARCHAR what agrees, and what speaks against it
""",
    public=True,
)

# ---- Chains --------------------------------------------------------------------------------------------------------

_table(
    "legs",
    "A record whose leg another one already counts: given twice, corrected later, or in the other country's books too.",
    "row_id",
    """
row_id VARCHAR of the record that is not counted
leg_id VARCHAR row_id of the record that stands for the leg in the ledger
other_row VARCHAR row_id of the record with which it was compared
kind VARCHAR repeated, corrected or both books
why_merged VARCHAR what agrees, in one sentence
""",
    public=True,
)
_table(
    "bridges",
    "A firm that only sells and one that only buys, taken for one by name, place and lots: its own books are absent.",
    "party_id",
    """
party_id VARCHAR of the seller, as the buyers' country writes it
home_party VARCHAR of the buyer, as the sellers' country writes it; the ledger takes this one
likeness DOUBLE of their names, 0 to 1
lots BIGINT how many of the lots sold could be lots bought
why VARCHAR what agrees, in one sentence
""",
    public=True,
)
_table(
    "known_by_trade",
    "A firm that a country's books write in a way no name joins to the firm at home: the legs that both wrote tell it.",
    "party_id",
    """
party_id VARCHAR as the other country writes it
home_party VARCHAR as its own country writes it; the ledger takes this one
legs BIGINT how many legs were unified between the two
""",
    public=True,
)
_table(
    "hops",
    "Which incoming lot left in which outgoing lot, first in first out.",
    "in_row out_row",
    """
in_row VARCHAR row_id of the arrival
out_row VARCHAR row_id of the departure
party_id VARCHAR who received and sent
family VARCHAR goods family, or the HS6 code where both lots carry it
quantity DOUBLE in base units: how much of the arrival left in that departure
days_between INTEGER days from arrival to departure
basis VARCHAR seen where the hub's own country declares a lot, else inferred; converted if one was weighed
probability DOUBLE? of an inferred hop on a way to a target: that a unit of the departure came in that arrival
""",
    public=True,
)
_table(
    "alternatives",
    "An arrival that could have left in a departure of which no book of the hub tells; the ledger chose among them.",
    "out_row in_row",
    """
in_row VARCHAR row_id of the arrival
out_row VARCHAR row_id of the departure
party_id VARCHAR the hub
probability DOUBLE 0 to 1: that a unit of the departure came in that arrival; what is left to 1 came from elsewhere
is_chosen BOOLEAN whether the ledger let it leave in that departure
""",
    public=True,
)
_table(
    "chains",
    "A controlled good's way, lot by lot, to a destination of concern.",
    "chain_id position",
    """
chain_id VARCHAR c- and twelve hexadecimal digits, made from its rows
position INTEGER 0 is the lot that left the controlled origin
row_id VARCHAR of the shipment
quantity DOUBLE in base units: how much is common to the whole chain
from_origin VARCHAR ISO alpha-2
to_target VARCHAR ISO alpha-2
basis VARCHAR how the hop to this lot is known: seen or inferred, converted or not, as in hops
probability DOUBLE? of the whole chain, where a hop of it is inferred
view VARCHAR c where the books of every hub's country show its hop, b where one is inferred from other books
""",
    public=True,
)
_table(
    "gaps",
    "What aggregate statistics of two reporters, or of one over time, do not explain.",
    "kind reporter partner hs_code period",
    """
reporter VARCHAR ISO alpha-2, or a union such as EU
partner VARCHAR ISO alpha-2
hs_code VARCHAR commodity code, TOTAL, or CONTROLLED for all goods under control together
period VARCHAR YYYY or YYYY-MM, or first..last
kind VARCHAR mirror_gap, break, triple_difference, substitution or hub_share
expected DOUBLE? US dollars, or a ratio where kind says so
seen DOUBLE? in the unit of expected
score DOUBLE 0 to 1
reason VARCHAR what was compared with what
""",
    public=True,
)

# ---- Judgement -----------------------------------------------------------------------------------------------------

_table(
    "findings",
    "One red flag about one subject, with the rows that prove it.",
    "finding_id",
    """
finding_id VARCHAR the flag, a colon and the subject
flag VARCHAR id of the red flag, as its file in flags/
subject_kind VARCHAR shipment, party, chain, route or item
subject_id VARCHAR id of the subject
strength DOUBLE 0 to 1
reason VARCHAR one sentence
evidence VARCHAR[] row_ids and other ids
first_on DATE? first day of the evidence
last_on DATE? last day of the evidence
view VARCHAR? books it rests on: a one end's, b both ends' without the hub's, c its own country's; null without rows
tested VARCHAR? the innocent explanation that was tested, and why it was not enough
""",
    public=True,
)
_table(
    "checklist",
    "The public questions about end use for each party that is a lead: what raised one, and what could not be asked.",
    "subject_id question",
    """
subject_id VARCHAR party_id of the lead
question INTEGER 1 to 21
title VARCHAR the question in a few words
state VARCHAR raised, asked (nothing was raised, which clears nobody), no data, not run, or officer
finding_ids VARCHAR[] the findings that raise it
why VARCHAR by which red flags it was asked, what is missing, and what the program never asks
""",
    public=True,
)
_table(
    "assessments",
    "Every subject pointed at, most urgent first.",
    "subject_kind subject_id",
    """
subject_kind VARCHAR party, chain or route
subject_id VARCHAR id of the subject
name VARCHAR? of the party
country VARCHAR? of the party
score DOUBLE calibrated, 0 to 1
rank BIGINT 1 is first
reasons VARCHAR[] finding_ids
innocent VARCHAR[] what would explain it innocently
value_usd DOUBLE value of the rows concerned
""",
    public=True,
)
