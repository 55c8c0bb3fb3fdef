"""Read and comment: a draft before its reviewers, section by section, and their answer to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.models import Comment, CommentReply

from guidance.actions import commenting
from guidance.actions.draft_reading import Draft, read_draft
from guidance.actions.review_steps import answer_step, is_external, may_read, review_of
from guidance.admin.edition_page import EditionAdminView
from guidance.models import EditionPage, SectionPage


class ReadDraft(EditionAdminView):
    """Where the review stands, the form for one's answer, and the way to the sections."""

    template_name = "guidance/admin/reading.html"
    page_title = "Read and comment"
    header_icon = "comment"

    def allowed(self) -> bool:
        return may_read(self.edition, self.request.user)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        approve = request.POST.get("answer") == "approve"
        comment = request.POST.get("comment", "")
        step = request.POST.get("step", "")
        try:
            answer_step(
                user=request.user,
                page=self.edition,
                step=int(step) if step.isdigit() else 0,
                approve=approve,
                comment=comment,
            )
        except ValidationError as error:
            return self._show(error=" ".join(error.messages), comment=comment)
        messages.success(
            request,
            f"You approved “{self.edition.title}”."
            if approve
            else f"You asked for changes in “{self.edition.title}”.",
        )
        if may_read(get_object_or_404(EditionPage, pk=pk), request.user):
            return redirect("guidance_reading", pk)
        return redirect("wagtailadmin_home")

    def _show(self, error: str = "", comment: str = "") -> HttpResponse:
        draft = read_draft(self.edition, only=0)
        pages = [section.page for section in draft.sections]
        found = commenting.comments_by_block(pages, self.edition, self.request.user)
        waiting: dict[int, int] = {}
        for comments in found.values():
            for one in comments:
                if one.resolved_at is None:
                    waiting[one.page_id] = waiting.get(one.page_id, 0) + 1
        sections = [(s, waiting.get(s.page.pk, 0)) for s in draft.sections]
        return self.render_to_response(
            self.get_context_data(
                edition=draft.page,
                document=self.edition.get_parent(),
                review=review_of(self.edition, self.request.user),
                sections=sections,
                external=is_external(self.request.user),
                error=error,
                comment=comment,
            )
        )


class ReadSection(EditionAdminView):
    """One section of the draft, with the comments on each of its blocks and a form for another."""

    template_name = "guidance/admin/reading_section.html"
    page_title = "Read and comment"
    header_icon = "comment"

    def allowed(self) -> bool:
        return may_read(self.edition, self.request.user)

    @cached_property
    def section(self) -> SectionPage:
        return get_object_or_404(
            SectionPage.objects.child_of(self.edition), pk=self.kwargs["section"]
        )

    def get(self, request: HttpRequest, pk: int, section: int) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, pk: int, section: int) -> HttpResponse:
        """One act on a comment; what was typed is not lost where it is refused."""
        try:
            anchor = self._act(request.POST.get("act", ""))
        except ValidationError as error:
            return self._show(error=" ".join(error.messages))
        address = reverse("guidance_reading_section", args=[pk, section])
        return redirect(f"{address}#{anchor}")

    def get_page_subtitle(self) -> str:
        return f"{self.section.number} {self.section.title}".strip()

    def _act(self, act: str) -> str:
        """Do it, and say where on the page its result stands."""
        user, post = self.request.user, self.request.POST
        text, block = post.get("text", ""), post.get("block", "")
        if act == "comment":
            comment = commenting.comment_on(user=user, section=self.section, block=block, text=text)
            return f"comment-{comment.pk}"
        if act in ("edit-reply", "delete-reply"):
            reply = self._found(CommentReply.objects.filter(comment__page=self.section))
            if act == "edit-reply":
                commenting.edit_comment(user=user, comment=reply, text=text)
            else:
                commenting.delete_comment(user=user, comment=reply)
            return f"comment-{reply.comment_id}"
        comment = self._found(Comment.objects.filter(page=self.section))
        match act:
            case "reply":
                commenting.reply_to(user=user, comment=comment, text=text)
            case "edit":
                commenting.edit_comment(user=user, comment=comment, text=text)
            case "delete":
                commenting.delete_comment(user=user, comment=comment)
                return f"block-{block}"
            case "settle" | "reopen":
                commenting.resolve_comment(user=user, comment=comment, resolved=act == "settle")
            case _:
                raise Http404("There is no such act.")
        return f"comment-{comment.pk}"

    def _found(self, rows: Any) -> Any:
        named = self.request.POST.get("comment", "")
        found = rows.filter(pk=int(named)).first() if named.isdigit() else None
        if found is None:
            raise ValidationError("That comment has been deleted meanwhile.")
        return found

    def _show(self, error: str = "") -> HttpResponse:
        draft = read_draft(self.edition, only=self.section.pk)
        place = draft.place(self.section.pk)
        if place is None:
            raise Http404("This section is no longer part of the draft.")
        section = draft.sections[place]
        found = commenting.comments_by_block([section.page], self.edition, self.request.user)
        here = {block.identity for block in section.blocks}
        post = self.request.POST
        return self.render_to_response(
            self.get_context_data(
                edition=draft.page,
                section=section,
                blocks=[(block, found.get(block.identity, [])) for block in section.blocks],
                elsewhere=[c for key, some in found.items() if key not in here for c in some],
                may_settle=self.permissions.can_edit(),
                open=not self.edition.issued,
                user=self.request.user,
                error=error,
                tried={name: post.get(name, "") for name in ("act", "block", "comment", "text")},
                longest=commenting.LONGEST,
                **_neighbours(draft, place),
            )
        )


def _neighbours(draft: Draft, place: int) -> dict[str, Any]:
    sections = draft.sections
    return {
        "sections": sections,
        "before": sections[place - 1] if place else None,
        "after": sections[place + 1] if place + 1 < len(sections) else None,
    }
