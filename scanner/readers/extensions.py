"""What the ending of a name hints at. Content decides; the hint only settles what content leaves open."""

from typing import Final

DELIMITED: Final = {".csv": "text/csv", ".psv": "text/csv", ".tab": "text/tab-separated-values", ".tsv": "text/tab-separated-values"}
"""Endings that make any text a table, even one with a single column."""

HINTED: Final = {
    **dict.fromkeys((".jsonl", ".jsonlines", ".ldjson", ".ndjson"), "application/jsonl"),
    **dict.fromkeys((".geojson", ".har", ".ipynb", ".json", ".topojson", ".webmanifest"), "application/json"),
    ".sql": "application/sql",
}
"""Endings of text whose reader copes with content that does not keep to the format."""

_PROSE_AND_CODE: Final = """
.adoc .asm .asp .aspx .awk .bash .bat .bib .c .cc .cfg .clj .cmake .cmd .coffee .conf .config .cpp .cs .csproj .css .cxx
.d .dart .diff .dockerfile .el .eml .env .erl .ex .exs .f .f90 .fs .gitignore .go .gradle .graphql .groovy .h .haml .hbs
.hcl .hpp .hrl .hs .htaccess .htm .html .hxx .ics .in .inc .inf .ini .ipp .j2 .java .jl .js .jsp .jsx .kt .kts .less
.lisp .log .lua .m .m4 .mak .make .markdown .mbox .md .mdx .mjs .mk .ml .mm .nim .nix .pas .patch .pem .php .pl .pm .po
.pot .pp .properties .proto .ps1 .pug .py .pyi .pyx .r .rake .rb .reg .rmd .rs .rst .rtf .s .sass .sbt .scala .scm .scss
.sed .sh .sln .srt .styl .svelte .svg .swift .tcl .tex .tf .tfvars .thrift .tmpl .toml .tpl .ts .tsx .twig .v .vb
.vbs .vcf .vim .vtt .vue .wsdl .xhtml .xml .xsd .xsl .xslt .yaml .yml .zsh
"""
PROSE_AND_CODE: Final = frozenset(_PROSE_AND_CODE.split())
"""Endings of text that is never taken for a table, however regular its commas are."""

HTML_ENDINGS: Final = frozenset({".htm", ".html", ".xhtml"})
MARKDOWN: Final = frozenset({".markdown", ".md", ".mdown", ".mdx", ".mkd", ".qmd", ".rmd"})

OFFICE: Final = {
    ".docm": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".dotm": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".potm": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".potx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".ppsm": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".ppsx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".pptm": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlam": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    ".xlsm": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xltm": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What a package with `[Content_Types].xml` holds when its head does not show it."""

_ODF: Final = "application/vnd.oasis.opendocument."
ODF: Final = {
    ".odg": f"{_ODF}graphics",
    ".odp": f"{_ODF}presentation",
    ".ods": f"{_ODF}spreadsheet",
    ".odt": f"{_ODF}text",
    ".otg": f"{_ODF}graphics-template",
    ".otp": f"{_ODF}presentation-template",
    ".ots": f"{_ODF}spreadsheet-template",
    ".ott": f"{_ODF}text-template",
}
"""What a package with `content.xml` holds when it does not say so."""


def ending(name: str) -> str:
    """The last extension of `name` with its dot, in lower case; empty when there is none.

    >>> ending("logs/Report.2024.CSV")
    '.csv'
    >>> ending(".bashrc")
    ''
    """
    base = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, last = base.rpartition(".")
    return (dot + last).lower() if stem and dot else ""


def is_log(name: str) -> bool:
    """Whether the name is that of a log, rotated ones included: `app.log`, `app.log.1`, `syslog-2024`.

    >>> is_log("var/app.log.2024-05-01")
    True
    >>> is_log("catalog.txt")
    False
    """
    base = name.replace("\\", "/").rpartition("/")[2].lower()
    return ".log" in base or base.startswith(("syslog", "messages."))
