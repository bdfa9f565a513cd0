"""Which columns may a file of each kind have, and by which rule is each cell understood?"""

from dataclasses import dataclass

from landwaiter.errors import InputError


@dataclass(frozen=True)
class Kind:
    """A kind of input file.

    Args:
        file_kind: its name for users, in mapping files and on the command line.
        columns: our column to the name of its rule in `rules.py`, in the order of `docs/reference`.
        required: columns that every row must fill.
    """

    file_kind: str
    columns: dict[str, str]
    required: tuple[str, ...]


def _columns(text: str) -> dict[str, str]:
    return dict(item.split(":") for item in text.split())


KINDS = {
    "declarations": Kind(
        "shipments",
        _columns("""
        shipment_id:text declared_on:day reporter:country flow:flow
        exporter_name:text exporter_id:text exporter_address:text exporter_country:country
        consignee_name:text consignee_id:text consignee_address:text consignee_country:country
        end_user_name:text end_user_country:country stated_end_use:text forwarder_name:text
        origin_country:country dispatch_country:country destination_country:country transit_countries:countries
        hs_code:hs_code hs_edition:hs_edition description:text part_number:text
        quantity:amount quantity_unit:unit net_mass_kg:amount value:amount currency:currency value_usd:amount
        transport_mode:word document_id:text licence_id:text
        """),
        ("declared_on", "reporter", "flow"),
    ),
    "companies": Kind(
        "companies",
        _columns("""
        company_id:text name:text other_names:names country:country address:text incorporated_on:day dissolved_on:day
        industry:text phone:text email:text website:text officers:names employees:count source:word
        """),
        ("name",),
    ),
    "ownership": Kind(
        "ownership",
        _columns("""
        owner_id:text owner_name:text owner_kind:owner_kind owned_id:text owned_name:text interest:interest
        share_min:share share_max:share share_min_exclusive:truth share_max_exclusive:truth joint_with:names
        valid_from:day valid_to:day source:word
        """),
        ("owner_id", "owned_id"),
    ),
    "end_use_statements": Kind(
        "statements",
        _columns("""
        statement_id:text issued_on:day valid_until:day end_user_name:text end_user_id:text end_user_address:text
        end_user_country:country signatory_name:text signatory_role:text stamp:text exporter_name:text
        licence_id:text shipment_ids:names hs_code:hs_code description:text part_number:text
        quantity:amount quantity_unit:unit stated_end_use:text source:word
        """),
        ("end_user_name",),
    ),
    "trade_flows": Kind(
        "flows",
        _columns("""
        period:period reporter:country partner:partner flow:flow hs_code:flow_code hs_edition:hs_edition
        value_usd:amount value:amount currency:currency quantity:amount quantity_unit:unit net_mass_kg:amount
        source:word
        """),
        ("period", "reporter", "partner", "flow", "hs_code"),
    ),
    "components": Kind(
        "components",
        _columns("""
        component_id:text weapon:text marking:text description:text maker:text part_number:text date_code:text
        lot_code:text assembled_in:country source:word found_on:day
        """),
        (),
    ),
}


def kind_of(name: str, where: str) -> str:
    """Our kind for a name of either sort: `shipments` is `declarations`, `flows` is `trade_flows`."""
    for kind, facts in KINDS.items():
        if name in (kind, facts.file_kind):
            return kind
    known = ", ".join(facts.file_kind for facts in KINDS.values())
    raise InputError(where, f"'{name}' is no kind of file", f"known are {known}")
