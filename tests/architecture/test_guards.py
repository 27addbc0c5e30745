"""The guards of templates are seen to bite."""

import pytest

from tests.architecture.test_templates import INLINE, POSTS


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        '<button onclick="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
    ],
)
def test_inline_is_found(text):
    assert INLINE.search(text)


@pytest.mark.parametrize("text", ['<script src="/a.js"></script>', '<a class="on" data-one="1">'])
def test_what_is_not_inline_is_left_alone(text):
    assert not INLINE.search(text)


def test_a_form_that_posts_is_found_across_lines():
    assert POSTS.findall('<form class="x"\n method="post">\n<input>\n</form>')
    assert not POSTS.findall('<form method="get"></form>')
