"""Countries and sectors: those that PLOVER knows, and what the letters of a CAMEO actor code stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass

# ISO 3166-1 alpha-3, with XKX for Kosovo.
COUNTRIES = frozenset(
    """ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM
    BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM
    CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP
    GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR
    JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL
    MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK
    PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR
    SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA
    UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM XKX YEM ZAF ZMB ZWE""".split()
)
BEYOND_COUNTRIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
SECTORS = frozenset(
    """AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY REB REF REL SOC SPY UAF UNK""".split()
)

# Codes of the CAMEO, TABARI and KEDS dictionaries, and withdrawn ones of ISO, for states that have another code now.
_OTHER_COUNTRIES = {
    "BAG": "IRQ", "BUR": "MMR", "BYS": "BLR", "CSK": "CZE", "DDR": "DEU", "FRG": "DEU", "GDR": "DEU", "GFR": "DEU",
    "GME": "DEU", "GMW": "DEU", "GZS": "PSE", "IMY": "IMN", "IVO": "CIV", "JAP": "JPN", "KOS": "XKX", "KSV": "XKX",
    "LTH": "LTU", "MTN": "MNE", "NZE": "NZL", "PAL": "PSE", "RHO": "ZWE", "ROC": "TWN", "ROM": "ROU", "SCG": "SRB",
    "SER": "SRB", "SUN": "RUS", "TMP": "TLS", "UAR": "EGY", "USR": "RUS", "WBG": "PSE", "WSB": "PSE", "YMD": "YEM",
    "YUG": "SRB", "ZAR": "COD",
}  # fmt: skip
_REGIONS = frozenset(
    """AFR ASA BLK CAS CAU CEU CFR CRB EAF EEU EIN LAM MDT MEA NAF NMR PGS SAF SAM SAS SCN SEA WAF WEU WST""".split()
)
_BEYOND = {
    "IGO": "IGO", "UNO": "UNO", "EUR": "EUR", "EEC": "EUR", "EUU": "EUR", "NGO": "NGO", "NGM": "NGO", "ISM": "ISM",
    "IMG": "IMG", "MNC": "MNC",
}  # fmt: skip
_SECTORS = {
    **{sector: sector for sector in SECTORS if sector != "MED"},
    "MED": "JRN", "HLH": "MED", "HRI": "SOC", "ENV": "SOC", "DEV": "SOC", "NGO": "SOC", "NGM": "SOC", "MNC": "BUS",
    "SET": "CVL", "MOP": "OPP",
    **dict.fromkeys(
        "BAH BUD CHR CPT CTH DOX HIN HSD JEW JHW LUT MOS MRN MUS PRO SFI SHI SIK SUN TAO UDX".split(), "REL"
    ),
}  # fmt: skip
# "We drop the insurgent and separatist distinctions": such groups are rebels.
_ARMED = frozenset({"INS", "SEP"})
_NULL = re.compile(r"[-+#]{3,}")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a CAMEO actor code says in PLOVER's terms."""

    country: str | None
    sector: str | None
    sectors: tuple[str, ...]


def is_null(code: str) -> bool:
    """Whether a code marks a name that is to be passed over (`---`, `+++`, `###`)."""
    return _NULL.fullmatch(code) is not None


def cameo_meaning(code: str) -> Meaning:
    """Country and sectors of a CAMEO code such as `USAGOVMIL`; letters that name single groups or faiths are left out.

    Raises:
        ValueError: it is no row of three-letter codes, begins with no country, or names a region alone; the message
            is a reason for the user.
    """
    given = code.upper().split("/")[0]
    if not given or not given.isascii() or not given.isalpha() or len(given) % 3:
        raise ValueError(f"code {code!r} is no row of three-letter codes, such as USAGOV")
    parts = [given[k : k + 3] for k in range(0, len(given), 3)]
    country, rest = _country(parts)
    armed = any(part in _ARMED for part in rest)
    sectors = list(dict.fromkeys(_SECTORS[part] for part in rest if part in _SECTORS))
    if armed and not sectors:
        sectors.append("REB")
    if country is None and not sectors:
        raise ValueError(f"code {code!r} names a region or the world at large, which are no actors in PLOVER")
    if country is None and rest is not parts and sectors[0] == "REB":
        country = "IMG"  # rebels of a region or of the world
    elif country in ("IGO", "UNO", "EUR"):
        sectors = [sector for sector in sectors if sector != "SOC"]  # development, environment: no sector of theirs
    return Meaning(country, sectors[0] if sectors else None, tuple(sectors[1:]))


def _country(parts: list[str]) -> tuple[str | None, list[str]]:
    """The country of a code's parts, and the parts that may be sectors."""
    first, rest = parts[0], parts[1:]
    if first == "IGO":
        beyond = next((_BEYOND[part] for part in rest if part in ("UNO", "EEC", "EUU")), "IGO")
        return beyond, [part for part in rest if part not in _BEYOND]
    if first in _BEYOND:
        return _BEYOND[first], rest
    if first in COUNTRIES:
        return first, rest
    if first in _OTHER_COUNTRIES:
        return _OTHER_COUNTRIES[first], rest
    if first == "INT" or first in _REGIONS:
        return None, rest
    if first in _SECTORS and first != "UNK":
        return None, parts
    raise ValueError(f"{first!r} in code {''.join(parts)!r} is no country of ISO 3166, CAMEO or PLOVER")
