"""Scripts inside of pages and components keep their places."""

import pytest

from leery_analyzers.units import segment
from leery_analyzers.units.embedded import scripts_of

VUE = (
    "<template>\n  <p>größe {{ a }}</p>\n  <div\n    class='x' v-html=\"bio\"></div>\n</template>\n"
    '<script setup lang="ts">\nconst bio: string = load();\n</script>\n'
)
SVELTE = "<script>\n  export let post;\n</script>\n<article>{@html post.body}</article>\n"
PAGE = (
    '<p>hidden \u200b text</p>\n<script type="application/json">{"a": 1}</script>\n<script>\n  run(größe);\n</script>\n'
)


@pytest.mark.parametrize("text", [VUE, SVELTE, PAGE, "", "<script>", "<p v-html='a'", "{@html a}"])
def test_every_character_keeps_its_place(text):
    _, scripts = scripts_of(text)
    assert len(scripts) == len(text)
    assert [i for i, char in enumerate(scripts) if char == "\n"] == [i for i, char in enumerate(text) if char == "\n"]


@pytest.mark.parametrize(
    ("text", "language", "kept"),
    [
        (VUE, "typescript", "const bio: string = load();"),
        (SVELTE, "javascript", "export let post;"),
        (PAGE, "javascript", "run(größe);"),
    ],
)
def test_scripts_are_kept_and_nothing_else_is_code(text, language, kept):
    spoken, scripts = scripts_of(text)
    assert spoken == language
    assert scripts.index(kept) == text.index(kept)
    assert "<p>" not in scripts
    assert "application/json" not in scripts


def test_directives_become_comments_and_hidden_characters_stay():
    assert '//v-html="bio"' in scripts_of(VUE)[1]
    assert scripts_of(VUE)[1].index('bio"') == VUE.index('bio"')
    assert scripts_of(SVELTE)[1].index("//html post.body}") == SVELTE.index("{@html post.body}")
    assert scripts_of(PAGE)[1].index("\u200b") == PAGE.index("\u200b")
    assert "{" not in scripts_of(PAGE)[1]


def test_a_page_is_one_unit_in_the_language_of_its_scripts():
    (unit,) = segment(VUE, "vue")
    assert (unit.language, unit.start, len(unit.text)) == ("typescript", 0, len(VUE))
