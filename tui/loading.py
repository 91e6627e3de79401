"""The screen loaded without what it needs only now and then, which would be a twentieth of the start."""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage import Store


class TextualTypes(ModuleType):
    """Stands for `textual.types`, which gathers the types of five widgets, until one of these is asked for."""

    def __getattr__(self, name: str) -> object:
        """The type from where most of them are; any other from the module itself, which is loaded for it."""
        if name.startswith("__"):  # what an import asks of a module about itself
            raise AttributeError(name)
        most = import_module("textual._types")
        if hasattr(most, name):
            return getattr(most, name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def load_screen() -> "Callable[[Store, bool], tuple[int, Store | None]]":
    """What shows a dossier on the screen.

    asyncio is loaded without TLS, as where Python has none, since nothing is sent.
    """
    sys.modules["ssl"] = None  # type: ignore[assignment]  # which says that there is no such module
    try:
        import asyncio  # noqa: F401  # which then takes it for missing as long as the run lasts
    finally:
        del sys.modules["ssl"]
    sys.modules.setdefault("textual.types", TextualTypes("textual.types"))
    from tui.app import show

    return show
