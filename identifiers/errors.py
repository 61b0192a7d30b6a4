"""What is wrong with an identifier file."""


class IdentifierError(Exception):
    """An identifier cannot be used as declared.

    :param message: what is wrong and what would be right
    :param where: file, identifier id and key, e.g. `personal/us.toml: USA_PASSPORT_NUMBER: keywords`
    """

    def __init__(self, message: str, *, where: str) -> None:
        super().__init__(f"{where}: {message}")
        self.where = where
