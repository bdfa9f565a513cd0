"""What does a number with a unit come to, so that MSPS and GSPS, K and °C, dBm and W can be compared?"""

import math
import re
from dataclasses import dataclass

# Unit as written (without spaces, small letters kept where they matter): dimension, factor to the dimension's unit.
_SI = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "m": 1e-3, "μ": 1e-6, "n": 1e-9, "p": 1e-12, "f": 1e-15}
_STEMS: dict[str, tuple[str, str]] = {
    "Hz": ("frequency", "kMGT"),
    "W": ("power", "kMGTmμnp"),
    "V": ("voltage", "kMmμ"),
    "A": ("current", "kmμ"),
    "J": ("energy", "kMmμn"),
    "s": ("time", "mμnpf"),
    "m": ("length", "kmμn"),
    "eV": ("particle energy", "kMG"),
    "F": ("capacitance", "mμnp"),
    "H": ("inductance", "mμn"),
    "VA": ("apparent power", "kM"),
    "byte/s": ("byte rate", "kMGT"),
    "Pa": ("pressure", "kMGmμ"),
    "N": ("force", "kM"),
    "T": ("induction", "mμnp"),
    "Wh/kg": ("energy density", "k"),
    "J/kg": ("energy density", "kM"),
    "W/kg": ("power density", "k"),
    "bit/s": ("bit rate", "kMGT"),
    "A/s": ("current rise", "kM"),
    "Gy": ("dose", "kM"),
    "Gy/s": ("dose rate", "kM"),
    "rad": ("angle", "mμ"),
    "g": ("mass", "kmμ"),
    "W/m2": ("irradiance", "kM"),
    "Gal": ("acceleration", "mμ"),
}
UNITS: dict[str, tuple[str, float]] = {
    prefix + stem: (kind, _SI[prefix]) for stem, (kind, prefixes) in _STEMS.items() for prefix in ["", *prefixes]
} | {
    **{f"{prefix}Wh/kg": ("energy density", 3600.0 * _SI[prefix]) for prefix in ("", "k")},
    **{f"{prefix}b/s": ("bit rate", _SI[prefix]) for prefix in ("", "k", "M", "G", "T")},
    **{f"{prefix}bps": ("bit rate", _SI[prefix]) for prefix in ("", "k", "M", "G", "T")},
    **{f"A/{prefix}s": ("current rise", 1 / _SI[prefix]) for prefix in ("m", "μ", "n")},
    **{f"{prefix}SPS": ("sample rate", _SI[prefix]) for prefix in ("", "k", "M", "G")},
    "cm": ("length", 1e-2),
    "cm2": ("area", 1e-4),
    "cm3": ("volume", 1e-6),
    "m3": ("volume", 1.0),
    "litres": ("volume", 1e-3),
    "liters": ("volume", 1e-3),
    "micrometer": ("length", 1e-6),
    "kg/h": ("mass flow", 1.0),
    "degrees/s": ("turning rate", 1.0),
    "ohms": ("resistance", 1.0),
    "J/cm2": ("fluence of energy", 1.0),
    "mm2": ("area", 1e-6),
    "m2": ("area", 1.0),
    "kg": ("mass", 1e3),
    "%": ("share", 1e-2),
    "dB": ("ratio in dB", 1.0),
    "dBc": ("ratio to carrier in dB", 1.0),
    "dBm/Hz": ("noise level in dBm/Hz", 1.0),
    "dBc/Hz": ("noise to carrier in dBc/Hz", 1.0),
    "bit": ("bits", 1.0),
    "bits": ("bits", 1.0),
    "min": ("time", 60.0),
    "minutes": ("time", 60.0),
    "h": ("time", 3600.0),
    "hours": ("time", 3600.0),
    "seconds": ("time", 1.0),
    "second": ("time", 1.0),
    "Watt": ("power", 1.0),
    "Watts": ("power", 1.0),
    "μRad": ("angle", 1e-6),
    "°": ("angle", math.pi / 180),
    "degrees": ("angle", math.pi / 180),
    "degree": ("angle", math.pi / 180),
    "second of arc": ("angle", math.pi / 648000),
    "seconds of arc": ("angle", math.pi / 648000),
    "bar": ("pressure", 1e5),
    "km/h": ("speed", 1 / 3.6),
    "m/s": ("speed", 1.0),
    "rpm": ("turns", 1.0),
    "WT": ("weighted teraflops", 1.0),
    "GB/s/mm2": ("bandwidth density", 1.0),
    "T RMS": ("induction", 1.0),
    "J/pulse": ("energy", 1.0),
    "A/cm2": ("current density", 1e4),
    "A/mm2": ("current density", 1e6),
    "n/cm2": ("fluence", 1.0),
    "": ("number", 1.0),
}
# Units whose zero is not the zero of their dimension.
_SHIFTED = {"K": 0.0, "°C": 273.15, "C": 273.15, "°F": 459.67}
# Words for units, in the order in which they are tried: the longer first.
WORDS = {
    "gigabytes per second per square millimeter": "GB/s/mm2",
    "giga samples per second (gsps)": "GSPS",
    "giga samples per second": "GSPS",
    "mega samples per second (msps)": "MSPS",
    "mega samples per second": "MSPS",
    "weighted teraflops (wt)": "WT",
    "teraflops (wt)": "WT",
    "gbyte/s/mm2": "GB/s/mm2",
}
# Endings of parameter names: the unit in which the value is given.
SUFFIXES = {
    "gbps_mm2": "GB/s/mm2", "a_per_us": "A/μs", "wh_per_kg": "Wh/kg", "w_per_kg": "W/kg", "j_per_kg": "J/kg",
    "pct_fs": "%", "pct": "%", "bits": "bit", "bit": "bit", "ghz": "GHz", "mhz": "MHz", "khz": "kHz", "hz": "Hz",
    "thz": "THz", "msps": "MSPS", "gsps": "GSPS", "ksps": "kSPS", "gbps": "Gb/s", "mbps": "Mb/s", "kw": "kW", "w": "W",
    "mw": "mW", "uw": "μW", "nw": "nW", "dbm": "dBm", "dbw": "dBW", "dbc": "dBc", "db": "dB", "kv": "kV", "v": "V",
    "mv": "mV", "a": "A", "ka": "kA", "kj": "kJ", "j": "J", "mj": "mJ", "ns": "ns", "us": "μs", "ms": "ms", "ps": "ps",
    "fs": "fs", "s": "s", "c": "°C", "k": "K", "kg": "kg", "g": "g", "km": "km", "m": "m", "cm": "cm", "mm": "mm",
    "um": "μm", "nm": "nm", "deg": "°", "urad": "μrad", "mrad": "mrad", "arcsec": "second of arc", "t": "T", "nt": "nT",
    "pt": "pT", "mgal": "mGal",
    "ugal": "μGal", "wt": "WT", "rpm": "rpm", "mpa": "MPa", "kn": "kN", "dbm_per_hz": "dBm/Hz", "dbc_per_hz": "dBc/Hz",
}  # fmt: skip

_POWER = re.compile(r"^(?P<mantissa>[-+]?[\d.]+)\s*[x×·]\s*10\s*\^?\s*(?P<exponent>[-−]?\s?\d+)$")
_WITH_UNIT = re.compile(r"^\s*(?P<number>[-−+]?\d[\d\s.,]*(?:[x×]\s*10\^?[-−]?\d+)?)\s*(?P<unit>.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a unit as written."""

    number: float
    unit: str

    def __str__(self) -> str:
        number = f"{self.number:.10g}"
        return number if not self.unit else f"{number} {self.unit}" if self.unit != "%" else f"{number} %"


def number_of(text: str, *, decimal_comma: bool) -> float | None:
    """A number as lists print it: 1,3 and 1 250 in lists of the EU, 1.3 and 1,250 in American ones; 5 x 10-3."""
    plain = text.replace("−", "-").replace("–", "-").replace("±", "").replace("\u00a0", " ").strip(" ,.")
    plain = re.sub(r"(?<=\d)\s+(?=\d{3}(?!\d))", "", plain)
    plain = plain.replace(",", ".") if decimal_comma else plain.replace(",", "")
    power = _POWER.match(plain)
    try:
        if power:
            return float(power["mantissa"]) * 10.0 ** int(power["exponent"].replace(" ", "").replace("−", "-"))
        return float(plain.replace(" ", ""))
    except ValueError:
        return None


def dimension_of(unit: str) -> str:
    """Temperature, frequency, power ...; a unit unknown to us is a dimension of its own."""
    if unit in _SHIFTED:
        return "temperature"
    if unit in ("dBm", "dBW"):
        return "power"
    return UNITS[unit][0] if unit in UNITS else unit


def in_base(quantity: Quantity) -> float:
    """The number in the unit of its dimension: Hz, W, K, s, m ..."""
    unit = quantity.unit
    if unit in _SHIFTED:
        return (quantity.number + _SHIFTED[unit]) * (5 / 9 if unit == "°F" else 1.0)
    if unit in ("dBm", "dBW"):
        return float(10.0 ** (quantity.number / 10) * (1e-3 if unit == "dBm" else 1.0))
    return quantity.number * UNITS.get(unit, ("", 1.0))[1]


def compared(left: Quantity, right: Quantity) -> int | None:
    """-1, 0 or 1; None where the dimensions differ. Equal but for the rounding of a conversion counts as equal."""
    if left.unit == right.unit:
        return (left.number > right.number) - (left.number < right.number)
    if dimension_of(left.unit) != dimension_of(right.unit):
        return None
    one, other = in_base(left), in_base(right)
    if math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-30):
        return 0
    return (one > other) - (one < other)


def quantity_given(value: str | float, unit: str) -> Quantity | None:
    """A value somebody gave: a number in the parameter's own unit, or text that names another (`1,3 GSPS`)."""
    if isinstance(value, int | float):
        return Quantity(float(value), unit) if math.isfinite(value) else None
    found = _WITH_UNIT.match(value.strip())
    if found is None:
        return None
    comma = bool(re.fullmatch(r"[-−+]?\d+,\d{1,2}|[-−+]?\d+,\d{4,}|[-−+]?0,\d+", found["number"].strip()))
    number = number_of(found["number"], decimal_comma=comma)
    named = unit_named(found["unit"])
    if number is None or (found["unit"].strip() and named is None):
        return None
    return Quantity(number, named or unit)


def unit_named(text: str) -> str | None:
    """The unit that a text is, in our writing; None where it is none that we know."""
    plain = re.sub(r"\s+", " ", text.replace("µ", "μ").replace("²", "2").strip())
    if plain.lower() in WORDS:
        return WORDS[plain.lower()]
    known = [*UNITS, *_SHIFTED, "dBm", "dBW"]
    if plain in known:
        return plain or None
    alike = [unit for unit in known if unit.lower() == plain.lower().replace("us", "μs")]
    return alike[0] if len(alike) == 1 else None


def unit_of_parameter(name: str) -> tuple[str, str]:
    """The stem and the unit of a parameter's name: sample_rate_msps is sample_rate in MSPS."""
    for suffix, unit in sorted(SUFFIXES.items(), key=lambda item: -len(item[0])):
        if name.endswith("_" + suffix):
            return name[: -len(suffix) - 1], unit
    return name, ""
