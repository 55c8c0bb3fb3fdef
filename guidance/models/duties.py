"""How an edition refers to the register of duties: the duty, and where the edition explains it."""

from __future__ import annotations

from wagtail import blocks
from wagtail.admin.viewsets.chooser import ChooserViewSet

duty_chooser = ChooserViewSet(
    "duty_chooser",
    model="guidance.Duty",
    icon="check",
    choose_one_text="Choose a duty",
    choose_another_text="Choose another duty",
    per_page=20,
)
DutyChooserBlock = duty_chooser.get_block_class(
    name="DutyChooserBlock", module_path="guidance.models.duties"
)


class DutyReferenceBlock(blocks.StructBlock):
    duty = DutyChooserBlock()
    explained_in = blocks.CharBlock(
        required=False, max_length=300, help_text="As in: 2.13 to 2.28, or: sections 4, 5 and 6"
    )

    class Meta:
        icon = "check"
        label = "Duty"
        description = "A duty that this edition explains."
        template = "guidance/blocks/preview.html"
