"""What tags use, followed through loops, variables, conditions and brackets."""

from __future__ import annotations

import pytest

from wvp_docs.word import Step, Use, always_printed, faulty, uses_in


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("{{ a.b }}", [("a.b", "print")]),
        ("{{ a['b'].c }}", [("a.b.c", "print")]),
        (
            "{% if x %}{% set a = b %}{% endif %}{{ a.c }}",
            [("x", "test"), ("b", "part"), ("a.c", "print"), ("b.c", "print")],
        ),
        ("{{ loop.index }}", [("loop.index", "print")]),
        (
            "{% for r in a %}{{ loop.index }}{% endfor %}",
            [("a", "rows"), ("for.index", "print")],
        ),
        ("{% if a.b == 'x' %}{% endif %}", [("a.b", "test")]),
        ("{% for r in a.t %}{{ r.c }}{% endfor %}", [("a.t", "rows"), ("a.t[].c", "print")]),
        (
            "{% for r in a if r.x %}{% else %}{{ r }}{% endfor %}",
            [("a", "rows"), ("a[].x", "test"), ("r", "print")],
        ),
        (
            "{% set w = a %}{% set w = w.b %}{{ w.c }}",
            [("a", "part"), ("a.b", "part"), ("a.b.c", "print")],
        ),
        (
            "{% if x %}{% set w = a %}{% else %}{% set w = b %}{% endif %}{{ w.c }}",
            [("x", "test"), ("a", "part"), ("b", "part"), ("a.c", "print"), ("b.c", "print")],
        ),
        (
            "{{ (a if x else b).c }}",
            [("x", "test"), ("a", "part"), ("b", "part"), ("a.c", "print"), ("b.c", "print")],
        ),
        ("{{ a or b }}", [("a", "print"), ("b", "print")]),
        ("{% set w = 'tekst' %}{{ w }}", []),
        (
            "{% for r in a %}{% for s in r.t %}{{ s.u }}{% endfor %}{% endfor %}",
            [("a", "rows"), ("a[].t", "rows"), ("a[].t[].u", "print")],
        ),
    ],
)
def test_a_name_is_followed_to_where_it_comes_from(
    source: str, uses: list[tuple[str, str]]
) -> None:
    assert [(use.path, str(use.step)) for use in uses_in(source)] == uses


def test_a_use_knows_its_line() -> None:
    assert uses_in("x\n{{ a }}\n\n{{ b }}") == (
        Use("a", 2, Step.PRINT),
        Use("b", 4, Step.PRINT),
    )


@pytest.mark.parametrize("tag", ["{{ a.b }}", "{% set a = b %}", "tekst"])
def test_sound_tags_have_no_fault(tag: str) -> None:
    assert faulty(tag) == ""


@pytest.mark.parametrize("tag", ["{{ a b }}", "{{ a|upper }}", "{{ a() }}", "{% if %}", "{{ _a }}"])
def test_what_a_template_may_not_say_is_a_fault(tag: str) -> None:
    assert faulty(tag)


@pytest.mark.parametrize(
    ("source", "always"),
    [
        ("{{ a }}", "a"),
        ("{% if x %}{{ a }}{% endif %}", ""),
        ("{% if a %}{{ a }}{% endif %}", "a"),
        ("{% if a.voluit %}{{ a }}{% endif %}", "a"),
        ("{% if not a %}geen{% else %}{{ a }}{% endif %}", "a"),
        ("{% if x %}{{ a }}{% else %}{{ a }}{{ b }}{% endif %}", "a"),
        ("{% if x %}{{ a }}{% elif y %}{{ a }}{% else %}{{ a }}{% endif %}", "a"),
        ("{% if x %}{{ a }}{% elif y %}{{ b }}{% else %}{{ a }}{% endif %}", ""),
        ("{% if x or a %}{{ a }}{% endif %}", "a"),
        ("{% if x and a %}{{ a }}{% endif %}", ""),
        ("{% if a.b and a.c %}{{ a }}{% endif %}", ""),
        ("{% if not a or not b %}{% else %}{{ a }}{{ b }}{% endif %}", ""),
        ("{% if a or not a %}{% else %}{{ a }}{% endif %}", ""),
        ("{% if false %}{{ a }}{% endif %}", ""),
        ("{{ a or b }}", "a"),
        ("{{ a and b }}", ""),
        ("{{ a if x else b }}", ""),
        ("{{ a if a else b }}", "a"),
        ("{% for r in t %}{{ r.c }}{{ a }}{% endfor %}", "t[].c"),
        ("{% for r in t if r.c %}{{ r.c }}{% endfor %}", ""),
        ("{% if t %}{% for r in t %}{{ r.c }}{% endfor %}{% else %}geen{% endif %}", "t[].c"),
        ("{% for r in t %}{% if r.d %}{{ r.c }}{% endif %}{% endfor %}", ""),
        ("{% set w = a %}{{ w }}", "a"),
        ("{% if x %}{% set w = a %}{% else %}{% set w = b %}{% endif %}{{ w }}", ""),
    ],
)
def test_what_is_printed_in_every_case(source: str, always: str) -> None:
    assert " ".join(sorted(always_printed(source, ()))) == always


@pytest.mark.parametrize(
    ("test", "always"),
    [
        ("v == 'ja'", {"a"}),
        ("v == 'nee'", set()),
        ("not v != 'ja'", {"a"}),
        ("v == 'ja' or v == 'nee'", {"a"}),
        ("v == 'ja' and a", {"a"}),
        ("v == 'ja' == 'ja'", set()),
        ("'ja' == v", set()),
        ("v", {"a"}),
        ("not n", {"a"}),
    ],
)
def test_what_a_condition_asks_need_not_be_printed_where_it_is_false(
    test: str, always: set[str]
) -> None:
    only = frozenset(["a"])
    asked = {"v == ja": only, "v": only, "not n": only}

    assert always_printed(f"{{% if {test} %}}{{{{ a }}}}{{% endif %}}", (), asked) == always


def test_what_nobody_sees_is_not_printed() -> None:
    assert always_printed("{{ a }}\n{{ b }}", {1}) == {"b"}
    assert always_printed("{% if x %}\n{{ a }}{% else %}\n{{ a }}{% endif %}", {3}) == set()
