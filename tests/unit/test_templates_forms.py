"""What every field promises: a label, a description, kept values, and text that stays text."""

import re

import pytest

from tests.unit.rendering import NASTY, AForm, attribute, controls, ids, rendered

FIELDS = {
    "text": '{{ forms.text(form, "a", "Where", hint="Street", who="Caseworkers.") }}',
    "textarea": '{{ forms.textarea(form, "a", "Where", hint="Street", who="Caseworkers.") }}',
    "date": '{{ forms.date(form, "a", "Where", hint="Street") }}',
    "select": '{{ forms.select(form, "a", "Where", [("1", "One"), ("2", "Two")], hint="Street") }}',
    "radios": '{{ forms.radios(form, "a", "Where", [("1", "One"), ("2", "Two")], hint="Street") }}',
    "checkboxes": '{{ forms.checkboxes(form, "a", "Where", [("1", "One")], hint="Street") }}',
    "confirm_box": '{{ forms.confirm_box(form, "a", "Where") }}',
    "file": '{{ forms.file(form, "a", "Where", hint="Street") }}',
}  # fmt: skip


@pytest.mark.parametrize("source", FIELDS.values(), ids=FIELDS)
class TestEveryField:
    def test_each_control_has_a_label(self, source):
        html = rendered(source)
        labelled = re.findall(r'<label for="([^"]*)"', html)

        assert [attribute(tag, "id") for tag in controls(html)] == labelled

    def test_what_describes_it_is_there(self, source):
        html = rendered(source, form=AForm(errors={"a": ["Please say where."]}))
        described = " ".join(re.findall(r'aria-describedby="([^"]*)"', html)).split()

        assert "field-a-error" in described
        assert set(described) <= set(ids(html))
        assert len(ids(html)) == len(set(ids(html)))

    def test_a_fault_is_told_beside_it(self, source):
        html = rendered(source, form=AForm(errors={"a": ["Please say where."]}))

        assert "Please say where." in html
        assert all(attribute(tag, "aria-invalid") == "true" for tag in controls(html))

    def test_without_a_fault_none_is_told(self, source):
        html = rendered(source)

        assert "aria-invalid" not in html
        assert "error" not in html

    def test_the_summary_leads_to_it(self, source):
        form = AForm(errors={"a": ["Please say where."]})
        html = rendered("{{ forms.error_summary(form) }}" + source, form=form)

        assert re.findall(r'href="#([^"]*)"', html) == [attribute(controls(html)[0], "id")]

    def test_text_stays_text(self, source):
        form = AForm({"a": NASTY}, {"a": [NASTY]})
        html = rendered(source.replace('"Where"', "nasty"), form=form, nasty=NASTY)

        assert "<b>" not in html
        assert "&lt;b&gt;&amp;&#34;&#39;" in html
        assert "&amp;lt;" not in html


class TestWhatWasTyped:
    @pytest.mark.parametrize("macro", ["text", "textarea", "date"])
    def test_it_is_kept_over_the_starting_value(self, macro):
        html = rendered(
            f'{{{{ forms.{macro}(form, "a", "A", value="2026-01-01") }}}}',
            form=AForm({"a": "2026-03-03"}),
        )

        assert "2026-03-03" in html
        assert "2026-01-01" not in html

    def test_what_was_emptied_stays_empty(self):
        html = rendered(
            '{{ forms.text(form, "a", "A", value="before") }}', form=AForm({"other": "x"})
        )

        assert "before" not in html

    def test_the_starting_value_stands_in_a_fresh_form(self):
        assert 'value="before"' in rendered('{{ forms.text(form, "a", "A", value="before") }}')

    def test_no_value_is_an_empty_box(self):
        assert 'value=""' in rendered('{{ forms.text(form, "a", "A", value=none) }}')

    def test_a_password_is_never_sent_back(self):
        html = rendered(
            '{{ forms.text(form, "a", "A", type="password") }}', form=AForm({"a": "s3"})
        )

        assert "s3" not in html
        assert "value=" not in html

    @pytest.mark.parametrize(("typed", "type_"), [("2026-03-03", "date"), ("3 March", "text")])
    def test_what_is_no_date_is_shown_in_a_plain_box(self, typed, type_):
        html = rendered('{{ forms.date(form, "a", "A") }}', form=AForm({"a": typed}))

        assert attribute(controls(html)[0], "type") == type_
        assert attribute(controls(html)[0], "value") == typed

    @pytest.mark.parametrize("chosen", [NASTY, 7])
    def test_a_choice_is_kept_whatever_it_is_called(self, chosen):
        options = [("other", "Other"), (chosen, "This")]
        select = rendered('{{ forms.select(form, "a", "A", o, value=c) }}', o=options, c=chosen)
        radios = rendered('{{ forms.radios(form, "a", "A", o, value=c) }}', o=options, c=chosen)

        assert re.findall(r"<option[^>]*selected>(\w+)", select) == ["This"]
        assert ["checked" in tag for tag in controls(radios)] == [False, True]

    @pytest.mark.parametrize(
        ("typed", "checked"),
        [("2", [False, True]), (["1", "2"], [True, True]), (None, [True, False])],
    )
    def test_boxes_are_kept_one_or_several(self, typed, checked):
        form = AForm({"a": typed}) if typed else AForm()
        html = rendered(
            '{{ forms.checkboxes(form, "a", "A", [(1, "One"), (2, "Two")], values=[1]) }}',
            form=form,
        )

        assert ["checked" in tag for tag in controls(html)] == checked

    @pytest.mark.parametrize(
        ("form", "checked"),
        [(AForm(), True), (AForm({"a": "true"}), True), (AForm({"b": "x"}), False)],
    )
    def test_a_sentence_stays_confirmed(self, form, checked):
        html = rendered('{{ forms.confirm_box(form, "a", "Yes", checked=true) }}', form=form)

        assert ("checked" in controls(html)[0]) is checked


class TestForm:
    SOURCE = (
        '{% call forms.form(form, "Record contact", version=3, cancel="/back") %}in{% endcall %}'
    )

    def hidden(self, html):
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
        return dict(found)

    def test_it_carries_token_key_and_version(self):
        html = rendered(self.SOURCE)

        assert self.hidden(html) == {"csrf_token": "token-1", "form_key": "key-1", "version": "3"}
        assert re.search(r"<button[^>]*>Record contact</button>", html)

    def test_the_version_that_was_seen_stays(self):
        assert self.hidden(rendered(self.SOURCE, form=AForm(version=2)))["version"] == "2"

    def test_a_button_is_a_form_of_its_own(self):
        html = rendered(
            '{{ forms.button(form, "Mark as met", "/m", carried={"day": nasty}) }}', nasty=NASTY
        )

        assert 'action="/m"' in html
        assert self.hidden(html)["day"] == "&lt;b&gt;&amp;&#34;&#39;"
        assert "version" not in self.hidden(html)

    def test_files_are_sent_as_files(self):
        html = rendered('{% call forms.form(form, "Import", upload=true) %}{% endcall %}')

        assert 'enctype="multipart/form-data"' in html

    def test_an_optional_field_says_so(self):
        assert "(optional)" in rendered('{{ forms.text(form, "a", "A", optional=true) }}')
        assert "(optional)" not in rendered('{{ forms.text(form, "a", "A") }}')


class TestErrorSummary:
    def test_it_names_the_field_and_tells_the_whole_without_a_link(self):
        form = AForm(errors={"a": ["Not a date."], "": ["The house is not ready."]})
        html = rendered('{{ forms.error_summary(form, {"a": "Day"}) }}', form=form)

        assert "Day: Not a date.</a>" in html
        assert re.search(r"<li>The house is not ready\.</li>", html)

    def test_there_is_none_without_errors(self):
        assert rendered("{{ forms.error_summary(form) }}").strip() == ""
