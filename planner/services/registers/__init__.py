"""All registers by name. A new one is a module beside this file and a line here."""

from planner.services.registers import documents
from planner.services.registers.core import (
    BadQuery,
    Cell,
    Column,
    Filter,
    Register,
    RegisterPage,
    RegisterQuery,
    Row,
    Source,
    read_all,
    read_page,
)

REGISTERS: dict[str, Register] = {module.REGISTER.name: module.REGISTER for module in (documents,)}

__all__ = [
    "REGISTERS",
    "BadQuery",
    "Cell",
    "Column",
    "Filter",
    "Register",
    "RegisterPage",
    "RegisterQuery",
    "Row",
    "Source",
    "read_all",
    "read_page",
]
