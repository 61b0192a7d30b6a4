"""Names of files that are known to hold secrets: what looks like one in them is surer."""

from functools import lru_cache
from typing import Final

import regex

_NOTES: Final = r"(?:txt|md|csv|tsv|json|ya?ml|ini|cfg|conf|config|properties|toml|xml|log|bak|old|docx?|xlsx?|pdf|rtf)"
_TELLING: Final = regex.compile(
    rf"""(?xi)
    \.env (?: \.(?! .*(?:example|sample|template|dist|test)) [\w.\-]+ )? | [\w\-]+ \.env
  | id_(?:rsa|dsa|ecdsa|ed25519)
  | [._]netrc | \.pgpass | pgpass\.conf | \.git-credentials | \.htpasswd | \.npmrc | \.pypirc | \.my\.cnf | \.s3cfg | \.boto | \.dockercfg
  | wp-config\.php (?:\.\w+)? | kubeconfig
  | (?:[\w\ ]+ [._\-\ ])?
    (?:passwords?|passwd|passw(?:ö|oe)rter|passwort|kennw(?:ö|oe)rter|contraseñas|senhas|credentials?|creds|secrets?|logins)
    (?:[_\-\ ][\w\ \-]+)? (?:\.\d+)? (?:\.{_NOTES})*
    """
)


@lru_cache(maxsize=1024)
def telling_name(path: str) -> str:
    """The last part of `path` if files of that name hold secrets; else empty.

    >>> telling_name("home/ann/.netrc"), telling_name("old/Passwords 2024.txt"), telling_name("src/password.py")
    ('.netrc', 'Passwords 2024.txt', '')
    """
    name = path.replace("\\", "/").rpartition("/")[2]
    return name if _TELLING.fullmatch(name) else ""
