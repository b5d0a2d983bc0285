"""What the trainable components share: keeping a model in Rasa's storage, and noticing changed data files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import joblib
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

_FILE = "model.joblib"


def keep(model: Any, storage: ModelStorage, resource: Resource) -> Resource:
    """Writes a model into the trained package."""
    with storage.write_to(resource) as folder:
        joblib.dump(model, Path(folder) / _FILE, compress=1)
    return resource


def fetch(storage: ModelStorage, resource: Resource) -> Any:
    """Reads what `keep` wrote."""
    with storage.read_from(resource) as folder:
        return joblib.load(Path(folder) / _FILE)


def digest(paths: Iterable[Path]) -> str:
    """Changes when one of the files changes: Rasa then trains the component again (fingerprint_addon)."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def folder_of(config: dict[str, Any]) -> Path:
    """The component's data folder, relative to the working directory of `rasa`."""
    return Path(config["data"])
