"""What stands where a password belongs: a password, or the name of one, a variable, a call, a label, a row of stars.

Words made of letters alone are not taken for passwords, though some are: labels in forms and translations
(`"password": "Kennwort"`) are far more common.
"""

from base64 import b64decode
from typing import Final

import regex

from identifiers.model import Verdict
from identifiers.validators.digits import verdict
from identifiers.validators.secret import is_placeholder

# Variables, template fields, references to other stores, encrypted values: `${DB_PASS}`, `{{ pw }}`, `%(pw)s`, `ENC(...)`.
_REFERENCE: Final = regex.compile(
    r"""(?x)
    \$ \{? [A-Za-z_0-9.:\-]+ \}? | \$\( .* | \{\{? .* | .* \{\{ .* | % \(? [A-Za-z_]+ \)? [sd%]? | < .* > | \# \{ .*
  | ['"]? ` .* ` ['"]? | @ [A-Z_]+ @? | ENC [(\[] .* | ! [A-Za-z]+ (?: \s .* )?
  | (?: vault|arn|op|ssm|secretsmanager|secret|ref|file|env) : .*
    """
)
# `config.db.password`, `user_password`, `PASSWORD`, `new-password`: a name, since it has neither digits nor other signs.
_NAME: Final = regex.compile(r"[^\W\d]+(?:(?:[._\-:/#]|->|::)[^\W\d]*)*")
# `POSTGRES_SCRAM_SHA_256`, `oauth2`: constants and the names of methods; UUIDs and numbers of ten and more digits: identifiers.
_CONSTANT: Final = regex.compile(
    r"""(?x) [A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+ | [0-9]{10,} | (?i: [0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12} )
  | (?i: base64 | oauth2? | sha1 | sha256 | sha512 | md5 | bcrypt | utf-?8 | utf-?16(?:[lb]e)? | latin-?[0-9]{1,2} | iso-?8859-[0-9]{1,2}
      | cp[0-9]{3,4} | windows-125[0-9] )"""
)
# `^.{8,64}$`, `[a-zA-Z0-9]+`, `.*\S.*`: regexes for passwords; `[password]`: placeholders.
_REGEX: Final = regex.compile(r"\^.*|\[.*\](?:[+*?]|\{.*\})?|\.[*+].*|\(\?.*")
# `self.pass1`, `process.env.DB_PASS2`, `os.environ["X"]`: code.
_CODE: Final = regex.compile(r"(?:self|this|os|process|env|config|settings|args|request|req|params|data|user)\.[\w.\[\]\"']+|\w+\(.*")
# `2016-09-08T21:47:36Z`, `3.0-3.12`, `2-byte`, `localhost:22`, `eli:x:2098:1000:Eli`: moments, versions, sizes, servers, lines of
# /etc/passwd; what is set beside a name that only begins like one for passwords.
_OTHER: Final = regex.compile(
    r"""(?x) (?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9] (?: [T ][0-9:.]+ (?:Z|[+-][0-9:]+)? )?
  | v?[0-9]+(?:\.[0-9]+)+ (?: -(?:[0-9]+(?:\.[0-9]+)*)? )?
  | [0-9]+ - (?: bit | byte | char | character | digit | letter | day | hour | minute )s?
  | (?: localhost | [a-z0-9-]+ (?: \. [a-z0-9-]+ )+ ) : [0-9]{2,5}
  | [^:\s]+ : [x*!] : [0-9]+ : [0-9]+ : .*"""
)
# `options.password2`, `connection.config.password3`: a dotted name with a word for passwords in it.
_DOTTED: Final = regex.compile(r"(?i)[a-z_$][\w$]*(?:\.[a-z_$][\w$]*)*\.[a-z_$]*(?:pass|pwd|secret|cred)[\w$]*(?:\.[a-z_$][\w$]*)*")
_PATH: Final = regex.compile(r"(?:\.{0,2}|~|#|[A-Za-z]:)[/\\][\w.\-{}]+(?:[/\\][\w.\-{}]*)+|https?://.*")
_SAID: Final = regex.compile(r"(?i)pass(?:word|wd|phrase)?[0-9]?|none|null|nil|true|false|undefined|test[0-9]{0,4}|user[0-9]{0,3}")

# Padded, so that it is no word: what Kubernetes and npm keep.
_BASE64: Final = regex.compile(r"(?=.*[A-Z].*[A-Z])(?=.*[a-z])[A-Za-z0-9+/]{6,130}={1,2}")

_NONE: Final = (_REFERENCE, _NAME, _CONSTANT, _REGEX, _CODE, _OTHER, _DOTTED, _PATH, _SAID)
_MARKS: Final = "#:=\u2018\u2019\u201c\u201d«»…"


# What stands for one: `your_password`, `db-secret`, `changeit`, `username`, `string`.
_STANDS_FOR: Final = regex.compile(
    r"(?i:.*(?:pass|pwd|secret|cred|vault|token|change|your|user|name|string|value|none|null|empty|default|example|env|file|prompt).*)|[A-Z_]+"
)


def password(value: str, *, words: bool = False) -> Verdict:
    """VALID if `value` can be a password somebody uses.

    :param words: words of letters alone can be one

    >>> password("tr0ub4dor&3"), password("${DB_PASSWORD}"), password("********"), password("new_password")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.INVALID: 'invalid'>, <Verdict.INVALID: 'invalid'>)
    """
    if len(set(value)) < 4 or is_placeholder(value):
        return Verdict.INVALID
    if len(value) % 4 == 0 and _BASE64.fullmatch(value):
        return _decoded(value)
    # Marks of a sentence or of an option are no part of what is named: `:starttls`, `password=`.
    bare = value.strip(_MARKS)
    if words and _NAME.fullmatch(bare):
        return verdict(holds=not (_STANDS_FOR.fullmatch(bare) or _SAID.fullmatch(bare)))
    return verdict(holds=not any(shape.fullmatch(value) or shape.fullmatch(bare) for shape in _NONE))


def _decoded(value: str) -> Verdict:
    """Of a password in base64: whether what it says can be one; of keys, which say nothing, VALID."""
    try:
        return password(b64decode(value, validate=True).decode())
    except ValueError:  # not base64, or not UTF-8
        return Verdict.VALID
