r"""What control words of RTF stand for, as far as reading text needs to know (Rich Text Format 1.9.1)."""

from typing import Final

_SILENT: Final = """
background bgdpic bkmkcolf bkmkcoll blipuid colorschememapping colortbl datafield datastore defchp defpap
defshp ebcstart ebcend fchars ffdefres ffentrymcr ffexitmcr fldtype fontemb fontfile fonttbl ftncn ftnsep ftnsepc aftncn
aftnsep aftnsepc generator gridtbl latentstyles lchars levelnumbers leveltext liststylename listlevel listoverridetable listpicture
listtable lsdlockedexcept macc mailmerge mmathPr nesttableprops nextfile nonesttables nonshppict objalias objclass objname objsect
objtime panose passwordhash pgdsctbl pgp pgptbl pict picprop pnseclvl pntext pntxta pntxtb protstart protend rsidtbl shppict
stylesheet tblstylepr themedata ud wgrffmtfilter writereservhash xmlattrns xmlnstbl shprslt
"""
SILENT: Final = frozenset(_SILENT.split())
"""Destinations that hold no text that anybody wrote, or text that stands elsewhere as well."""

PARTS: Final = {
    **dict.fromkeys(("footer", "footerf", "footerl", "footerr"), "footer"),
    **dict.fromkeys(("header", "headerf", "headerl", "headerr"), "header"),
    "annotation": "comments",
    "atnauthor": "comments",
    "atnid": "comments",
    "footnote": "footnotes",
}
"""Destinations that are a part of their own."""

INFORMATION: Final = frozenset("author category comment company doccomm hlinkbase keywords manager operator subject title".split())  # noqa: SIM905
"""Destinations in which a document says something about itself."""

BOXES: Final = frozenset({"dptxbxtext", "shptxt"})
"""Destinations that are text boxes."""
BESIDE: Final = BOXES | {"ffdeftext", "ffhelptext", "ffl", "ffname", "ffstattext", "fldinst", "propname", "sn", "sv"}
"""Destinations that are texts of their own even where they are not marked as such that may be left out."""
LISTS: Final = frozenset({"docvar", "revtbl", "protusertbl"})
"""Destinations whose groups are values side by side."""
SHAPE_TEXTS: Final = frozenset({"gtextUNICODE", "pihlShape", "wzDescription", "wzTooltip"})
"""Properties of shapes in which people write."""

THROUGH: Final = frozenset(
    "do field fldrslt formfield info object objattph objemb objresult result shp shpgrp shpinst sp userprops".split()  # noqa: SIM905 - a list of words
)
"""Destinations in which others stand."""

CHARACTERS: Final = {
    "bullet": "\u2022",
    "emdash": "\u2014",
    "emspace": " ",
    "endash": "\u2013",
    "enspace": " ",
    "ldblquote": "\u201c",
    "line": "\n",
    "lquote": "\u2018",
    "qmspace": " ",
    "rdblquote": "\u201d",
    "rquote": "\u2019",
    "softline": "\n",
    "tab": "\t",
}
SYMBOLS: Final = {"~": "\u00a0", "_": "-", "\t": "\t", "\\": "\\", "{": "{", "}": "}"}
PARAGRAPH_ENDS: Final = frozenset({"column", "nestcell", "nestrow", "page", "par", "sect"})

CODE_PAGES: Final = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
"""By the character set of a font; any other has the code page of the document."""
DOCUMENT_PAGES: Final = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
