"""What is known of weaknesses by their CWE number: which ones mean the same, and where OWASP lists them.

Plain tables. Knows no rule and no finding.
"""

from __future__ import annotations

# Numbers that different tools give to the same defect at the same place; the first names the class. A parent and its
# child are together only where tools do mix them up: a certificate that is not checked (295) is another defect than a
# connection without TLS (319), and a missing login (306) another than a missing ownership check (639).
_CLASSES: tuple[tuple[int, ...], ...] = (
    (22, 23, 36, 73),  # path traversal
    (78, 77, 88, 155),  # command and argument injection
    (79, 80, 83, 86, 87, 116),  # cross-site scripting
    (89, 564),  # SQL injection
    (94, 95, 96, 917, 1336),  # code, expression and template injection
    (113, 93, 644),  # header injection
    (215, 489, 11),  # active debug code
    (209, 550),  # error messages that tell too much
    (295, 296, 297, 298, 299),  # certificate validation
    (306, 285, 862),  # no authentication or authorization at all
    (319, 523),  # cleartext transmission
    (327, 326, 328, 916, 1240),  # broken or weak cryptography
    (330, 331, 335, 338, 1241),  # predictable random values
    (347, 345),  # signature not verified
    (377, 378, 379),  # temporary files
    (494, 829, 830),  # code from elsewhere without a check
    (566, 639),  # another user's record by its key
    (605, 1327),  # bound to every address
    (611, 776, 827),  # XML external entities and entity expansion
    (643, 91),  # XPath injection
    (703, 390, 391, 636, 754, 755),  # errors swallowed
    (732, 276),  # permissions too wide
    (798, 259, 321, 547, 1392, 1393),  # hard-coded credentials
    (838, 451, 1007),  # characters that hide what the code says
)

# "List of Mapped CWEs" of each category of the OWASP Top 10:2025; a number is listed once.
_OWASP: dict[str, tuple[int, ...]] = {
    "A01:2025": (
        22, 23, 36, 59, 61, 65, 200, 201, 219, 276, 281, 282, 283, 284, 285, 352, 359, 377, 379, 402, 424, 425, 441,
        497, 538, 540, 548, 552, 566, 601, 615, 639, 668, 732, 749, 862, 863, 918, 922, 1275,
    ),
    "A02:2025": (5, 11, 13, 15, 16, 260, 315, 489, 526, 547, 611, 614, 776, 942, 1004, 1174),
    "A03:2025": (447, 1035, 1104, 1329, 1357, 1395),
    "A04:2025": (
        261, 296, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328, 329, 330, 331, 332, 334, 335, 336, 337, 338, 340,
        342, 347, 523, 757, 759, 760, 780, 916, 1240, 1241,
    ),
    "A05:2025": (
        20, 74, 76, 77, 78, 79, 80, 83, 86, 88, 89, 90, 91, 93, 94, 95, 96, 97, 98, 99, 103, 104, 112, 113, 114, 115,
        116, 129, 159, 470, 493, 500, 564, 610, 643, 644, 917,
    ),
    "A06:2025": (
        73, 183, 256, 266, 269, 286, 311, 312, 313, 316, 362, 382, 419, 434, 436, 444, 451, 454, 472, 501, 522, 525,
        539, 598, 602, 628, 642, 646, 653, 656, 657, 676, 693, 799, 807, 841, 1021, 1022, 1125,
    ),
    "A07:2025": (
        258, 259, 287, 288, 289, 290, 291, 293, 294, 295, 297, 298, 299, 300, 302, 303, 304, 305, 306, 307, 308, 309,
        346, 350, 384, 521, 613, 620, 640, 798, 940, 941, 1390, 1391, 1392, 1393,
    ),
    "A08:2025": (345, 353, 426, 427, 494, 502, 506, 509, 565, 784, 829, 830, 915, 926),
    "A09:2025": (117, 221, 223, 532, 778),
    "A10:2025": (
        209, 215, 234, 235, 248, 252, 274, 280, 369, 390, 391, 394, 396, 397, 460, 476, 478, 484, 550, 636, 703, 754,
        755, 756,
    ),
}  # fmt: skip

_CLASS_OF = {f"CWE-{number}": f"CWE-{group[0]}" for group in _CLASSES for number in group}
_OWASP_OF = {f"CWE-{number}": category for category, numbers in _OWASP.items() for number in numbers}


def class_of_cwe(cwe: str) -> str:
    """The identifier that stands for all weaknesses meaning the same as `cwe`; `cwe` itself when it stands alone."""
    return _CLASS_OF.get(cwe, cwe)


def owasp_of(cwe: tuple[str, ...]) -> tuple[str, ...]:
    """The categories of the OWASP Top 10:2025 that list these weaknesses, in their order and without repetition."""
    return tuple(dict.fromkeys(_OWASP_OF[name] for name in cwe if name in _OWASP_OF))
