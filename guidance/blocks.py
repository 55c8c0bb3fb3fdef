"""The blocks that a section is written in. The id of a block is the identity of its paragraph.

Numbers and labels are typed, never computed, so that nothing is renumbered silently: that is why
rich text here has bullets but no automatic numbering. A footnote marker is a superscript whose text
is the mark of one of the notes beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

from guidance.numbering import parse_number, parse_ranges

PROSE_FEATURES = ["bold", "italic", "link", "ul", "superscript"]
INLINE_FEATURES = ["bold", "italic", "link", "superscript"]


class QuietStreamField(StreamField):
    """A StreamField whose block definitions stay out of migrations while they change."""

    if TYPE_CHECKING:  # raw stream data goes in, a StreamValue comes out; Wagtail has no types

        def __get__(self, instance: Any, owner: Any = None) -> Any: ...
        def __set__(self, instance: Any, value: Any) -> None: ...

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class NoteBlock(blocks.StructBlock):
    mark = blocks.CharBlock(max_length=10, help_text="As it stands in the text, such as 20")
    text = blocks.RichTextBlock(features=INLINE_FEATURES)

    class Meta:
        icon = "superscript"
        label = "Footnote"
        label_format = "{mark} {text}"


class SubParagraphBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=20, help_text="As printed, such as (a) or iv.")
    depth = blocks.IntegerBlock(min_value=1, max_value=4, default=1)
    text = blocks.RichTextBlock(features=PROSE_FEATURES)

    class Meta:
        icon = "list-ol"
        label_format = "{label} {text}"


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(features=PROSE_FEATURES, icon="pilcrow", label="Text")
    subparagraphs = blocks.ListBlock(
        SubParagraphBlock(), icon="list-ol", label="Sub-paragraphs", min_num=1
    )

    class Meta:
        min_num = 1


def _notes() -> blocks.ListBlock:
    return blocks.ListBlock(NoteBlock(), default=[], required=False, label="Footnotes")


class ParagraphBlock(blocks.StructBlock):
    number = blocks.CharBlock(max_length=30, help_text="As printed: 2.13, 2.13A, 12, A4")
    body = BodyBlock()
    notes = _notes()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if parse_number(cleaned["number"]) is None:
            raise StructBlockValidationError(
                block_errors={
                    "number": ValidationError(
                        "Write a number such as 2.13, 2.13A, 12 or A4, without a full stop after it."
                    )
                }
            )
        return cleaned

    class Meta:
        icon = "list-ol"
        label = "Numbered paragraph"
        label_format = "{number}"
        description = "A paragraph that is cited by its number."
        preview_value = {
            "number": "2.13",
            "body": [("text", "<p>An authority <b>must</b> consult the people it serves.</p>")],
            "notes": [],
        }
        template = "guidance/blocks/preview.html"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300)
    level = blocks.ChoiceBlock(
        choices=[("2", "Heading"), ("3", "Subheading"), ("4", "Minor heading")], default="2"
    )

    class Meta:
        icon = "title"
        label_format = "{text}"
        description = "A heading between paragraphs."
        preview_value = {"text": "Applying the duty", "level": "2"}
        template = "guidance/blocks/preview.html"


class TextBlock(blocks.StructBlock):
    body = BodyBlock()
    notes = _notes()

    class Meta:
        icon = "pilcrow"
        label = "Unnumbered text"
        description = "Prose that stands under no number, such as a foreword."
        preview_value = {
            "body": [("text", "<p>This guidance applies to England.</p>")],
            "notes": [],
        }
        template = "guidance/blocks/preview.html"


class BoxBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=300)
    body = BodyBlock()
    notes = _notes()

    class Meta:
        icon = "form"
        label_format = "Box: {title}"
        description = "A titled box, cited by its title and the paragraph that it follows."
        preview_value = {
            "title": "Who is a local person?",
            "body": [("text", "<p>Anyone who lives, works or studies in the area.</p>")],
            "notes": [],
        }
        template = "guidance/blocks/preview.html"


class TableBlock(blocks.StructBlock):
    table = TypedTableBlock([("text", blocks.RichTextBlock(features=INLINE_FEATURES))])
    notes = _notes()

    class Meta:
        icon = "table"
        description = "A table with a caption and a header row."
        template = "guidance/blocks/preview.html"


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(required=False)
    alt = blocks.TextBlock(
        label="Text alternative", help_text="What a person who cannot see it needs"
    )
    caption = blocks.CharBlock(required=False, max_length=300)
    description = blocks.RichTextBlock(
        required=False, features=PROSE_FEATURES, help_text="A diagram told in words"
    )

    class Meta:
        icon = "image"
        label_format = "Figure: {caption}"
        description = "A picture, or a diagram described in words."
        preview_value = {
            "image": None,
            "alt": "Three boxes joined by arrows",
            "caption": "Figure 1: How a strategy becomes a plan",
            "description": "<p>Evidence leads to a strategy, and a strategy to a plan.</p>",
        }
        template = "guidance/blocks/preview.html"


class QuotationBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(features=INLINE_FEATURES)
    source = blocks.CharBlock(required=False, max_length=300)
    notes = _notes()

    class Meta:
        icon = "openquote"
        description = "Somebody's words and whose they are."
        preview_value = {"text": "<p>Ask first.</p>", "source": "A county councillor", "notes": []}
        template = "guidance/blocks/preview.html"


class GlossaryBlock(blocks.StructBlock):
    term = blocks.CharBlock(max_length=200)
    definition = blocks.RichTextBlock(features=PROSE_FEATURES)
    notes = _notes()

    class Meta:
        icon = "tag"
        label = "Glossary term"
        label_format = "{term}"
        description = "A term with its definition."
        preview_value = {
            "term": "Partner",
            "definition": "<p>A body named in section 104.</p>",
            "notes": [],
        }
        template = "guidance/blocks/preview.html"


class QuestionBlock(blocks.StructBlock):
    number = blocks.CharBlock(
        required=False, max_length=20, help_text="Its number in the list, if any"
    )
    text = blocks.RichTextBlock(features=INLINE_FEATURES)

    class Meta:
        icon = "help"
        label = "Consultation question"
        label_format = "Question {number}"
        description = "A consultation question printed in the text."
        preview_value = {"number": "1", "text": "<p>Have we explained the duty?</p>"}
        template = "guidance/blocks/preview.html"


class SectionBlock(blocks.StreamBlock):
    """Everything that a section may hold, in order."""

    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    text = TextBlock()
    box = BoxBlock()
    table = TableBlock()
    figure = FigureBlock()
    quotation = QuotationBlock()
    glossary = GlossaryBlock()
    question = QuestionBlock()


class StatementBlock(blocks.StructBlock):
    """A statement of status, as the edition makes it."""

    paragraphs = blocks.CharBlock(
        max_length=500, help_text="As in: 4.3 to 4.28, 5.4 and 6.2, except the box on data sharing"
    )
    status = blocks.ChoiceBlock(
        choices=[
            ("statutory", "Statutory guidance"),
            ("non-statutory", "Non-statutory guidance"),
            ("unstated", "Says nothing of status (replaces only)"),
        ]
    )
    provisions = blocks.ListBlock(
        blocks.CharBlock(max_length=300),
        default=[],
        required=False,
        help_text="As in: section 3A of the Local Government Act 1999",
    )
    replaces = blocks.ListBlock(blocks.CharBlock(max_length=300), default=[], required=False)
    replaced_under = blocks.ListBlock(
        blocks.CharBlock(max_length=300),
        default=[],
        required=False,
        help_text="The provisions under which what is replaced was issued, if it says so",
    )
    on = blocks.CharBlock(required=False, max_length=500, label="About")
    words = blocks.TextBlock(required=False, label="As printed")
    note = blocks.TextBlock(required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        try:
            parse_ranges(cleaned["paragraphs"])
        except ValueError as error:
            raise StructBlockValidationError(
                block_errors={"paragraphs": ValidationError(str(error))}
            ) from error
        return cleaned

    class Meta:
        icon = "check"
        label = "Statement of status"
        label_format = "{paragraphs}: {status}"
        description = "Which paragraphs are statutory guidance, and under which provisions."
        preview_value = {
            "paragraphs": "2.13 to 2.28",
            "status": "statutory",
            "provisions": ["section 3A of the Local Government Act 1999"],
            "replaces": [],
            "replaced_under": [],
            "on": "",
            "words": "",
            "note": "",
        }
        template = "guidance/blocks/preview.html"


class DefinitionBlock(blocks.StructBlock):
    term = blocks.CharBlock(max_length=100)
    meaning = blocks.CharBlock(max_length=300)

    class Meta:
        icon = "tag"
        label_format = "{term}: {meaning}"
        description = "An abbreviation, or a short name such as “the Act”."
        preview_value = {"term": "LAA", "meaning": "Local Area Agreement"}
        template = "guidance/blocks/preview.html"
